"""The criteria tree: what counts, and the swing that each weight belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcda.errors import InputError, LabelError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Criterion:
    """A node of the criteria tree; only leaves are measured.

    Attributes
    ----------
    id, name
        Short identifier and the words people read.
    parent
        Identifier of the node above, or None for the goal.
    direction
        ``"max"`` or ``"min"`` for a leaf, None for an inner node.
    reference_worse, reference_better
        The swing that a weight belongs to, in the leaf's natural unit; None for an inner node.
    unit, benefit_class, description
        Words for people.
    weight
        A stated global weight of a leaf, if weights are given instead of judged.
    """

    id: str
    parent: str | None = None
    name: str = ""
    unit: str = ""
    direction: str | None = None
    reference_worse: float | None = None
    reference_better: float | None = None
    benefit_class: str = ""
    description: str = ""
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class CriteriaTree:
    """The criteria in file order, as a tree of any depth, the same in all branches or not.

    Parameters
    ----------
    nodes
        All criteria. Exactly one has no parent: the goal.

    Raises
    ------
    InputError
        If there is not exactly one goal, or a node cannot be reached from it.
    LabelError
        If an identifier is repeated or a parent is unknown.
    """

    nodes: tuple[Criterion, ...]

    def __post_init__(self) -> None:
        ids = [node.id for node in self.nodes]
        for node in self.nodes:
            if ids.count(node.id) > 1:
                raise LabelError(f"Criterion '{node.id}' is defined twice; identifiers must be unique.")
            if node.parent is not None and node.parent not in ids:
                raise LabelError(f"Criterion '{node.id}' has the unknown parent '{node.parent}'.")
        goals = [node.id for node in self.nodes if node.parent is None]
        if len(goals) != 1:
            raise InputError(f"A criteria tree has exactly one goal (a node without a parent). Found: {goals}.")
        below = {goals[0], *self._below(goals[0])}
        if lost := [name for name in ids if name not in below]:
            raise InputError(f"The criteria tree has a cycle: {lost} cannot be reached from the goal '{goals[0]}'.")

    def _below(self, node: str) -> list[str]:
        found: list[str] = []
        for child in self.children(node):
            found += [child, *self._below(child)]
        return found

    @property
    def goal(self) -> str:
        """Identifier of the node at the top."""
        return next(node.id for node in self.nodes if node.parent is None)

    def __getitem__(self, identifier: str) -> Criterion:
        for node in self.nodes:
            if node.id == identifier:
                return node
        raise LabelError(
            f"There is no criterion '{identifier}'. The criteria are {', '.join(node.id for node in self.nodes)}."
        )

    def children(self, identifier: str) -> tuple[str, ...]:
        """Identifiers of the nodes directly below, in file order."""
        return tuple(node.id for node in self.nodes if node.parent == identifier)

    @property
    def inner(self) -> tuple[str, ...]:
        """Identifiers of the nodes that have children, in file order."""
        return tuple(node.id for node in self.nodes if self.children(node.id))

    @property
    def leaves(self) -> tuple[Criterion, ...]:
        """The measured criteria, depth first, so that neighbours in the tree are neighbours in every table."""
        order = [self.goal, *self._below(self.goal)]
        return tuple(self[name] for name in order if not self.children(name))

    @property
    def leaf_ids(self) -> tuple[str, ...]:
        """Identifiers of the leaves, in the order of `leaves`."""
        return tuple(leaf.id for leaf in self.leaves)

    def path(self, identifier: str) -> tuple[str, ...]:
        """Identifiers from the goal down to a node, both included."""
        steps = [identifier]
        while (parent := self[steps[0]].parent) is not None:
            steps.insert(0, parent)
        return tuple(steps)

    def leaves_below(self, identifier: str) -> tuple[str, ...]:
        """Identifiers of the leaves below a node; for a leaf, its own."""
        return tuple(leaf for leaf in self.leaf_ids if identifier in self.path(leaf))

    def to_frame(self) -> pd.DataFrame:
        """One row per criterion, in file order, indexed by identifier."""
        import pandas as pd

        columns = (
            "parent", "name", "unit", "direction", "reference_worse", "reference_better", "benefit_class", "weight",
        )  # fmt: skip
        rows = [[getattr(node, column) for column in columns] for node in self.nodes]
        index = pd.Index([node.id for node in self.nodes], name="criterion_id")
        return pd.DataFrame(rows, columns=list(columns), index=index)

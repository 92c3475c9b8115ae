"""A small mutator: every place of a module at which a slip changes what it does, and a way to run with that slip.

Functions keep their identity and get other code, so that whoever imported one by name runs the mutant too. Constants of
the module are changed wherever they were imported.
"""

from __future__ import annotations

import ast
import copy
import importlib
import inspect
import sys
from contextlib import contextmanager
from dataclasses import dataclass

COMPARISONS = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
CALLS = {
    "rint": ("floor", "ceil", "trunc"),
    "floor": ("ceil", "rint"),
    "ceil": ("floor",),
    "min": ("max",),
    "max": ("min",),
    "all": ("any",),
    "any": ("all",),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "full": ("full_like",),
    "floor_divide": ("true_divide",),
    "isfinite": ("isnan",),
    "cumsum": ("cumprod",),
    "diff": ("ediff1d",),
}


@dataclass(frozen=True)
class Mutant:
    """One slip: where it is and what it is, the function (or constant) it is in, and that function's new source."""

    module: str
    owner: str
    line: int
    what: str
    node: ast.AST

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.owner}: {self.what}"

    @property
    def of_constant(self):
        """Whether it changes a constant of the module, not a function."""
        return not isinstance(self.node, ast.FunctionDef)

    @contextmanager
    def applied(self):
        """Run with the slip."""
        if not self.of_constant:
            function, code = _function(self.module, self.owner), _code(self.node)
            kept = function.__code__
            function.__code__ = code
            try:
                yield
            finally:
                function.__code__ = kept
        else:
            home = importlib.import_module(self.module)
            value = eval(compile(ast.Expression(self.node), self.module, "eval"), dict(vars(home)))  # noqa: S307
            places = [m for name, m in sys.modules.items() if name.startswith("solvers.") and hasattr(m, self.owner)]
            before = [(m, getattr(m, self.owner)) for m in places]
            for module, _ in before:
                setattr(module, self.owner, value)
            try:
                yield
            finally:
                for module, old in before:
                    setattr(module, self.owner, old)


def _function(module, owner):
    found = importlib.import_module(module)
    for part in owner.split("."):
        found = inspect.getattr_static(found, part)
    while not inspect.isfunction(found):
        found = found.fget if isinstance(found, property) else getattr(found, "__wrapped__", None) or found.__func__
    return found


def _code(node):
    plain = copy.deepcopy(node)
    plain.decorator_list = []
    future = ast.ImportFrom("__future__", [ast.alias("annotations")], 0)
    tree = ast.fix_missing_locations(ast.Module([future, plain], []))
    made = compile(tree, "<mutant>", "exec")
    return next(c for c in made.co_consts if inspect.iscode(c) and c.co_name == node.name)


def mutants(module):
    """Every mutant of a module, in the order of its source."""
    tree = ast.parse(inspect.getsource(importlib.import_module(module)))
    found = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            found += _of_function(module, node.name, node)
        elif isinstance(node, ast.ClassDef):
            for one in node.body:
                if isinstance(one, ast.FunctionDef):
                    found += _of_function(module, f"{node.name}.{one.name}", one)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            found += [Mutant(module, name, node.lineno, what, value) for what, value in _of_constant(node.value)]
    return found


def _of_constant(value):
    if isinstance(value, ast.Constant | ast.BinOp):
        for what, operation, other in (("+ 1", ast.Add(), 1), ("- 1", ast.Sub(), 1), ("/ 1000", ast.Div(), 1000)):
            yield what, ast.fix_missing_locations(ast.BinOp(copy.deepcopy(value), operation, ast.Constant(other)))


def _of_function(module, owner, function):
    body = function.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):  # a docstring
        function.body = body[1:]
    at = [node for statement in function.body for node in ast.walk(statement)]
    found = []
    for i, node in enumerate(at):
        for what, change in _changes(node):
            fresh = copy.deepcopy(function)
            target = [other for statement in fresh.body for other in ast.walk(statement)][i]
            change(fresh, target)
            found.append(Mutant(module, owner, getattr(node, "lineno", function.lineno), what, fresh))
    return found


def _swapped(fresh, target, value):
    for parent in ast.walk(fresh):
        for name, field in ast.iter_fields(parent):
            if field is target:
                setattr(parent, name, value)
                return
            if isinstance(field, list):
                for k, item in enumerate(field):
                    if item is target:
                        field[k] = value
                        return


def _instead(make):
    return lambda fresh, target: _swapped(fresh, target, make(target))


def _changes(node):  # noqa: C901, PLR0912 - one kind after another
    if isinstance(node, ast.Compare):
        for other in COMPARISONS[type(node.ops[0])]:
            yield f"{type(node.ops[0]).__name__} becomes {other.__name__}", _set("ops", [other(), *node.ops[1:]])
    elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in ARITHMETIC:
        other = ARITHMETIC[type(node.op)]
        yield f"{type(node.op).__name__} becomes {other.__name__}", _set("op", other())
    elif isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"becomes {other.__name__}", _set("op", other())
    elif isinstance(node, ast.UnaryOp):
        yield f"{type(node.op).__name__} is dropped", _instead(lambda target: target.operand)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "the opposite", _set("value", not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        for step in (1, -1):
            yield f"{node.value} becomes {node.value + step}", _set("value", node.value + step)
    elif isinstance(node, ast.IfExp):
        yield "branches change places", _instead(lambda t: ast.IfExp(t.test, t.orelse, t.body))
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield "all are taken", _set("ifs", [])
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    if isinstance(node, ast.If | ast.While):
        for value in (True, False):
            if value is False or isinstance(node, ast.If):
                yield f"the question is {value}", _set("test", ast.Constant(value))
    elif isinstance(node, ast.Assign | ast.AugAssign | ast.Expr):
        yield "the statement is dropped", _instead(lambda target: ast.Pass())
    elif isinstance(node, ast.Return) and node.value is not None:
        yield "nothing is returned", _set("value", None)
    if isinstance(node, ast.Return | ast.Assign | ast.For | ast.If):
        yield "ends before", _instead(lambda target: ast.Return(None))


def _calls(node):
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    key = "attr" if isinstance(node.func, ast.Attribute) else "id"
    for other in CALLS.get(name, ()):

        def rename(fresh, target, other=other):
            setattr(target.func, key, other)

        yield f"{name} becomes {other}", rename
    if name == "array_equal":
        yield (
            "near enough",
            _instead(
                lambda t: ast.Call(
                    ast.Attribute(t.func.value, "allclose", ast.Load()),
                    t.args,
                    [ast.keyword("rtol", ast.Constant(0)), ast.keyword("atol", ast.Constant(1e-3))],
                )
            ),
        )
    if name in {"abs", "rint", "float", "int", "floor", "sorted"} and len(node.args) == 1:
        yield f"{name} is dropped", _instead(lambda target: target.args[0])


def _set(field, value):
    def change(fresh, target):
        del fresh
        setattr(target, field, value)

    return change

"""Every broken folder is refused with every fault, each in its exact words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import mcda
from tests.mcda.files.broken import BROKEN
from tests.mcda.files.small import SMALL, write

MESSAGES = Path(__file__).with_name("messages.txt")


def expected() -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    for line in MESSAGES.read_text("utf-8").splitlines():
        if match := re.fullmatch(r"\[([a-z0-9-]+)\]", line):
            sections[match[1]] = []
        elif line and not line.startswith("#"):
            sections[list(sections)[-1]].append(line)
    return sections


EXPECTED = expected()


def test_every_broken_folder_has_its_messages():
    assert list(EXPECTED) == list(BROKEN)
    assert len(BROKEN) >= 40
    assert all(EXPECTED.values())


def test_the_small_decision_is_whole(tmp_path):
    report = mcda.check(write(tmp_path, SMALL))
    assert (report.faults, report.warnings) == ((), ())
    assert report.ok
    assert len(report.decision.projects) == 4


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_folder(name, tmp_path):
    files = dict(SMALL)
    BROKEN[name](files)
    report = mcda.check(write(tmp_path, files))
    assert [str(fault) for fault in report.faults] == EXPECTED[name]
    assert report.decision is None
    assert not report.ok
    with pytest.raises(mcda.FaultsError) as caught:
        mcda.load(tmp_path)
    assert caught.value.faults == report.faults
    assert all(line in str(caught.value) for line in EXPECTED[name])


def test_every_message_says_where_what_and_what_is_allowed():
    """A place a person can go to, three parts, and no leftovers of a program."""
    for lines in EXPECTED.values():
        for line in lines:
            assert re.match(r"[a-z_]+\.(csv|toml)(:\d+(:[a-z][a-zA-Z0-9_ ]*)?)?: [A-Z'0-9Ca-z]", line), line
            what, _, rest = line.partition(" Allowed: ")
            assert what.endswith((".", "?")), line
            allowed, _, found = rest.partition(". Found: ")
            assert allowed, line
            assert found not in ("", "."), line
            assert not re.search(r"None|nan\b|Error\b|\{|\}|<", line), line

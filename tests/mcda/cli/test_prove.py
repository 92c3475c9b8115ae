"""`mcda prove`: a proof is written, accepted for its own question and refused for any other."""

from __future__ import annotations

import json

import mcda
from mcda.cli import main

FOLDER = str(mcda.dataset("nhs-digital"))


def test_a_proof_is_written_checked_and_refused_for_another_question(tmp_path, capsys):
    file = str(tmp_path / "proof.json")
    assert main(["prove", FOLDER, "--write", file]) == 0
    assert "219.27 is the best value for Board weights" in capsys.readouterr().out
    assert main(["prove", FOLDER, "--check", file]) == 0
    assert "The proof holds: no portfolio is worth more than 219.27" in capsys.readouterr().out
    assert main(["prove", FOLDER, "--check", file, "--group", "technical", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["holds"] is False


def test_a_file_that_is_no_proof_is_a_wrong_use(tmp_path, capsys):
    (tmp_path / "x.json").write_text("[]")
    assert main(["prove", FOLDER, "--check", str(tmp_path / "x.json")]) == 2
    assert "does not hold a proof" in capsys.readouterr().err

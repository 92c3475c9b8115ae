"""The solver that travels with the page is the one that the manifest names, unchanged."""

from __future__ import annotations

import gzip
import hashlib
import importlib.resources
import json

from mcda.report.playing import data_for_script, scripts


def test_the_vendored_files_are_those_of_the_package() -> None:
    home = importlib.resources.files("mcda.report") / "_vendor" / "highs"
    manifest = json.loads((home / "vendored.json").read_text(encoding="utf-8"))
    for name, digest in manifest["sha256"].items():
        packed = home / f"{name}.gz"
        content = gzip.decompress(packed.read_bytes()) if packed.is_file() else (home / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest, name
    assert "MIT License" in (home / "LICENSE").read_text(encoding="utf-8")
    assert scripts().solver == manifest["highs"] != "1.14.0"


def test_no_text_closes_the_data_block() -> None:
    text = data_for_script({"name": "</script><!--<script>&\u2028"})
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"name": "</script><!--<script>&\u2028"}

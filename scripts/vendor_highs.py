"""Fetch HiGHS compiled to WebAssembly (the npm package `highs`) and put it where the Board pack finds it.

Run by maintainers only, with npm and a network: ``python scripts/vendor_highs.py``. What it writes is committed and
shipped in the wheel, so that users need neither.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "highs"
VERSION = "1.15.3"
INTEGRITY = "sha512-5rzjBlAkqRxr7FOv+iZjxF8nNfKsEt8uOaP3S6gls6yRf4+Jv4BqBIE3iPFsgfOHutQBMNxRE9jWhxRAM7Oycw=="
"""The registry's checksum of the package; different content under the same version is refused."""
SOLVER = "1.15.1"
"""The version of HiGHS inside, the one that `solvers` uses too (1.14.0 gives wrong answers)."""
TARGET = Path(__file__).parents[1] / "mcda" / "report" / "_vendor" / "highs"
TAKEN = {
    "package/build/highs.js": "highs.js.gz",
    "package/build/highs.wasm": "highs.wasm.gz",
    "package/LICENSE": "LICENSE",
}


def main() -> int:
    """Download, verify and write."""
    with tempfile.TemporaryDirectory() as scratch:
        command = ["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"]
        subprocess.run(command, cwd=scratch, check=True, capture_output=True)
        content = (Path(scratch) / f"{PACKAGE}-{VERSION}.tgz").read_bytes()
        found = "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode("ascii")
        if found != INTEGRITY:
            sys.stderr.write(f"The package has the checksum {found}, expected {INTEGRITY}. Nothing was written.\n")
            return 1
        with tarfile.open(Path(scratch) / f"{PACKAGE}-{VERSION}.tgz") as archive:
            files = {name: _member(archive, name) for name in TAKEN}
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, target in TAKEN.items():
        packed = gzip.compress(files[name], 9, mtime=0) if target.endswith(".gz") else files[name]
        (TARGET / target).write_bytes(packed)
    manifest = {
        "package": PACKAGE,
        "version": VERSION,
        "integrity": INTEGRITY,
        "licence": "MIT",
        "homepage": "https://github.com/lovasoa/highs-js",
        "highs": SOLVER,
        "sha256": {name.rpartition("/")[2]: hashlib.sha256(files[name]).hexdigest() for name in TAKEN},
    }
    (TARGET / "vendored.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return 0


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    member = archive.extractfile(name)
    if member is None:
        raise FileNotFoundError(name)
    return member.read()


if __name__ == "__main__":
    sys.exit(main())

"""The scripts of the playing page, and HiGHS compiled to WebAssembly, as text that can be embedded in a page."""

from __future__ import annotations

import base64
import functools
import importlib.resources
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_PAGE = ("value", "figures", "words", "state", "controls", "answer", "page")
_WORKER = ("value", "exact", "ties", "worker")


@dataclass(frozen=True, slots=True)
class Scripts:
    """Everything that runs in the page.

    Attributes
    ----------
    page
        The script of the page itself, the only one that the content security policy admits, by its hash.
    worker
        The script of the worker that solves, apart from HiGHS.
    highs_script, highs_binary
        HiGHS, compressed and in base 64.
    package, version, solver
        Where HiGHS comes from: npm package, its version, and the version of HiGHS inside.
    """

    page: str
    worker: str
    highs_script: str
    highs_binary: str
    package: str
    version: str
    solver: str


@functools.cache
def scripts() -> Scripts:
    """Read the scripts that are shipped with this package."""
    home = importlib.resources.files("mcda.report")
    vendored = home / "_vendor" / "highs"
    manifest = json.loads((vendored / "vendored.json").read_text(encoding="utf-8"))
    page = "".join(_text(home / "playing" / f"{name}.js") for name in _PAGE)
    worker = "".join(_text(home / "playing" / f"{name}.js") for name in _WORKER)
    return Scripts(
        f'"use strict";\n(() => {{\n{page}}})();\n',
        f'"use strict";\n{worker}',
        base64.b64encode((vendored / "highs.js.gz").read_bytes()).decode("ascii"),
        base64.b64encode((vendored / "highs.wasm.gz").read_bytes()).decode("ascii"),
        manifest["package"],
        manifest["version"],
        manifest["highs"],
    )


def data_for_script(record: object) -> str:
    r"""Return plain data as JSON that no text in it can turn into markup.

    Examples
    --------
    >>> data_for_script({"name": "</script><!--"})
    '{"name":"\\u003c/script\\u003e\\u003c!--"}'
    """
    text = json.dumps(record, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _text(file: Traversable) -> str:
    text = file.read_text(encoding="utf-8")
    if "</script" in text.lower() or "<!--" in text:
        raise ValueError(f"{file.name} cannot be embedded in a script element.")
    return text

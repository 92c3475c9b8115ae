"""How every page of results begins: its title, the command that wrote it, and where it was measured."""

from __future__ import annotations

from typing import Any


def page_head(title: str, command: str, introduction: str, run: dict[str, Any]) -> str:
    """Return the head of a page.

    Parameters
    ----------
    title, command
        Of the page.
    introduction
        Text with gaps for ``machine``, ``processor``, ``cores`` and ``python``.
    run
        What pytest-benchmark wrote.
    """
    machine = run["machine_info"]
    processor = machine.get("cpu", {})
    where = introduction.format(
        machine=machine["machine"],
        processor=processor.get("brand_raw", "processor unknown"),
        cores=processor.get("count", "?"),
        python=machine["python_version"],
    )
    return f"# {title}\n\nWritten by\n\n    {command}\n\n{where}"

"""A notice in a cell of a notebook: a line of counts, and its page in a frame of its own."""
from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files


def cell(title: str, counts: Sequence[str], page: bytes) -> str:
    """Return the HTML of a cell: title, counts, and the page in an iframe.

    The frame has an origin of its own, so that the page can read and change nothing of the notebook.
    """
    from jinja2 import Environment, StrictUndefined
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(files("viz").joinpath("templates", "notebook.html.j2").read_text(encoding="utf-8"))
    return template.render(title=title, counts=counts, page=page.decode("utf-8"))

"""Rectify: from a rectification notice to its knowledge graph.

    import kg
    notice = kg.read("notice.txt")               # the records of one notice; .tables, .graph, .query(sparql); shows itself in a notebook
    built = kg.build(["notice.txt"], "out")      # graph, report, chains and page on disk
    graph = kg.open("out")                       # .query(sparql), .graph (NetworkX), .rdf (rdflib)

The three functions load what they need when they are first named, so that `import kg` is quick.
"""
from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.pipeline import build, open, read

__version__ = "0.1.0"
__all__ = ["build", "open", "read"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from kg import pipeline
        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""A whole view in the formats of other graph programs."""
from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx

# Characters that no XML 1.0 file may hold, not even as a reference.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(graph: networkx.MultiDiGraph) -> bytes:
    """Return a graph as GraphML. `networkx.read_graphml(…, force_multigraph=True)` gives it back;
    edge keys become `e0`, `e1` …, since GraphML wants them unique: the relation is an attribute.
    """
    from networkx.readwrite.graphml import GraphMLWriter
    writer = GraphMLWriter(encoding="utf-8", prettyprint=True)
    writer.add_graph_element(_clean(graph))
    out = io.BytesIO()
    writer.dump(out)
    return kept_lines(out.getvalue())


def gexf(graph: networkx.MultiDiGraph) -> bytes:
    """Return a graph as GEXF, for Gephi. Without the date that NetworkX writes, so that bytes repeat."""
    import networkx
    lines = networkx.generate_gexf(_clean(graph), encoding="utf-8")
    text = '<?xml version="1.0" encoding="utf-8"?>\n' + "\n".join(lines) + "\n"
    return kept_lines(re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1).encode("utf-8"))


def kept_lines(xml: bytes) -> bytes:
    """Write a carriage return in XML so that a reader keeps it: as it stands it would become a line feed."""
    return xml.replace(b"\r", b"&#13;")


def _clean(graph: networkx.MultiDiGraph) -> networkx.MultiDiGraph:
    """A copy that XML can hold, with numbered edges."""
    import networkx
    clean = networkx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        clean.add_node(node, **{name: _xml(value) for name, value in data.items()})
    for number, (source, target, data) in enumerate(graph.edges(data=True)):
        clean.add_edge(source, target, key=f"e{number}",
                       **{name: _xml(value) for name, value in data.items()})
    return clean


def _xml(value: object) -> object:
    return NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value

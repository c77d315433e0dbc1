"""The page of a notice: Pyvis builds the network, our own template shows it.

Pyvis's own page is not used: it loads files from the network, lays out in the browser and treats
titles as HTML. What is taken from it is the network (`add_node`, `add_edge`, `get_network_data`) and
the copy of vis-network that its package holds.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import TYPE_CHECKING, Any

from viz.data import BASES, Edge, Node, Records, records, references
from viz.layout import CARD_WIDTH, FONT, LINE, LINES, PAD_X, PAD_Y
from viz.pinyin import initials

if TYPE_CHECKING:
    import networkx
    from pyvis.network import Network

SCRIPTS = ("dom", "model", "words", "state", "search", "filters", "overview", "layout", "paint", "canvas", "moving", "pointing", "views",
           "impact", "panel", "reader", "tables", "coverage", "report", "takeaway", "main")
"""The files of `viz/static`, in the order they are joined into one script."""
ALWAYS = ("status-", "outcome-", "basis-")
"""Concepts that the page names even if this notice has none of them."""
BASE = "https://w3id.org/rectify/id/"
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "autoResize": False,
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "custom"},
    "edges": {"smooth": False, "hidden": True},
    "interaction": {"hover": False, "dragNodes": False, "selectConnectedEdges": False, "zoomView": False},
}


class MissingAsset(RuntimeError):
    """The installed Pyvis does not hold vis-network where 0.3.2 has it."""


class _Ids(dict[int, None]):
    """Known ids for Pyvis, which asks `in` for every node and edge: a list would make that quadratic."""

    def append(self, value: int) -> None:
        self[value] = None


def page(graph: networkx.MultiDiGraph[str], text: str, title: str) -> bytes:
    """Return the whole page of a notice as UTF-8: one file that asks the network for nothing.

    Args:
        graph: NetworkX view of the notice's graph.
        text: the notice; offsets in the graph count its code points.
        title: shown as heading and in the browser's title bar.

    Returns:
        The bytes of an HTML file. The same arguments give the same bytes.

    Raises:
        MissingAsset: Pyvis is installed without its copy of vis-network.
    """
    rows = records(graph, text)
    data = _data(_network(rows), rows, text, title)
    scripts = (_vis_network(), _script())
    style = _static("explorer.css")
    policy = "; ".join((
        "default-src 'none'",
        f"script-src {' '.join(_hash(script) for script in scripts)}",
        f"style-src {_hash(style)}",
        "img-src data: blob:", "base-uri 'none'", "form-action 'none'",
    ))
    return _render(title=title, data=embed(data), scripts=scripts, style=style, policy=policy).encode("utf-8")


def embed(value: object) -> str:
    """Return JSON that stays data inside a script element, whatever its strings hold.

    >>> embed("</script><!--")
    '"\\\\u003c/script\\\\u003e\\\\u003c!--"'
    """
    words = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character in "<>&\u2028\u2029":
        words = words.replace(character, f"\\u{ord(character):04x}")
    return words


def _network(rows: Records) -> Network:
    """Build the network: one vis node a node of the graph, placed; one edge a relation."""
    network = _pyvis()(directed=True, cdn_resources="in_line")
    network.node_ids = _Ids()
    network.options = OPTIONS
    names = references(rows.nodes, rows.edges)
    for i, (node, (x, y)) in enumerate(zip(rows.nodes, rows.centres)):
        more = {**node.more, "ref": names[i]} if i in names else dict(node.more)
        network.add_node(i, label=node.label, group=node.kind, shape="custom", x=x, y=y, column=node.column,
                         type=node.type, places=node.places, more=more)
    for edge in rows.edges:
        network.add_edge(edge.source, edge.target, relation=edge.relation, flags=_flags(edge), place=edge.place)
    return network


def _pyvis() -> Any:
    """Load Pyvis without IPython, which it uses to show its own pages in notebooks and which takes
    longer to load than Pyvis and NetworkX together."""
    absent = {name: ModuleType(name) for name in ("IPython", "IPython.display") if name not in sys.modules}
    for module in absent.values():
        module.__dict__["IFrame"] = None
    sys.modules.update(absent)
    try:
        from pyvis.network import Network
    finally:
        for name in absent:
            del sys.modules[name]
    return Network


def _flags(edge: Edge) -> int:
    return int(edge.inferred) | int(edge.depends) << 1 | BASES.index(edge.basis) << 2


def _data(network: Network, rows: Records, text: str, title: str) -> dict[str, object]:
    """Return the network as columns: each name once, each value once, Chinese as Chinese."""
    nodes, edges, _, _, _, options = network.get_network_data()
    from kg.network.effects import EFFECTS, EVENTS, RULES
    from kg.network.schema import COMPOSITION, below, labels

    relations = sorted({edge["relation"] for edge in edges})
    types = sorted({node["type"] for node in nodes})
    used = {*relations, *types, *(name for node in rows.nodes for name in _names(node))}
    kinds = json.loads(_resource("kinds.json"))
    names = [kind["name"] for kind in kinds]
    notices = [node.iri for node in rows.nodes if node.kind == "notice"]
    prefixes = {"~": notices[0], "@": BASE} if len(notices) == 1 else {"@": BASE}
    return {
        "title": title, "text": text, "sha256": rows.sha256, "kinds": kinds, "types": types, "relations": relations,
        "bases": BASES, "prefixes": prefixes, "options": json.loads(options), "strings": json.loads(_resource("strings.json")),
        "card": {"width": CARD_WIDTH, "padX": PAD_X, "padY": PAD_Y, "line": LINE, "lines": LINES, "font": FONT},
        "terms": {name: list(words) for name, words in sorted(labels().items()) if name in used or name.startswith(ALWAYS)},
        "effects": {"order": list(EFFECTS), "rules": RULES, "words": EFFECTS, "events": EVENTS, "composition": COMPOSITION,
                    "below": {name: sorted(below(name)) for name in relations if below(name)}},
        "initials": initials(title, *(node.label for node in rows.nodes)),
        "nodes": {
            "id": [_short(node.iri, prefixes) for node in rows.nodes],
            "kind": [names.index(node["group"]) for node in nodes],
            "type": [types.index(node["type"]) for node in nodes],
            "label": [node["label"] for node in nodes],
            "column": [node["column"] for node in nodes],
            "x": [node["x"] for node in nodes],
            "y": [node["y"] for node in nodes],
            "places": [[n for span in node["places"] for n in span] for node in nodes],
            "more": _sparse(node["more"] for node in nodes),
        },
        "edges": {
            "from": [edge["from"] for edge in edges],
            "to": [edge["to"] for edge in edges],
            "relation": [relations.index(edge["relation"]) for edge in edges],
            "flags": [edge["flags"] for edge in edges],
            "place": [_place(edge["place"], rows.nodes[edge["from"]].places) for edge in edges],
        },
    }


def _place(place: tuple[int, int] | None, own: tuple[tuple[int, int], ...]) -> list[int] | int:
    """Return where a relation is said; 0 stands for the first place of its subject, which most share."""
    return 0 if place is not None and place in own[:1] else list(place or ())


def _names(node: Node) -> Iterable[str]:
    """Yield what of a node the ontology may have labels for: its attributes and their values."""
    yield from node.more
    yield from (value for value in node.more.values() if isinstance(value, str))


def _sparse(rows: Iterable[Mapping[str, object]]) -> dict[str, tuple[list[int], list[object]]]:
    """Return attributes that few nodes have as pairs of positions and values, by name."""
    columns: dict[str, tuple[list[int], list[object]]] = {}
    for i, row in enumerate(rows):
        for name, value in row.items():
            places, values = columns.setdefault(name, ([], []))
            places.append(i)
            values.append(value)
    return columns


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    for mark, prefix in prefixes.items():
        if iri.startswith(prefix):
            return mark + iri[len(prefix):]
    return iri


def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode('utf-8')).digest()).decode('ascii')}'"


@cache
def _vis_network() -> str:
    """Return the vis-network that Pyvis bundles, licence banner and all."""
    library = files("pyvis").joinpath("templates", "lib")
    folders = sorted(f.name for f in library.iterdir() if f.name.startswith("vis-")) if library.is_dir() else []
    for name in reversed(folders):
        script = library.joinpath(name, "vis-network.min.js")
        if script.is_file():
            return script.read_text(encoding="utf-8").replace("\r\n", "\n").strip()
    raise MissingAsset("pyvis holds no templates/lib/vis-*/vis-network.min.js; install pyvis==0.3.2")


@cache
def _script() -> str:
    parts = [_static(f"{name}.js") for name in SCRIPTS]
    return "\n".join(('(() => {', '"use strict";', *parts, "})();"))


def _static(name: str) -> str:
    return _resource(f"static/{name}")


@cache
def _resource(name: str) -> str:
    return files("viz").joinpath(*name.split("/")).read_text(encoding="utf-8").replace("\r\n", "\n").strip()


def _render(*, title: str, data: str, scripts: tuple[str, ...], style: str, policy: str) -> str:
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
                              keep_trailing_newline=True)
    template = environment.from_string(_resource("templates/explorer.html.j2"))
    return template.render(title=title, data=Markup(data), scripts=[Markup(script) for script in scripts],
                           style=Markup(style), policy=policy)

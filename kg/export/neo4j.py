"""A whole view as two CSV files for Neo4j.

    neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv
"""
from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.export.spreadsheet import safe
from kg.network.schema import DOCUMENTS, ORGANIZATIONS

if TYPE_CHECKING:
    import networkx

NODES_FILE, RELATIONSHIPS_FILE = "nodes.csv", "relationships.csv"
TYPES = {bool: "boolean", int: "long", float: "double"}
NOT_SHOWN = ("type", "relation")  # stand as :LABEL and :TYPE
Row = Mapping[str, object]


def neo4j(graph: networkx.MultiDiGraph) -> dict[str, bytes]:
    """Return the files of an import by name: nodes with :ID and :LABEL, relationships with :START_ID, :END_ID and :TYPE.

    The columns are the attributes of the view with the types of Neo4j. Text stands on one line, since an import
    takes no other without being told, and no cell runs as a formula in a spreadsheet.
    """
    nodes = [{"iri:ID": node, ":LABEL": ";".join(_labels(str(data["type"])))} | data for node, data in graph.nodes(data=True)]
    links = [{":START_ID": source, ":END_ID": target, ":TYPE": relation} | data
             for source, target, relation, data in graph.edges(keys=True, data=True)]
    return {NODES_FILE: _csv(nodes), RELATIONSHIPS_FILE: _csv(links)}


def _labels(kind: str) -> list[str]:
    """The class of a node, and the more general one that questions ask for."""
    general = next((group[-1] for group in (DOCUMENTS, ORGANIZATIONS) if kind in group), kind)
    return list(dict.fromkeys((kind, general)))


def _csv(rows: Sequence[Row]) -> bytes:
    columns = [column for column in dict.fromkeys(name for row in rows for name in row) if column not in NOT_SHOWN]
    types = {column: _type(row[column] for row in rows if row.get(column) is not None) for column in columns}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column if ":" in column or types[column] is None else f"{column}:{types[column]}" for column in columns])
    writer.writerows([_cell(row.get(column), types[column]) for column in columns] for row in rows)
    return out.getvalue().encode("utf-8")


def _type(values: Iterable[object]) -> str | None:
    """The type that holds all values of a column; None for text."""
    found = {type(value) for value in values}
    if found == {int, float}:
        return TYPES[float]
    return TYPES.get(found.pop()) if len(found) == 1 else None


def _cell(value: object, kind: str | None) -> str:
    if value is None:
        return ""
    if kind is not None:
        return str(value).lower()
    return str(safe(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", str(value))))

"""A notice that was read, as a notebook shows it: its records, and on demand its page, its tables and its graph."""
from __future__ import annotations

from dataclasses import fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.model import Notice

if TYPE_CHECKING:
    import networkx
    import pandas

    from kg.export.things import Row
    from kg.network.open import OpenGraph
    from kg.store import Rows


class NoticeRead(Notice):
    """The records of a notice, and what can be made of them; nothing of it is made before it is asked for.

    In all else it is the `Notice` that it holds, and equal to it.
    """

    @classmethod
    def of(cls, notice: Notice) -> NoticeRead:
        """Return the same records, able to show themselves."""
        return cls(**{field.name: getattr(notice, field.name) for field in fields(notice)})

    def __eq__(self, other: object) -> bool:
        """Whether the records are the same."""
        if not isinstance(other, Notice):
            return NotImplemented
        return all(getattr(self, field.name) == getattr(other, field.name) for field in fields(Notice))

    def __hash__(self) -> int:
        """Return the hash of the records."""
        return hash(tuple(getattr(self, field.name) for field in fields(Notice)))

    @cached_property
    def opened(self) -> OpenGraph:
        """The graph of the notice, open for questions, as `kg.open` gives that of a build."""
        from kg.network.open import OpenGraph
        from kg.rdf import notice_graph
        from kg.reconcile import reconcile
        from kg.store import Memory
        graph = notice_graph(self, reconcile(self))
        return OpenGraph(Memory.of(graph.facts, graph.evidence, graph.inferred))

    @property
    def graph(self) -> networkx.MultiDiGraph:
        """The graph of the notice in NetworkX: things with `type` and `label`, relations with `relation` and `depends`."""
        return self.opened.graph

    def query(self, sparql: str, **limits: Any) -> Rows:
        """Return the answer to a SPARQL query on the graph of the notice, as `kg.open(…).query` does.

        Raises:
            QueryError: it is malformed or forbidden, or ran into a limit.
        """
        return self.opened.query(sparql, **limits)

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        """The tables as plain rows: issues, measures, documents, bodies, figures, claims."""
        from kg.export.things import things
        return things(self.graph)

    @cached_property
    def tables(self) -> dict[str, pandas.DataFrame]:
        """The tables as pandas frames, by the same names as `rows`.

        Raises:
            ImportError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise ImportError("`tables` are pandas frames, and pandas is not installed: "
                              "pip install pandas, or take `rows`, the same as lists of dicts") from error
        return {name: pandas.DataFrame(rows) for name, rows in self.rows.items()}

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the counts, and the page in a frame that can reach nothing of the notebook."""
        from viz.explorer import page
        from viz.notebook import cell
        title = self.header.title or self.source.file
        counts = {"个方面 aspects": len(self.aspects), "个问题 issues": len(self.issues),
                  "条措施 measures": sum(len(issue.measures) for issue in self.issues),
                  "份文件 documents": len(self.rows["documents"]), "个机构 bodies": len(self.rows["bodies"]),
                  "处未读懂 not understood": len(self.warnings)}
        return cell(title, [f"{count} {name}" for name, count in counts.items() if count], page(self.graph, self.text, title))

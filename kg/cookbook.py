"""docs/queries.md and its Chinese twin: every prepared question with its SPARQL and its answer on the bundled examples.

`python -m kg.cookbook` writes both anew, in the checkout that is the current folder.
"""
from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import RectifyError
from kg.export.rows import in_words
from kg.pipeline import build
from kg.replace import replace_file
from kg.store import Graph, Question, Rows, open_graph, questions

EXAMPLES = Path("examples")
PAGES = {"en": Path("docs/queries.md"), "zh": Path("docs/queries.zh.md")}
ROWS_SHOWN = 4
CELL = 36  # characters of a cell
GROUP = re.compile(r"^# group: (\w+)$", re.MULTILINE)
COMMENTS = re.compile(r"^(?:#|PREFIX ).*\n", re.MULTILINE)

# The groups in the order of the page, and what they are called.
GROUPS: Mapping[str, Mapping[str, str]] = {
    "issues": {"en": "Issues and tasks", "zh": "问题与任务"}, "measures": {"en": "Measures, figures, dates", "zh": "措施、数据、时间"},
    "documents": {"en": "Documents", "zh": "文件"}, "dependencies": {"en": "What rests on what", "zh": "依据与影响"},
    "bodies": {"en": "Bodies and responsibilities", "zh": "机构与责任"}, "levels": {"en": "Levels of courts", "zh": "法院层级"},
    "claims": {"en": "The notice and its claims", "zh": "通报与自述数字"}, "evidence": {"en": "Evidence", "zh": "出处"},
}


@dataclass(frozen=True)
class Words:
    """What a page says around the questions."""

    head: str
    contents: str
    parameter: str
    none: str
    more: str
    sparql: str


WORDS = {
    "en": Words(
        head="""# Questions to a graph

Made by `python -m kg.cookbook` from the files in [`kg/queries`](../kg/queries) and the bundled examples; a test
fails when it is out of date. [中文版](queries.zh.md)

Ask one with `rectify query NAME`, with `--param name=value` where it takes a parameter, on the graph of `rectify build`
(`--graph`, by default `out`). The query can be changed and asked with `rectify query --file my.rq`; the prefixes
`rectify:`, `rc:`, `rdfs:`, `skos:`, `dcterms:` are known to it. Terms are explained in the [ontology](../ontology/README.md).
Answers are those of `rectify build examples`, two invented notices; long cells are cut here.
""",
        contents="Contents", parameter="Parameter", none="No rows.", more="{all} rows in all.", sparql="The query"),
    "zh": Words(
        head="""# 向图谱提问

由 `python -m kg.cookbook` 根据 [`kg/queries`](../kg/queries) 中的文件和自带示例生成;过期时测试会报错。[English](queries.md)

用 `rectify query 名称` 提问,带参数的加 `--param 参数=值`;图谱是 `rectify build` 的结果(`--graph` 指定,缺省为 `out`)。
查询语句可以改写,存成文件后用 `rectify query --file my.rq` 提问,前缀 `rectify:`、`rc:`、`rdfs:`、`skos:`、`dcterms:` 已预先定义。
各词条的含义见[本体说明](../ontology/README.zh.md)。答案取自 `rectify build examples` 的两份虚构通报;过长的单元格在此截断。
""",
        contents="目录", parameter="参数", none="没有结果。", more="共 {all} 行。", sparql="查询语句"),
}


def cookbook(graph: Graph, language: str) -> str:
    """Return the page in one language.

    Args:
        graph: what the questions are asked of.
        language: en or zh.
    """
    words = WORDS[language]
    parts = [words.head, f"## {words.contents}\n", *_contents(language), ""]
    for group, names in GROUPS.items():
        parts.append(f"## {names[language]}\n")
        parts += [_entry(graph, question, language) for question in _of_group(group)]
    return "\n".join(parts).rstrip("\n") + "\n"


def group_of(question: Question) -> str:
    """Return the group that a question stands in."""
    found = GROUP.search(question.sparql)
    return found[1] if found else ""


def _of_group(group: str) -> list[Question]:
    return [question for question in questions() if group_of(question) == group]


def _contents(language: str) -> Iterator[str]:
    for group, names in GROUPS.items():
        links = " · ".join(f"[{question.name}](#{question.name})" for question in _of_group(group))
        yield f"- {names[language]}: {links}"


def _entry(graph: Graph, question: Question, language: str) -> str:
    words = WORDS[language]
    first, second = (question.zh, question.en) if language == "zh" else (question.en, question.zh)
    lines = [f"### {question.name}\n", f"**{first}** {second}\n"]
    lines += [f"{words.parameter} `{p.name}`: {p.description}" + (f" (`{p.default}`)" if p.default else "") + "\n" for p in question.parameters]
    lines += [_answer(graph.ask(question.name, limit_seconds=60), words)]
    body = COMMENTS.sub("", question.sparql).strip()
    lines += [f"<details><summary>{words.sparql}</summary>\n\n```sparql\n{body}\n```\n\n</details>\n"]
    return "\n".join(lines)


def _answer(rows: Rows, words: Words) -> str:
    if not rows.rows:
        return words.none + "\n"
    lines = [_line(rows.columns), _line(["---"] * len(rows.columns)), *(_line([in_words(cell) for cell in row]) for row in rows.rows[:ROWS_SHOWN])]
    more = f"\n{words.more.format(all=len(rows.rows))}\n" if len(rows.rows) > ROWS_SHOWN else ""
    return "\n".join(lines) + "\n" + more


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    """A cell on one line, cut, with nothing that Markdown would take for its own.

    >>> _cell("甲|乙\\n<丙>")
    '甲\\\\|乙 &lt;丙>'
    """
    line = " ".join(text.split())
    line = line if len(line) <= CELL else line[:CELL - 1] + "…"
    return re.sub(r"([\\`*_|\[\]])", r"\\\1", line).replace("<", "&lt;")


def main() -> None:
    """Build the bundled examples, ask every question and write both pages."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            build([EXAMPLES], folder)
            graph = open_graph(folder)
            for language, page in PAGES.items():
                page.parent.mkdir(exist_ok=True)
                replace_file(page, cookbook(graph, language).encode("utf-8"))
    except RectifyError as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()

"""One notice gives the same records as text, page, Word file, PDF and Markdown."""
from __future__ import annotations

import html
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from conftest import ROOT
from kg.extract.notice import extract_notice
from kg.model import to_json
from kg.reading import Reading, read_bytes, read_file
from kg.resolve import resolve
from notice_files import (NOTICES, TEMPLATES, Parts, cut, from_browser, numbered_docx, official, page, parts, printer, typed_docx)

Printer = Callable[[str, dict[str, Any]], bytes]
SEVERAL = ["court_intermediate", "district_court", "county_committee", "university_brackets", "provincial_transport"]
# What depends on the file: where it counts, what stands around the notice.
OF_THE_FILE = ("span", "spans", "title_span", "action_span", "status_span", "source", "furniture")
__all__ = ["printer"]


def records(reading: Reading) -> Any:
    """The records of a notice, without what depends on the file, and without spaces: they are set, not written."""
    return bare(to_json(resolve(extract_notice(reading))))


def bare(record: Any) -> Any:
    if isinstance(record, dict):
        return {name: bare(value) for name, value in record.items() if name not in OF_THE_FILE}
    if isinstance(record, list):
        return [bare(item) for item in record]
    return re.sub(r"\s+", "", record) if isinstance(record, str) else record


def as_text(name: str) -> Any:
    found = records(read_file(ROOT / NOTICES[name][0]))
    assert found["issues"] and found["notice"]["title"]
    return found


@pytest.mark.parametrize("name", NOTICES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_page_of_a_site(name: str, template: str) -> None:
    assert records(read_bytes(page(template, parts(name)), "n.html")) == as_text(name)


@pytest.mark.parametrize("name", NOTICES)
@pytest.mark.parametrize("writer", [typed_docx, numbered_docx])
def test_a_word_file_with_numbers_typed_or_counted(name: str, writer: Callable[[Parts], bytes]) -> None:
    assert records(read_bytes(writer(parts(name)), "n.docx")) == as_text(name)


@pytest.mark.parametrize("name", SEVERAL)
@pytest.mark.parametrize("setting", [official, from_browser])
def test_a_pdf_as_an_official_document_or_from_a_browser(printer: Printer, name: str, setting: Any) -> None:
    assert records(read_bytes(printer(*setting(parts(name))), "n.pdf")) == as_text(name)


def as_markdown(notice: Parts) -> bytes:
    """Headings by level, labels in bold, a full stop after a number escaped, titles as links."""
    def line(text: str) -> str:
        text = re.sub(r"^(\d+)\.", r"\1\\.", text)
        text = re.sub("《([^《》]+)》", r"[《\1》](https://www.example.cn/a_(1).html)", text, count=1)
        for mark, heading in (("[一二三四五六七八九十]+、", "## "), ("[（(][一二三四五六七八九十]+[）)]", "### ")):
            text = re.sub(f"^(?={mark})", heading, text)
        return re.sub("^(整改情况|责任处室|一是)", r"**\1**", text)
    front = ["---", "layout: page", "---", ""]
    return "\n\n".join(["\n".join(front), *notice.before, "# " + "<br>".join(notice.title), *notice.source,
                        *map(line, notice.body), "---", *notice.after]).encode()


@pytest.mark.parametrize("name", NOTICES)
def test_markdown(name: str) -> None:
    assert records(read_bytes(as_markdown(parts(name)), "n.md")) == as_text(name)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_however_the_words_of_a_page_are_cut_up(seed: int) -> None:
    """Each paragraph in one of the ways that editors write it, cut into elements anywhere, on any template."""
    chance = random.Random(seed)

    def pieces(line: str) -> str:
        tags = [("<span>", "</span>"), ("<b>", "</b>"), ("<font color=red>", "</font>"), ("", ""), ("<u></u>", "<!-- x -->"),
                ("<a name=m>", "</a>"), ("<span style='display:none'>隐</span>", "")]
        cuts = sorted(chance.sample(range(len(line) + 1), min(len(line), chance.randint(0, 6))))
        found = [line[start:end] for start, end in zip([0, *cuts], [*cuts, len(line)])]
        return "".join(start + html.escape(piece) + end for piece in found for start, end in [chance.choice(tags)])

    def paragraph(line: str) -> str:
        form = chance.choice(["<p>{}</p>", "<div><div>{}</div></div>", "{}<br>", "<P class=MsoNormal>&nbsp;&nbsp;{}</P>", "<section><p>　　{}</p></section>",
                              "<table><tr><td>{}</td></tr></table>", "<div>{}<br><br></div>"])
        return form.format(pieces(line))
    name, template = chance.choice(SEVERAL), chance.choice(sorted(TEMPLATES))
    assert records(read_bytes(page(template, parts(name), paragraph), "n.html")) == as_text(name)


def test_the_real_notice(seed_notice: Path, printer: Printer) -> None:
    notice = cut(seed_notice.read_text(encoding="utf-8"), 1, 1, 1, 0)
    expected = records(read_file(seed_notice))
    assert len(expected["issues"]) == 30
    assert records(read_bytes(page("tables", notice), "n.html")) == expected
    assert records(read_bytes(numbered_docx(notice), "n.docx")) == expected
    assert records(read_bytes(printer(*official(notice)), "n.pdf")) == expected


def test_a_folder_may_hold_them_all(printer: Printer, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    names = ["court_intermediate", "district_court", "county_committee", "state_firm", "university_brackets", "provincial_transport"]
    made = {"a.txt": (ROOT / NOTICES[names[0]][0]).read_bytes(), "b.HTM": page("tables", parts(names[1])), "c.docx": numbered_docx(parts(names[2])),
            "d.pdf": printer(*official(parts(names[3]))), "e.md": as_markdown(parts(names[4])), "f": page("court", parts(names[5])),
            "g.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "h.jpg": b"\xff\xd8\xff\xe0" + bytes(100)}
    for name, data in made.items():
        (folder / name).write_bytes(data)
    built = kg.build([folder], tmp_path / "out")
    assert [Path(one.file).name for one in built] == ["a.txt", "b.HTM", "c.docx", "d.pdf", "e.md", "f"]
    assert [kg.read(folder / name).source.format for name in ("a.txt", "b.HTM", "c.docx", "d.pdf", "e.md", "f")] == \
        ["text", "html", "docx", "pdf", "markdown", "html"]
    for one in built:
        text = (one.folder / "source.txt").read_text(encoding="utf-8")
        notice = kg.read(one.file)
        assert text == notice.text
        assert all(text[m.span.start:m.span.end] == m.text for issue in notice.issues for m in issue.measures)


def test_plain_text_loads_no_library_for_documents() -> None:
    code = ("import sys; from pathlib import Path; import kg; kg.read(Path(sys.argv[1])); "
            "print(*sorted({name.partition('.')[0] for name in sys.modules}))")
    run = subprocess.run([sys.executable, "-c", code, str(ROOT / NOTICES["court_intermediate"][0])], cwd=ROOT, capture_output=True,
                         text=True, check=True)
    loaded = set(run.stdout.split())
    assert "kg" in loaded and not loaded & {"lxml", "pypdfium2", "docx", "zipfile", "html"}

"""A user's words → one node."""
from __future__ import annotations

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NodeNotFoundError, RectifyError
from kg.network.find import AmbiguousNodeError, find
from small_graph import small

ID = "https://w3id.org/rectify/id/"


@pytest.fixture(scope="module")
def graph() -> networkx.MultiDiGraph:
    return small({
        ID + "notice/x/aspect/1": ("Aspect", "档案方面"),
        ID + "notice/x/issue/1": ("Issue", "档案管理不严", {"number": 1, "marker": "1."}),
        ID + "notice/x/issue/2": ("Issue", "借阅不登记", {"number": 2, "marker": "1.2"}),
        ID + "notice/x/issue/3": ("Issue", "台账不清", {"number": 3, "marker": "（一）"}),
        ID + "notice/x/issue/4": ("Issue", "台账不全", {"number": 3, "marker": "（一）"}),
        ID + "notice/x/issue/1/measure/1": ("Measure", "修订《档案办法（试行）》"),
        ID + "notice/x/issue/1/measure/1/action/1": ("Action", "修订《档案办法（试行）》"),
        ID + "doc/o/档案办法-试行": ("IssuedDocument", "《档案办法（试行）》", {"title": "档案办法（试行）"}),
        ID + "doc/p/惩戒章程": ("Document", "《惩戒章程》", {"title": "惩戒章程"}),
        ID + "doc/o/市惩戒章程": ("Document", "《市“惩戒”章程》", {"title": "市“惩戒”章程"}),
        ID + "doc/o/工作规则": ("Document", "《工作规则》", {"title": "工作规则"}),
        ID + "doc/p/工作规则": ("Document", "《工作规则》", {"title": "工作规则"}),
        ID + "org/市中院": ("Court", "青岚市中级人民法院", {"altLabel": "市中院；中院", "label_en": "Qinglan Court"}),
    }, [])


@pytest.mark.parametrize(("words", "name"), [
    (ID + "doc/p/工作规则", "doc/p/工作规则"),
    ("issue/2", "notice/x/issue/2"),
    ("doc/p/惩戒章程", "doc/p/惩戒章程"),
    ("1", "notice/x/issue/1"),
    ("问题1", "notice/x/issue/1"),
    ("第１号问题", "notice/x/issue/1"),
    ("issue 1", "notice/x/issue/1"),
    ("#1", "notice/x/issue/1"),
    ("1.2", "notice/x/issue/2"),
    ("2", "notice/x/issue/2"),
    ("《惩戒章程》", "doc/p/惩戒章程"),            # not the city's, whose title holds it
    ("惩戒章程", "doc/p/惩戒章程"),
    ("《市惩戒章程》", "doc/o/市惩戒章程"),          # quotes inside a title do not matter
    ("《市\"惩戒\"章程》", "doc/o/市惩戒章程"),
    ("〈档案办法(试行)〉", "doc/o/档案办法-试行"),   # width of brackets, kind of title marks
    ("<档案办法（试行）>", "doc/o/档案办法-试行"),
    (" 档案办法 （试行）", "doc/o/档案办法-试行"),
    ("档案办法", "doc/o/档案办法-试行"),           # the action and the measure quote it and do not count
    ("借阅", "notice/x/issue/2"),
    ("市中院", "org/市中院"),
    ("qinglan", "org/市中院"),
    ("修订", "notice/x/issue/1/measure/1"),
])
def test_found(graph: networkx.MultiDiGraph, words: str, name: str) -> None:
    assert find(graph, words) == ID + name


@pytest.mark.parametrize(("words", "names"), [
    ("《工作规则》", ["doc/o/工作规则", "doc/p/工作规则"]),
    ("3", ["notice/x/issue/3", "notice/x/issue/4"]),
    ("台账", ["notice/x/issue/3", "notice/x/issue/4"]),
    ("档案", ["notice/x/aspect/1", "notice/x/issue/1", "doc/o/档案办法-试行"]),
])
def test_ambiguous_names_list_the_candidates(graph: networkx.MultiDiGraph, words: str, names: list[str]) -> None:
    with pytest.raises(AmbiguousNodeError) as caught:
        find(graph, words)
    assert caught.value.candidates == tuple(ID + name for name in names)
    for name in names:
        assert f"({name})" in str(caught.value)


def test_title_marks_say_that_a_document_is_meant() -> None:
    graph = small({"i": ("Issue", "作风"), "d": ("Document", "《作风》", {"title": "作风"})}, [])
    assert find(graph, "《作风》") == "d"
    with pytest.raises(AmbiguousNodeError):
        find(graph, "作风")


def test_a_name_that_fits_nothing_names_what_comes_near(graph: networkx.MultiDiGraph) -> None:
    with pytest.raises(NodeNotFoundError, match="no node is named “《惩戒章呈》”; near it: 《惩戒章程》"):
        find(graph, "《惩戒章呈》")


@pytest.mark.parametrize("words", ["", "  ", "《》", "99", "issue/99", "http://example.org/x", "乙丙丁"])
def test_nothing_near(graph: networkx.MultiDiGraph, words: str) -> None:
    with pytest.raises(NodeNotFoundError, match=r"^no node is named “[^;]*”$"):
        find(graph, words)


def test_a_long_list_of_candidates_is_cut() -> None:
    graph = small({f"urn:{number}": ("Issue", f"台账{number}") for number in range(14)}, [])
    with pytest.raises(AmbiguousNodeError, match="fits 14 nodes: .*; and 4 more$"):
        find(graph, "台账")


@given(st.text(max_size=12))
def test_any_words_give_a_node_or_an_error_of_our_own(graph: networkx.MultiDiGraph, words: str) -> None:
    try:
        assert find(graph, words) in graph
    except RectifyError as error:
        assert words in error.cause

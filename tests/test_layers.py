"""Imports go one way, and slow libraries stay out of the start."""
from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT

# A module may import from those before it. Folders count as one layer each.
ORDER = ["kg", "kg.errors", "kg.model", "kg.lexicon", "kg.reading", "kg.outline", "kg.extract", "kg.resolve", "kg.corrections",
         "kg.reconcile", "kg.vocab", "kg.inference", "kg.rdf", "kg.store", "kg.check", "kg.network", "kg.export",
         "viz", "kg.notebook", "kg.replace", "kg.pipeline", "kg.cookbook", "kg.accuracy", "kg.cli", "build_graph"]
NO_LAYER_ABOVE_KG = {"kg": {"kg.pipeline"}}  # the package's own lazy entry
SLOW = {"rdflib", "networkx", "pyvis", "rich", "jinja2", "pyoxigraph", "pyshacl", "owlrl", "jieba", "lxml", "pypdfium2"}
GRAPH = {"rdflib", "networkx", "pyvis", "pyoxigraph", "pyshacl", "owlrl"}


def modules() -> list[Path]:
    found = [*ROOT.glob("kg/**/*.py"), *ROOT.glob("viz/**/*.py"), ROOT / "build_graph.py"]
    assert len(found) > 20
    return sorted(found)


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer_of(module: str) -> str:
    return max((layer for layer in ORDER if module == layer or module.startswith(layer + ".")), key=len)


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported, also inside functions, but not for the type checker alone."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "absolute imports only"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        else:
            yield from imports(node)


def top_imports(tree: ast.Module) -> Iterator[str]:
    yield from imports(ast.Module([n for n in tree.body if isinstance(n, (ast.Import, ast.ImportFrom))], []))


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_has_a_layer_and_imports_only_from_those_before_it(path: Path) -> None:
    own = layer_of(name_of(path))
    assert own != "kg" or name_of(path) == "kg", f"{name_of(path)} is in no layer: add it to ORDER"
    for module in imports(ast.parse(path.read_text(encoding="utf-8"))):
        if module.split(".")[0] in ("kg", "viz", "build_graph"):
            layer = layer_of(module)
            assert (ORDER.index(layer) <= ORDER.index(own) and layer != "kg.cli") or own == "build_graph" \
                or layer in NO_LAYER_ABOVE_KG.get(own, ()), f"{own} imports {module}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_each_library_stays_where_it_belongs(path: Path) -> None:
    own, tree = layer_of(name_of(path)), ast.parse(path.read_text(encoding="utf-8"))
    used = {module.split(".")[0] for module in imports(tree)}
    if ORDER.index(own) < ORDER.index("kg.vocab"):
        assert not used & GRAPH
    assert "click" not in used or own == "kg.cli"
    assert "pyvis" not in used or name_of(path) == "viz.explorer"


@pytest.mark.parametrize("name", ["kg", "kg.cli", "kg.pipeline"])
def test_no_slow_import_at_the_top(name: str) -> None:
    path = ROOT / "kg" / f"{name.partition('.')[2] or '__init__'}.py"
    top = set(top_imports(ast.parse(path.read_text(encoding="utf-8"))))
    assert not {module.split(".")[0] for module in top} & SLOW


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["query", "--help"]])
def test_help_loads_no_slow_library(arguments: list[str]) -> None:
    code = ("import sys; from kg.cli import main; status = main(sys.argv[1:]); "
            "print('LOADED', *sorted(sys.modules)); sys.exit(status)")
    run = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(run.stdout.partition("LOADED")[2].split())
    assert "click" in loaded
    assert not loaded & SLOW


def test_only_the_command_line_prints() -> None:
    for path in modules():
        calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
        prints = [n for n in calls if isinstance(n.func, ast.Name) and n.func.id == "print"]
        assert not prints or name_of(path) == "kg.cli", name_of(path)

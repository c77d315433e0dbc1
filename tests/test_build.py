"""A build: which files, the same bytes, whole or not at all, one folder a notice."""
from __future__ import annotations

import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kg
from conftest import ROOT
from kg.errors import EmptyInputError, InputError
from kg.pipeline import Built, Unbuilt, read_text

EXAMPLE = ROOT / "examples" / "court_intermediate.txt"
OTHER = ROOT / "examples" / "court_high.txt"
FILES = ["chains.csv", "evidence.ttl", "explorer.html", "graph.ttl", "manifest.json", "records.json", "report.md",
         "source.txt"]


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Built:
    (built,) = kg.build([EXAMPLE], tmp_path_factory.mktemp("example") / "out")
    return built


def test_a_build_leaves_eight_files_in_one_folder(example: Built) -> None:
    assert sorted(path.name for path in example.folder.iterdir()) == FILES
    assert [path.name for path in example.folder.parent.iterdir()] == [example.id]
    assert example.page == example.folder / "explorer.html"


def test_the_counts_are_those_of_the_notice(example: Built) -> None:
    assert (example.counts.aspects, example.counts.issues) == (4, 13)


def test_the_source_is_the_text_that_the_offsets_count_in(example: Built) -> None:
    text = (example.folder / "source.txt").read_bytes().decode("utf-8")
    records = json.loads((example.folder / "records.json").read_bytes())
    assert text == EXAMPLE.read_bytes().decode("utf-8")
    measures = [measure for issue in records["issues"] for measure in issue["measures"]]
    assert len(measures) > 20
    for measure in measures:
        assert text[slice(*measure["span"])] == measure["text"]


def test_the_manifest_gives_hashes_and_versions_and_neither_time_nor_place(example: Built) -> None:
    manifest = json.loads((example.folder / "manifest.json").read_bytes())
    assert sorted(manifest) == ["input", "lexicon", "notice", "outputs", "versions"]
    assert manifest["notice"] == example.id
    assert manifest["input"]["file"] == EXAMPLE.name
    assert manifest["input"]["sha256"] == hashlib.sha256(EXAMPLE.read_bytes()).hexdigest()
    assert sorted(manifest["versions"]) == ["lxml", "networkx", "pyoxigraph", "pypdfium2", "pyvis", "rectify"]
    assert manifest["outputs"] == {name: hashlib.sha256(data).hexdigest() for name, data in content(example.folder).items()
                                   if name != "manifest.json"}


def test_chains_open_in_excel(example: Built) -> None:
    data = (example.folder / "chains.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert len(list(csv.reader(data.decode("utf-8-sig").splitlines()))) > 10


@pytest.mark.parametrize("notice", [EXAMPLE, OTHER], ids=lambda path: path.stem)
def test_two_builds_are_the_same_bytes_whatever_the_hash_seed_and_the_place(notice: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "another place"
    elsewhere.mkdir()
    (elsewhere / notice.name).write_bytes(notice.read_bytes())
    for seed, path in (("1", notice), ("2", elsewhere / notice.name)):
        subprocess.run([sys.executable, ROOT / "build_graph.py", path, "--out", tmp_path / seed], cwd=tmp_path, check=True,
                       env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True)
    one, two = content(tmp_path / "1"), content(tmp_path / "2")
    assert len(one) == len(FILES)
    assert list(one) == list(two)
    assert [name for name in one if one[name] != two[name]] == []


def test_the_same_bytes_for_the_real_notice(seed_notice: Path, tmp_path: Path) -> None:
    test_two_builds_are_the_same_bytes_whatever_the_hash_seed_and_the_place(seed_notice, tmp_path)


# Builds and dies by SIGKILL at the n-th thing that it asks of the file system below the output folder.
DYING_BUILD = """
import os, signal, sys
out, last = sys.argv[2], int(sys.argv[3])
steps = 0
def step(event, arguments):
    global steps
    if event != "os.scandir" and any(out in str(a) for a in arguments) or event.startswith("ctypes.call"):
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)
from kg.pipeline import build
sys.addaudithook(step)
build([sys.argv[1]], out)
"""


@pytest.mark.parametrize("step", [1, 3, 5, 8, 11, 13])
def test_a_killed_build_leaves_the_earlier_one_whole_and_the_next_cleans_up(step: int, tmp_path: Path) -> None:
    notice, out = tmp_path / "notice.txt", tmp_path / "out"
    notice.write_bytes(EXAMPLE.read_bytes())
    (built,) = kg.build([notice], out)
    before = content(built.folder)
    notice.write_bytes(EXAMPLE.read_bytes() + "\n附记".encode())
    run = subprocess.run([sys.executable, "-c", DYING_BUILD, notice, out, str(step)], cwd=ROOT)
    assert run.returncode == -signal.SIGKILL
    assert content(built.folder) == before
    kg.build([notice], out)
    assert [path.name for path in out.iterdir()] == [built.id]
    assert content(built.folder) != before


@pytest.mark.parametrize("seconds", [0.1, 0.2, 0.3, 0.4, 0.5])
def test_killed_at_any_time_there_is_one_whole_build(seconds: float, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (built,) = kg.build([EXAMPLE], out)
    before = content(built.folder)
    with subprocess.Popen([sys.executable, ROOT / "build_graph.py", EXAMPLE, "--out", out], cwd=ROOT,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        time.sleep(seconds)
        run.kill()
    assert content(built.folder) == before


def test_two_notices_with_one_id_do_not_overwrite_each_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(EXAMPLE.read_bytes())
    (tmp_path / "b.txt").write_bytes(EXAMPLE.read_bytes() + "\n附记".encode())
    outcomes: list[Built | Unbuilt] = []
    with pytest.raises(InputError, match=r"b\.txt: not built: its id .* is that of .*a\.txt"):
        kg.build([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "out", outcomes.append)
    assert [type(outcome) for outcome in outcomes] == [Built, Unbuilt]
    (folder,) = (tmp_path / "out").iterdir()
    assert (folder / "source.txt").read_bytes() == EXAMPLE.read_bytes()


def test_a_folder_is_read_in_order_of_name_without_hidden_files_and_earlier_builds(tmp_path: Path) -> None:
    (tmp_path / "z" / "deep").mkdir(parents=True)
    (tmp_path / ".hidden.txt").write_bytes(EXAMPLE.read_bytes())
    (tmp_path / "z" / "deep" / "one.txt").write_bytes(EXAMPLE.read_bytes())
    (tmp_path / "a.txt").write_bytes(OTHER.read_bytes())
    for _ in range(2):
        built = kg.build([tmp_path], tmp_path / "out")
        assert [Path(each.file).name for each in built] == ["a.txt", "one.txt"]
    kg.build([EXAMPLE], tmp_path / "elsewhere")
    assert len(kg.build([tmp_path], tmp_path / "out")) == 2


def test_a_folder_that_links_to_itself_comes_to_an_end(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "again").symlink_to(tmp_path / "in")
    with pytest.raises(EmptyInputError):
        kg.build([tmp_path / "in"], tmp_path / "out")


def test_text_is_read_without_a_file() -> None:
    notice = read_text(EXAMPLE.read_text(encoding="utf-8"))
    assert notice.issues == kg.read(EXAMPLE).issues
    with pytest.raises(InputError, match="<text>: the file is empty"):
        read_text("")

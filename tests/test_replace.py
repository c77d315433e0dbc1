"""The files of a build appear together or not at all, whenever the process dies."""
from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT
from kg import replace
from kg.errors import OutputError
from kg.replace import replace_file, replace_folder

# Dies by SIGKILL at the n-th thing that it asks of the file system below the output folder. The
# calls that exchange two folders go through ctypes and are counted too.
DYING_WRITER = """
import os, signal, sys
from pathlib import Path
from kg import replace
target, last, fallback = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "two renames"
if fallback:
    replace._exchange = lambda one, other: False
steps = 0
def step(event, arguments):
    global steps
    if event.startswith("ctypes.call") or any(str(target.parent) in str(a) for a in arguments):
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(step)
replace.replace_folder(target, {"a": b"new a", "b": b"new b"})
"""
OLD, NEW = {"a": b"old a", "gone": b"old"}, {"a": b"new a", "b": b"new b"}


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def die_at(step: int, target: Path, way: str) -> bool:
    """Let a writer die at a step; False when it had come to its end before."""
    run = subprocess.run([sys.executable, "-c", DYING_WRITER, str(target), str(step), way], cwd=ROOT)
    assert run.returncode in (0, -signal.SIGKILL)
    return run.returncode != 0


def test_a_folder_is_made_and_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "out" / "notice"
    replace_folder(target, OLD)
    assert content(target) == OLD
    replace_folder(target, NEW)
    assert content(target) == NEW
    assert [path.name for path in target.parent.iterdir()] == ["notice"]


def test_killed_at_any_step_the_earlier_or_the_new_folder_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "out" / "notice"
    seen, step = [], 1
    replace_folder(target, OLD)
    while die_at(step, target, "exchange"):
        seen.append(content(target))
        assert seen[-1] in (OLD, NEW)
        replace_folder(target, OLD)
        assert [path.name for path in target.parent.iterdir()] == ["notice"], "nothing stale is left"
        step += 1
    assert seen.count(OLD) >= 5 and NEW in seen, "killed before and after the exchange"


def test_where_two_folders_cannot_be_exchanged_the_next_build_brings_the_earlier_back(tmp_path: Path) -> None:
    target, other = tmp_path / "out" / "notice", tmp_path / "out" / "other"
    seen, step = [], 1
    replace_folder(target, OLD)
    while die_at(step, target, "two renames"):
        replace_folder(other, NEW)
        seen.append(content(target))
        assert seen[-1] in (OLD, NEW)
        assert sorted(path.name for path in target.parent.iterdir()) == ["notice", "other"]
        replace_folder(target, OLD)
        step += 1
    assert seen.count(OLD) >= 5 and NEW in seen


def test_a_failed_write_leaves_the_earlier_folder_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "notice"
    replace_folder(target, OLD)
    with pytest.raises(OutputError, match="cannot write"):
        replace_folder(target, {"a": b"new", "no such folder/b": b"new"})
    assert content(target) == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["notice"]


@pytest.mark.parametrize("way", ["", "below/"])
def test_a_file_where_a_folder_must_be_is_named(tmp_path: Path, way: str) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="a file is where a folder must be") as caught:
        replace_folder(tmp_path / "file" / way / "notice", NEW)
    assert str(tmp_path / "file") in str(caught.value)
    assert (tmp_path / "file").read_text() == "in the way"


@pytest.mark.parametrize("make", [lambda path: path.write_text("in the way"), lambda path: path.symlink_to("/")],
                         ids=["file", "link"])
def test_what_is_no_folder_is_not_replaced(make: Callable[[Path], object], tmp_path: Path) -> None:
    make(tmp_path / "notice")
    with pytest.raises(OutputError, match="notice: cannot write: a file is where a folder must be"):
        replace_folder(tmp_path / "notice", NEW)
    assert [path.name for path in tmp_path.iterdir()] == ["notice"]
    assert not (tmp_path / "notice" / "b").exists()


def test_a_file_is_replaced_whole_and_a_device_is_written_to(tmp_path: Path) -> None:
    replace_file(tmp_path / "page", b"old")
    replace_file(tmp_path / "page", b"new")
    assert content(tmp_path) == {"page": b"new"}
    replace_file(Path("/dev/null"), b"new")
    assert Path("/dev/null").is_char_device()
    with pytest.raises(OutputError, match="nowhere/page: cannot write: No such file or directory"):
        replace_file(tmp_path / "nowhere" / "page", b"new")


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    code = ("import sys; from pathlib import Path; from kg.replace import replace_file, replace_folder\n"
            "for _ in range(30): replace_folder(Path(sys.argv[1]), {n: sys.argv[2].encode() for n in 'abcdef'})")
    writers = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "out" / "notice"), word], cwd=ROOT)
               for word in ("one", "two")]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert set(content(tmp_path / "out" / "notice").values()) in ({b"one"}, {b"two"})


def test_the_exchange_works_on_this_system(tmp_path: Path) -> None:
    (tmp_path / "a" / "x").mkdir(parents=True)
    (tmp_path / "b" / "y").mkdir(parents=True)
    if not replace._exchange(tmp_path / "a", tmp_path / "b"):
        pytest.skip("this disk cannot exchange two folders")
    assert (tmp_path / "a" / "y").is_dir() and (tmp_path / "b" / "x").is_dir()

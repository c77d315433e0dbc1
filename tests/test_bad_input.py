"""What cannot be used gets one clear line with file and place, exit code 2, and leaves nothing half-written."""
from __future__ import annotations

import random
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import ROOT

EXAMPLE = ROOT / "examples" / "court_intermediate.txt"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(range(256))


@dataclass(frozen=True)
class Run:
    """How one command ended, and what it said."""

    code: int
    out: str
    errors: list[str]


def rectify(*arguments: str | Path, **options: object) -> Run:
    run = subprocess.run([sys.executable, "-m", "kg.cli", *map(str, arguments)], cwd=ROOT, capture_output=True,
                         encoding="utf-8", timeout=120, **options)  # type: ignore[call-overload]
    return Run(run.returncode, run.stdout, run.stderr.splitlines())


def refused(run: Run, *words: str) -> None:
    """The one line holds these words, and nothing else is said."""
    assert run.code == 2 and run.out == "", run
    assert len(run.errors) == 1 and run.errors[0].startswith("error: "), run.errors
    for word in words:
        assert word in run.errors[0]


def written(name: str, content: bytes | str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path
    return write


BAD = {
    "an empty file": (written("empty.txt", b""), ["empty.txt: the file is empty"]),
    "a file of blank lines": (written("blank.txt", b"\n \r\n\t\n"), ["blank.txt: the file is empty"]),
    "a binary file": (written("random.txt", random.Random(1).randbytes(9000)), ["random.txt: is a binary file"]),
    "an image": (written("scan.png", PNG), ["scan.png: is a PNG image"]),
    "a PDF": (written("notice.pdf", b"%PDF-1.7\n\x00\x01"), ["notice.pdf: is a damaged PDF"]),
    "another text": (written("poem.txt", "床前明月光，疑是地上霜。举头望明月，低头思故乡。\n" * 9),
                     ["poem.txt: is not a rectification notice"]),
    "undecodable bytes": (written("torn.txt", "关于巡察整改情况的通报".encode() * 30 + b"\xff\xfe\xfd\n" * 30),
                          ["torn.txt", "is not valid"]),
    "50 MB of text": (written("huge.txt", EXAMPLE.read_bytes() * (50_000_000 // EXAMPLE.stat().st_size + 1)),
                      ["huge.txt: 50 MB is too large"]),
    "a missing file": (lambda folder: folder / "missing.txt", ["missing.txt: cannot be read: No such file"]),
    "a name with a line end": (lambda folder: folder / "two\nlines.txt", ["two lines.txt: cannot be read"]),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_notice_is_refused(name: str, tmp_path: Path) -> None:
    make, words = BAD[name]
    path = make(tmp_path)
    refused(rectify("build", path, "--out", tmp_path / "out"), *words)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["an empty file", "an image", "another text", "a missing file"])
def test_parse_refuses_it_the_same_way(name: str, tmp_path: Path) -> None:
    make, words = BAD[name]
    refused(rectify("parse", make(tmp_path)), *words)


def test_a_folder_to_parse_is_refused(tmp_path: Path) -> None:
    refused(rectify("parse", tmp_path), "Is a directory")


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    refused(rectify("build", tmp_path / "in", "--out", tmp_path / "out"), "in: no notice in this folder")


def test_a_folder_without_notices_says_what_each_file_is(tmp_path: Path) -> None:
    (tmp_path / "in" / "below").mkdir(parents=True)
    written("poem.txt", "床前明月光\n")(tmp_path / "in" / "below")
    written("scan.png", PNG)(tmp_path / "in")
    run = rectify("build", tmp_path / "in", "--out", tmp_path / "out")
    assert run.code == 2
    assert [line.partition(": ")[0] for line in run.errors] == ["skipped", "skipped", "error"]
    assert "poem.txt: is not a rectification notice" in run.errors[0]
    assert "scan.png: is a PNG image" in run.errors[1]
    assert "in: no notice in this folder" in run.errors[2]
    assert not (tmp_path / "out").exists()


def test_a_failing_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    written("a-empty.txt", b"")(tmp_path / "in")
    written("b-image.txt", PNG)(tmp_path / "in")
    written("c-notice.txt", EXAMPLE.read_bytes())(tmp_path / "in")
    run = rectify("build", tmp_path / "in", "--out", tmp_path / "out")
    assert run.code == 2
    assert [line for line in run.errors if not line.startswith("warning")] == [
        f"error: {tmp_path}/in/a-empty.txt: the file is empty",
        f"skipped: {tmp_path}/in/b-image.txt: is a PNG image, not text"]
    assert "1 份通报 notices, 1 份略过 skipped, 1 份失败 failed" in run.out
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_a_notice_cut_in_the_middle_is_built_as_far_as_it_goes(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    path = written("cut.txt", text[:len(text) // 2])(tmp_path)
    run = rectify("build", path, "--out", tmp_path / "out")
    assert run.code == 0
    assert "个问题 issues" in run.out


def test_a_notice_without_issues_gives_a_warning_and_an_empty_graph(tmp_path: Path) -> None:
    head = EXAMPLE.read_text(encoding="utf-8").partition("一、")[0]
    run = rectify("build", written("head.txt", head)(tmp_path), "--out", tmp_path / "out")
    assert run.code == 0
    assert "0 个方面 aspects, 0 个问题 issues, 0 条措施 measures" in run.out
    assert any("no list of issues was found" in line for line in run.errors)


@pytest.mark.parametrize("below", ["", "/deeper"])
def test_a_file_where_the_output_folder_must_be(below: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    refused(rectify("build", EXAMPLE, "--out", f"{tmp_path}/file{below}"), f"{tmp_path}/file", "a file is where a folder must be")
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_device_where_the_output_folder_must_be() -> None:
    refused(rectify("build", EXAMPLE, "--out", "/dev/full"), "/dev/full", "a file is where a folder must be")


def test_a_place_where_nobody_can_write() -> None:
    refused(rectify("build", EXAMPLE, "--out", "/proc/out"), "/proc/out", "cannot write")


def test_a_full_disk_leaves_the_earlier_build(tmp_path: Path) -> None:
    assert rectify("build", EXAMPLE, "--out", tmp_path / "out").code == 0
    before = everything_below(tmp_path)
    refused(rectify("build", EXAMPLE, "--out", tmp_path / "out", preexec_fn=allow_only_small_files), "cannot write")
    assert everything_below(tmp_path) == before


def test_a_full_disk_behind_standard_output() -> None:
    with open("/dev/full", "wb") as full:
        run = subprocess.run([sys.executable, "-m", "kg.cli", "parse", str(EXAMPLE)], cwd=ROOT, stdout=full,
                             stderr=subprocess.PIPE, encoding="utf-8")
    assert run.returncode == 2
    assert run.stderr == "error: standard output: No space left on device\n"


def test_a_reader_that_goes_away_is_no_error() -> None:
    with subprocess.Popen([sys.executable, "-m", "kg.cli", "parse", str(EXAMPLE)], cwd=ROOT, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as run:
        assert run.stdout and run.stderr
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 141


def test_wrong_use_is_one_line() -> None:
    refused(rectify("build"), "give a NOTICE", "rectify build --help")
    refused(rectify("build", EXAMPLE, "--outt", "x"), "No such option", "--outt")
    refused(rectify("bild", EXAMPLE), "No such command 'bild'")


def everything_below(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def allow_only_small_files() -> None:
    """Let writing fail past 20 kB, as on a disk with no more room."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

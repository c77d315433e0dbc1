"""Put the files of a build in place together: all of them, or none.

They are written into a hidden folder beside their target, which then changes places with the
earlier one in a single system call. A process that dies at any moment leaves the earlier folder
whole, and at most a hidden one that the next build removes.
"""
from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from errno import EEXIST
from pathlib import Path
from typing import TypeVar

from kg.errors import OutputError

PARTIAL = ".rectify-partial"  # being written; after the exchange, the earlier folder on its way out
RETIRED = ".rectify-retired"  # the earlier folder, where the system cannot exchange two
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # Linux, renameat2(2)
T = TypeVar("T")


def replace_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Make `target` a folder that holds exactly `files`, in one step.

    Args:
        target: the folder; those above it are made. An earlier one is replaced whole.
        files: file name → content.

    Raises:
        OutputError: a folder or file cannot be written (no right, no space, a file in the way).
    """
    def write(folder: Path) -> None:
        for name, content in files.items():
            (folder / name).write_bytes(content)
    fill_folder(target, write)


def fill_folder(target: Path, fill: Callable[[Path], T]) -> T:
    """Make `target` a folder that `fill` has filled, in one step, and return what `fill` returns.

    Raises:
        OutputError: as `replace_folder`. What else `fill` raises passes, and the earlier folder stays.
    """
    with _told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with _only_writer(target.parent):
            _recover(target)
            return _replace(target, fill)


def replace_file(target: Path, content: bytes) -> None:
    """Make `target` a file that holds `content`, in one step. What is no file, like a device, is written to.

    Raises:
        OutputError: it cannot be written.
    """
    partial = target.with_name(f"{PARTIAL}-{os.getpid()}")
    with _told(target):
        if target.exists() and not target.is_file():
            target.write_bytes(content)
            return
        try:
            partial.write_bytes(content)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Turn what the system says into one line that names the place."""
    try:
        yield
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError("cannot write: a file is where a folder must be", file=_place(error, target)) from error
    except OSError as error:
        raise OutputError(f"cannot write: {error.strerror or ' '.join(str(error).split())}", file=_place(error, target)) from error


def _place(error: OSError, target: Path) -> str:
    named = str(error.filename or target)
    return str(target) if PARTIAL in named else named


def _replace(target: Path, fill: Callable[[Path], T]) -> T:
    partial = target.parent / PARTIAL
    try:
        partial.mkdir()
        filled = fill(partial)
        _swap(partial, target)
        return filled
    finally:
        shutil.rmtree(partial, ignore_errors=True)


@contextmanager
def _only_writer(folder: Path) -> Iterator[None]:
    """Hold the folder's lock. The system lets go of it when the process ends, however it ends, so
    that a hidden folder found under the lock is always left over."""
    if sys.platform == "win32":
        yield
        return
    import fcntl
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _recover(target: Path) -> None:
    """Remove what a killed build left, and bring back a folder caught between two renames."""
    retired = target.parent / RETIRED
    for left in retired.glob("*"):
        if not (target.parent / left.name).exists():
            left.rename(target.parent / left.name)
    shutil.rmtree(retired, ignore_errors=True)
    if (target.parent / PARTIAL).exists():
        shutil.rmtree(target.parent / PARTIAL)


def _swap(partial: Path, target: Path) -> None:
    if target.is_symlink() or target.exists() and not target.is_dir():
        raise FileExistsError(EEXIST, "", str(target))
    if not target.exists():
        partial.rename(target)
    elif not _exchange(partial, target):
        retired = target.parent / RETIRED / target.name
        retired.parent.mkdir(exist_ok=True)
        target.rename(retired)
        partial.rename(target)
        shutil.rmtree(retired.parent, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names at once; False where the system or its disk cannot."""
    if sys.platform != "linux":
        return False
    import ctypes  # 5 ms, needed only where an earlier build is replaced
    try:
        rename = ctypes.CDLL(None).renameat2
    except AttributeError:  # a C library older than 2018
        return False
    status: int = rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)
    return status == 0

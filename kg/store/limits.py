"""Work with an end: in a child process that is killed when its time is up."""
from __future__ import annotations

import faulthandler
import os
import pickle
import select
import signal
import time
from collections.abc import Callable
from typing import Any, TypeVar

from kg.errors import QueryError, RectifyError

MEMORY = 1024 ** 3  # bytes that a query may take beyond what the process has
MAX_ANSWER = 256 * 1024 ** 2  # bytes of an answer
CHUNK = 1 << 20
OUT_OF_MEMORY = "the query needed too much memory and was ended"
TOO_LONG = "the query needed too much memory, or is too long for the engine, and was ended"  # the engine died without a word
TOO_DEEP = "the query is nested too deeply for the engine"
T = TypeVar("T")


def run_limited(work: Callable[[], T], seconds: float) -> T:
    """Return what `work` returns, from a copy of this process that lives `seconds` at most.

    A query that runs away cannot be stopped from within: it holds the interpreter. Its process can.

    Raises:
        QueryError: the time or the memory ran out, the answer is too large, or `work` failed.
        RectifyError: what `work` raises of that kind.
    """
    if not hasattr(os, "fork"):
        return work()  # no such copy on this system: no limit either
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _work_and_exit(work, writing)
    os.close(writing)
    try:
        answer = _read_all(reading, time.monotonic() + seconds)
    finally:
        os.close(reading)
        if _still_runs(child):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    if answer is None:
        raise QueryError(f"the query ran longer than {seconds:g} s and was ended")
    result: T = _result(answer)
    return result


def _work_and_exit(work: Callable[[], Any], writing: int) -> None:
    """The child: do the work, write the answer, leave without any clean-up of the parent's things."""
    try:
        _limit_memory()
        _silence_errors()
        answer: Any
        try:
            answer = work()
        except RectifyError as error:
            answer = error
        except MemoryError:
            answer = QueryError(OUT_OF_MEMORY)
        except RecursionError:
            answer = QueryError(TOO_DEEP)
        except Exception as error:  # noqa: BLE001 - whatever it is, the parent tells it
            answer = QueryError(f"the query failed: {' '.join(str(error).split()) or type(error).__name__}")
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(answer, pipe)
    finally:
        os._exit(0)


def _limit_memory() -> None:
    try:
        import resource
        with open("/proc/self/statm", encoding="ascii") as file:
            used = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, hard))
    except (ImportError, OSError, ValueError):
        return  # a system without such limits


def seal() -> None:
    """Open no file and no connection from now on: what an engine could be talked into, the system refuses.

    For a process that `run_limited` started, once it has all it needs.
    """
    try:
        import resource
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    except (ImportError, OSError, ValueError):
        return  # a system without such limits


def _silence_errors() -> None:
    """The last words of engine and interpreter when memory runs out are no line for the user."""
    faulthandler.disable()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _read_all(reading: int, until: float) -> bytes | None:
    """Everything the child writes, or None when the time is up."""
    parts: list[bytes] = []
    size = 0
    while True:
        ready, _, _ = select.select([reading], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return None
        part = os.read(reading, CHUNK)
        if not part:
            return b"".join(parts)
        parts.append(part)
        size += len(part)
        if size > MAX_ANSWER:
            raise QueryError(f"the answer is larger than {MAX_ANSWER // 1024 ** 2} MB")


def _still_runs(child: int) -> bool:
    return os.waitpid(child, os.WNOHANG) == (0, 0)


def _result(answer: bytes) -> Any:
    if not answer:
        raise QueryError(TOO_LONG)
    result = pickle.loads(answer)
    if isinstance(result, RectifyError):
        raise result
    return result

"""A Virtuoso of its own: a fresh database in a folder, on free ports of 127.0.0.1, ended with the test."""
from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.store import Graph
from kg.store.parts import NAMED

PROGRAMS = ("virtuoso-t", "isql-vt")
START_SECONDS = 120.0
LOAD = "DB.DBA.TTLP_MT(file_to_string_output('{file}'), '', '{graph}', 255); checkpoint;"
CONFIGURATION = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
AllowOSCalls = 0
CaseMode = 2
DirsAllowed = {folder}
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 4
Charset = UTF-8
[SPARQL]
MaxQueryExecutionTime = 60
"""


def missing() -> list[str]:
    """The programs that are not installed."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


@dataclass(frozen=True)
class Virtuoso:
    """A server that runs."""

    folder: Path
    sql: int
    url: str

    def load(self, graph: Graph) -> None:
        """Put facts, evidence and inferred triples into the named graphs of the same names."""
        for name, triples in zip(NAMED, (graph.parts.facts, graph.parts.evidence, graph.parts.inferred)):
            file = self.folder / f"{name.value.rpartition('/')[2]}.nt"
            ox.serialize(triples, output=str(file), format=ox.RdfFormat.N_TRIPLES)
            run = subprocess.run(["isql-vt", str(self.sql), "dba", "dba", "VERBOSE=OFF", "BANNER=OFF",
                                  "EXEC=" + LOAD.format(file=file, graph=name.value)], capture_output=True, text=True, timeout=120)
            assert run.returncode == 0 and "Error" not in run.stderr, run.stderr


@contextmanager
def virtuoso(folder: Path) -> Iterator[Virtuoso]:
    """Start a server with its data in `folder`, which is empty."""
    sql, http = _free_ports(2)
    (folder / "virtuoso.ini").write_text(CONFIGURATION.format(folder=folder, sql=sql, http=http))
    server = subprocess.Popen(["virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"], cwd=folder,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        found = Virtuoso(folder, sql, f"http://127.0.0.1:{http}/sparql")
        _wait_for(found.url, server)
        yield found
    finally:
        server.kill()
        server.wait()


def _free_ports(count: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended"
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"{url}?query=ASK%7B%7D", timeout=10):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError("the server did not start in time")

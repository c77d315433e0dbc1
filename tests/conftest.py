"""Fixtures that more than one test file uses."""
from __future__ import annotations

import os
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def example_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one build of a bundled example."""
    (built,) = kg.build([ROOT / "examples" / "court_intermediate.txt"], tmp_path_factory.mktemp("example") / "out")
    return built.folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real notices and their answers beside the checkout.

    Skipped where there is no such folder; one that is there but empty fails in CI.
    """
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no folder of real notices beside the checkout")
    if not (folder / "notices").is_dir():
        absent("the folder of real notices beside the checkout holds no notices")
    return folder


@pytest.fixture(scope="session")
def seed_notice(shared: Path) -> Path:
    """The real notice that the accuracy floors are counted on."""
    path = shared / "notices" / "seed.txt"
    if not path.is_file():
        absent("the real notice is not in the folder beside the checkout")
    return path


def absent(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)

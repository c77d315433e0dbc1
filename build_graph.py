"""The front door: `python build_graph.py NOTICE… --out out/` does the main job (`rectify build`)."""
from __future__ import annotations

import sys

from kg.cli import main

if __name__ == "__main__":
    sys.exit(main(["build", *sys.argv[1:]]))

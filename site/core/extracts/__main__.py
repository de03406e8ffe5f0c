"""The child of `child.read`: limits itself, reads the file that its input names, writes one JSON value a line."""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from pathlib import Path

from core.extracts.parts import Budget, Limits, Source, to_json
from core.extracts.reading import extract


def _limit(limits: Limits) -> None:
    with contextlib.suppress(ImportError):  # not on Windows, where nobody serves this site
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read and tell."""
    logging.disable(logging.CRITICAL)  # libraries quote what they read
    task = json.loads(sys.stdin.buffer.read())
    limits = Limits(**task["limits"])
    _limit(limits)
    source = Source(Path(task["path"]).read_bytes(), task["suffix"], Budget(limits))
    for value in to_json(extract(source)):
        sys.stdout.write(json.dumps(value) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

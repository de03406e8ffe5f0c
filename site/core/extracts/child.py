"""Reads a file: plain text here, everything else in a process of its own that cannot harm this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Final

from core.extracts.parts import Budget, Limits, Mark, Part, Source, from_json
from core.extracts.reading import PLAIN, extract

ROOT: Final = Path(__file__).resolve().parents[2]
GRACE: Final = 20
"""Seconds of waiting beyond the seconds of work: the machine may be busy."""


def read(path: Path, name: str, limits: Limits | None = None, *, is_ours: bool = False) -> list[Part]:
    """Everything found in the file at `path`, which is called `name`; never raises for what is in it.

    `is_ours`: this site has written the file itself, so that it need not be read in a process of its own.
    """
    limits = limits or Limits()
    suffix = Path(name).suffix.lower()
    if path.stat().st_size > limits.size:
        return [Mark("unreadable", (), "too-large")]
    if is_ours or suffix in PLAIN:
        return list(extract(Source(path.read_bytes(), suffix, Budget(limits))))
    return _in_a_child(path, suffix, limits)


def _in_a_child(path: Path, suffix: str, limits: Limits) -> list[Part]:
    """What the child said until its end, and that it was stopped if it was."""
    task = json.dumps({"path": str(path), "suffix": suffix, "limits": asdict(limits)})
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.defpath, "PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8"}
    command = [sys.executable, "-s", "-m", "core.extracts"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; names of files go through its input
            command,
            input=task.encode(),
            capture_output=True,
            env=environment,
            timeout=limits.seconds + GRACE,
            check=False,
        )
        output, complete = done.stdout, done.returncode == 0
    except subprocess.TimeoutExpired as stopped:
        output, complete = stopped.stdout or b"", False
    return _said(output, complete)


def _said(output: bytes, complete: bool) -> list[Part]:
    values = []
    for line in output.splitlines():
        try:
            values.append(json.loads(line))
        except ValueError:  # the line that was being written when the child was stopped
            complete = False
    parts = list(from_json(values))
    return parts if complete else [*parts, Mark("unreadable", (), "too-costly")]

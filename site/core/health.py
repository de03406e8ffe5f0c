"""What rooms above this one tell operators about themselves at `/readyz`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether one part of the site is well, and what there is to say of it as JSON values."""

    ok: bool
    details: Mapping[str, Any]


Probe = Callable[[], Finding]
_probes: dict[str, Probe] = {}


def register(name: str, probe: Probe) -> None:
    """Let another room be asked for its health; the probe must not raise for trouble it can tell of."""
    _probes[name] = probe


def findings() -> dict[str, Finding]:
    """Ask every probe."""
    return {name: probe() for name, probe in _probes.items()}

"""Figures that do not depend on what else the machine does: alternating calls in one process, and their ratios."""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

FILE = Path(__file__).parents[2] / "var" / "bench.json"
Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Times:
    """Durations of one thing, in milliseconds."""

    values: Sequence[float]

    @property
    def median(self) -> float:
        """Half of the calls took no longer."""
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """Nineteen of twenty calls took no longer."""
        return statistics.quantiles(self.values, n=20)[-1]


def alternating(rounds: Iterable[Mapping[str, Act]]) -> dict[str, Times]:
    """In each round call each act once, in turn forwards and backwards; durations by name."""
    found: dict[str, list[float]] = {}
    for number, acts in enumerate(rounds):
        for name in list(acts)[:: -1 if number % 2 else 1]:
            found.setdefault(name, []).append(timed(acts[name]))
    return {name: Times(values) for name, values in found.items()}


def timed(act: Act) -> float:
    """Milliseconds one call takes."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def tell(title: str, times: Mapping[str, Times], against: str) -> None:
    """Print and keep the figures of one comparison, each with its ratio to one of them."""
    base = times[against]
    rows = {
        name: {
            "median_ms": round(each.median, 2),
            "p95_ms": round(each.p95, 2),
            "ratio": round(each.median / base.median, 2),
            "ratio_p95": round(each.p95 / base.p95, 2),
            "calls": len(each.values),
        }
        for name, each in times.items()
    }
    keep(title, rows)


def keep(title: str, rows: Mapping[str, Mapping[str, float]]) -> None:
    """Print rows of figures under a title and write them to `var/bench.json` beside those of other titles."""
    load = os.getloadavg()[0]
    _print(f"\n{title} (load {load:.1f} on {os.cpu_count()} cores)")
    for name, figures in rows.items():
        _print(f"  {name:<34}" + "".join(f"{key} {value:<10}" for key, value in figures.items()))
    told = json.loads(FILE.read_text()) if FILE.exists() else {}
    told[title] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "load": round(load, 1),
        "figures": rows,
    }
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(told, indent=1))


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()

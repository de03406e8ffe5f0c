"""Which kinds of jobs there are: the rooms above register theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.functional import Promise

if TYPE_CHECKING:
    from core.jobs.models import Job
    from core.jobs.progress import Progress

Work = Callable[["Job", "Progress"], "dict[str, Any] | None"]
W = TypeVar("W", bound=Work)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job: what it is called, what it does, and the template that tells its result."""

    name: str
    work: Work
    label: str | Promise
    template: str
    mailed: bool = False


_kinds: dict[str, Kind] = {}
_preparations: list[Callable[[], object]] = []


def job(
    name: str, label: str | Promise = "", template: str = "core/jobs/result.html", *, mailed: bool = False
) -> Callable[[W], W]:
    """Register the decorated function as the work of a kind of job; what it returns is the job's result.

    The template gets `job`. A result is plain JSON. With `mailed`, the owner gets a mail when the job has ended.
    """

    def register(work: W) -> W:
        _kinds[name] = Kind(name, work, label or name, template, mailed)
        return work

    return register


def kind_of(name: str) -> Kind | None:
    """The kind with this name; None when no room knows it (any more)."""
    return _kinds.get(name)


def prepare_with(preparation: Callable[[], object]) -> None:
    """Call something before each job, as at the beginning of a request: caches of a process are looked through anew."""
    if preparation not in _preparations:
        _preparations.append(preparation)


def prepare() -> None:
    """Call everything that was registered."""
    for preparation in _preparations:
        preparation()

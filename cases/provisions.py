"""Written references to norms and goals: `crpd:31`, `17.18`, `16.a`, `4.1.1`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.terms import TermRow, current_terms

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

TARGET = re.compile(r"(\d{1,2})\.(\d{1,2}|[a-d])")
# A letter after the last number marks one part of an indicator: 14.1.1b is the plastic part of 14.1.1.
INDICATOR = re.compile(r"(\d{1,2})\.(\d{1,2}|[a-d])\.(\d{1,2})[a-d]?")
PROVISION = re.compile(r"([a-z0-9-]+):(\d{1,3})")
GOALS = range(1, 18)


def validate_targets(values: Iterable[str]) -> None:
    """Refuse what does not look like an SDG target, naming each."""
    wrong = [value for value in values if not _of_a_goal(TARGET, value)]
    _refuse(wrong, _("“%(value)s” is no SDG target; write it as 17.18 or 16.a."))


def validate_indicators(values: Iterable[str]) -> None:
    """Refuse what does not look like an SDG indicator, naming each."""
    wrong = [value for value in values if not _of_a_goal(INDICATOR, value)]
    _refuse(wrong, _("“%(value)s” is no SDG indicator; write it as 4.1.1."))


def validate_provisions(values: Iterable[str]) -> None:
    """Refuse references to unknown instruments or to numbers beyond the instrument's last provision."""
    errors = [error for value in values if (error := _provision_error(value))]
    if errors:
        raise ValidationError(errors)


def parse_provision(value: str) -> tuple[TermRow, int] | None:
    """Split `crpd:31` into its instrument and number; None when it is neither well written nor known."""
    match = PROVISION.fullmatch(value)
    instrument = current_terms().find("rights_instruments", match[1]) if match else None
    return (instrument, int(match[2])) if match and instrument else None


def goal_of(target: str) -> int:
    """Number of the goal to which a target or indicator belongs."""
    return int(target.split(".", maxsplit=1)[0])


def _provision_error(value: str) -> ValidationError | None:
    parsed = parse_provision(value)
    if parsed is None:
        known = ", ".join(term.code for term in current_terms().of("rights_instruments"))
        message = _("“%(value)s” is no provision; write it as crpd:31. Instruments: %(known)s.")
        return ValidationError(message, params={"value": value, "known": known})
    instrument, number = parsed
    last = instrument.facts.get("provisions")
    if number < 1 or (last is not None and number > last):
        message = _("“%(value)s”: %(instrument)s has provisions 1 to %(last)s.")
        return ValidationError(message, params={"value": value, "instrument": instrument.code, "last": last})
    return None


def _of_a_goal(pattern: re.Pattern[str], value: str) -> bool:
    match = pattern.fullmatch(value)
    return match is not None and int(match[1]) in GOALS


def _refuse(values: list[str], message: StrOrPromise) -> None:
    if values:
        raise ValidationError([ValidationError(message, params={"value": value}) for value in values])

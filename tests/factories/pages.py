"""What `tests.page_types` visits: entries with everything, with little, of long words; no translation is whole."""

from __future__ import annotations

from core.withdrawals import withdraw
from tests.factories.entries import make_case, make_method, make_organisation, make_team, publish, set_levels, translate
from tests.factories.files import make_picture, picture_bytes
from tests.factories.rows import fill_rows, story
from tests.page_types import LONG

MANY = 18
"""More than one page of results."""


def make_pages(many: int = MANY) -> None:
    """All of it; `many` is how many cases there are beside."""
    everything()
    little = {"themes": ["water-sanitation"], "countries": ["uga"], "sdgs": ["sdg-06"]}
    lake = make_case(make_team("uga"), title="Wells beside the lake", slug="lake", terms=little)
    translate(lake, "ar")
    long = make_case(
        make_team("ken"), title=f"{LONG} {LONG}", slug="long", summary=f"{LONG} " * 3, tags=[LONG.lower()],
        problem=f"<p>{LONG}{LONG}</p>", lead=make_organisation(LONG),
    )  # fmt: skip
    translate(long, "ar")
    method = make_method(title="Walks with elders", slug="walks", stages=("design", "collect"))
    translate(method, "ar", title="المشي مع كبار السن")
    gone = make_case(make_team("ken"), title="Gone", slug="gone")
    translate(gone, "ar")
    withdraw(gone, reason="other", reference=gone.reference)
    for number in range(many):
        make_case(make_team("ken"), title=f"Air in the city {number}", terms={"themes": ["air-quality"]})


def everything() -> None:
    """A case with rows of each kind, a cover, a story with pictures, and a translation of its title alone."""
    case = make_case(
        make_team("ken"), title="Wells that people measure", slug="wells", reference="TEST-1", start_year=2012,
        summary="Villages count the wells that give water.", lead=make_organisation("Water Network"), tags=["wells"],
        cover=make_picture(picture_bytes(size=(1200, 800))), live=False,
    )  # fmt: skip
    fill_rows(case, 3)
    set_levels(case, {"design": 4, "collect": 5, "analyse": 2})
    case.story = story("wells")
    publish(case)
    translate(case, "ar", title="آبار يقيسها الناس")

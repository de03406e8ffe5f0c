"""A small repository for stories in Chromium."""

from __future__ import annotations

import pytest

from tests.conftest import load_base
from tests.factories.entries import make_case, make_method, make_organisation, make_team, translate


@pytest.fixture
def entries(transactional_db: None) -> None:
    """Three cases in two countries, one of them in Arabic too, and a method."""
    load_base()
    wells = make_case(
        make_team("ken"),
        title="Wells that people measure",
        slug="wells",
        summary="Villages count the wells that give water.",
        terms={"themes": ["water-sanitation"], "sdgs": ["sdg-06"]},
        lead=make_organisation("Water Network"),
        tags=["wells"],
    )
    translate(wells, "ar", title="آبار يقيسها الناس")
    make_case(make_team("uga"), title="Wells beside the lake", terms={"countries": ["uga"]})
    make_case(make_team("ken"), title="Air in the city", terms={"themes": ["air-quality"]})
    make_method(make_team("ken"), title="Walks with elders")

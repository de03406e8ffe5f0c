"""Charts and the map in each state, for the page of components."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.charts import Bar, Scale, Step, bars, columns, steps
from core.maps import Place, world

FIRST = 2001
COUNTS = (1, 0, 2, 3, 5, 8, 0, 13, 21, 34, 21, 13)


def chart_samples(long: str) -> Mapping[str, Mapping[str, SafeString]]:
    """Each form of chart by the names of its states; `long` is a word without a place to break."""
    url = "#part-"
    rows = [Bar("Kenya", 1234, url), Bar("中国", 310, url, "zh-hans", chosen=True), Bar(long, 3, url), Bar("—", 0)]
    years = [Bar(str(FIRST + n), count, url, chosen=n == 8) for n, count in enumerate(COUNTS)]  # noqa: PLR2004
    stages = [
        Step(_("Stage"), 4, _("Citizen data"), strong=True),
        Step(long, 1, long, note=long),
        Step(_("Stage"), None),
    ]
    places = {
        "bra": Place("Brasil", 1234, url),
        "ken": Place("Kenya", 56, url, chosen=True),
        "mlt": Place("Malta", 1, url),
        "tuv": Place(long, 7, url),
    }
    scale = Scale(5, enough=4)
    heads = (_("Stage"), _("Level (1-5)"), _("Evidence"))
    countries = _("Countries")
    return {
        "bars": {
            "many": bars(rows, title=countries, csv_url=url),
            "one": bars(rows[:1], title=countries, title_hidden=True),
        },
        "columns": {"many": columns(years, title=_("Years"), label=_("Year"), name="sample-years", csv_url=url)},
        "steps": {"many": steps(stages, scale, title=_("Participation"), heads=heads, name="sample-steps")},
        "world": {"many": world(places, title=countries, name="sample-map", csv_url=url)},
    }

"""Tags that draw the figures of a case: `{% load figures %}`."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from cases.figures import drawing
from cases.reading import CaseView

register = template.Library()


@register.simple_tag(takes_context=True)
def participation_figure(context: Context, entry: CaseView) -> SafeString:
    """Levels of participation by stage. Use: `{% participation_figure entry %}`."""
    return drawing.participation_figure(entry, _numbers(context, entry, drawing.PARTICIPATION))


@register.simple_tag(takes_context=True)
def quality_figure(context: Context, entry: CaseView) -> SafeString:
    """Scores by quality dimension. Use: `{% quality_figure entry %}`."""
    return drawing.quality_figure(entry, _numbers(context, entry, drawing.QUALITY))


def _numbers(context: Context, entry: CaseView, figure: str) -> str:
    """Where the numbers stand; none for an old version or a draft, whose numbers they are not."""
    if "version" in context or not entry.version_url:
        return ""
    return f"{entry.versions_url.removesuffix('versions/')}figures/{figure}.csv"

"""The base of all page types."""

from __future__ import annotations

from wagtail.models import Page


class BasePage(Page):
    """A page of this site."""

    class Meta:
        abstract = True

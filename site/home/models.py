"""The home page of each language, and plain pages: about, privacy, terms and whatever editors add."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from core.models import BasePage
from home.menu import FALLBACK
from home.overview import overview

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "link", "document-link", "ul", "ol"]


class HomePage(BasePage):
    """Where a language begins: `/{lang}/`. The home pages are translations of each other."""

    introduction = models.TextField(
        _("introduction"),
        blank=True,
        max_length=300,
        help_text=_("One or two sentences below the name of the site: what a visitor finds here."),
    )
    contact = models.EmailField(
        _("contact"),
        blank=True,
        help_text=_("A role mailbox, shown at the foot of every page in this language. Empty: the English one."),
    )

    # The home page of every language stands right below the root, which `setup_site` sees to.
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.PlainPage", "cases.TeamIndexPage"]
    template = "home/home_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("contact")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """There is one for each language; `setup_site` makes them."""
        return False

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["overview"] = overview(get_language() or FALLBACK)
        return context


class PlainPage(BasePage):
    """A page of text that stands for itself."""

    body = RichTextField(_("text"), features=TEXT_FEATURES)

    parent_page_types = ["home.HomePage", "home.PlainPage"]
    subpage_types = ["home.PlainPage"]
    template = "home/plain_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

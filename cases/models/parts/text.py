"""The article: five required sections and three optional ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.fields import RichTextField

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

SECTION_FEATURES = ["bold", "italic", "link", "ol", "ul", "h4"]


def section(label: StrOrPromise, help_text: StrOrPromise) -> RichTextField:
    """A rich text that may stay empty in a draft."""
    return RichTextField(label, blank=True, features=SECTION_FEATURES, help_text=help_text)


class TextMixin(models.Model):
    """Sections as rich text, in reading order."""

    problem = section(_("Problem"), _("What was not known or not done, and whom that harmed."))
    approach = section(_("Approach"), _("What was done, by whom and with whom, step by step."))
    results = section(_("Results"), _("What the data showed and what changed. Keep to what can be shown."))
    lessons = section(_("Lessons"), _("What others should know before they start."))
    limits = section(_("Limits of the data"), _("What the data cannot tell, and who is missing from them."))
    challenges = section(_("Challenges"), _("What was hard, and how it was met."))
    sustainability = section(_("Sustainability"), _("What keeps the initiative going: people, money, mandate."))
    advice = section(_("Advice to others"), _("In a few sentences: what you would do again, and what not."))

    class Meta:
        abstract = True

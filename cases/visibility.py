"""What the repository adds to `core.visibility`: a translation can be found only with its original."""

from __future__ import annotations

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils import timezone

from wagtail.models import PageViewRestriction

from cases.models import EntryPage


def with_its_original() -> Q:
    """True of every page but translations whose original is a draft, under embargo, expired or restricted.

    Withdrawal needs no word here: it is of the translation key, which all translations share.
    """
    translations = EntryPage.objects.filter(pk=OuterRef("pk"), original__isnull=False)
    return ~Exists(translations.exclude(_released())) & ~Exists(translations.filter(Exists(_restrictions())))


def _released() -> Q:
    now = timezone.now()
    open_yet = Q(original__go_live_at__isnull=True) | Q(original__go_live_at__lte=now)
    open_still = Q(original__expire_at__isnull=True) | Q(original__expire_at__gt=now)
    return Q(original__live=True) & open_yet & open_still


def _restrictions() -> QuerySet[PageViewRestriction]:
    path = ExpressionWrapper(OuterRef("original__path"), output_field=CharField())
    return PageViewRestriction.objects.annotate(asked=path).filter(asked__startswith=F("page__path"))

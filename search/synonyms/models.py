"""Sets of words that mean the same to a search, one row a set."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cases.models import TermsVersion
from core.fields import TextListField
from core.text import fold, tokens
from search.words import Phrase

MAX_TOKENS = 12


class SynonymSetQuerySet(models.QuerySet["SynonymSet"]):
    """Writes past `SynonymSet.save` act at the next request as well."""

    def update(self, **kwargs: Any) -> int:
        """Update as Django does."""
        with transaction.atomic(using=self.db):
            rows = super().update(**kwargs)
            TermsVersion.bump(())
        return rows

    def bulk_create(self, objs: Iterable[SynonymSet], *args: Any, **kwargs: Any) -> list[SynonymSet]:
        """Insert as Django does, with what `SynonymSet.save` would have set."""
        sets = list(objs)
        for synonyms in sets:
            synonyms.fold_terms()
        with transaction.atomic(using=self.db):
            created = super().bulk_create(sets, *args, **kwargs)
            TermsVersion.bump(())
        return created

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete as Django does."""
        with transaction.atomic(using=self.db):
            gone = super().delete()
            TermsVersion.bump(())
        return gone

    def acting_with(self, language: str) -> SynonymSetQuerySet:
        """The sets that a set of this language meets in a search: for all languages it meets every other."""
        return self.filter(Q(language=language) | Q(language="")) if language else self.all()


class SynonymSet(models.Model):
    """Words and expressions of which one stands for all, for readers of one language or, without one, of any.

    Synonyms are read with the terms: a change gives the terms a new version, which every process asks for anyway.
    """

    language = models.CharField(
        _("language"),
        max_length=20,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("Whose searches use this set. Abbreviations that are used everywhere are for all languages."),
    )
    terms = TextListField(
        _("words and expressions"),
        help_text=_("One on each line, at least two. Accents and capitals do not matter."),
    )
    search_text = models.TextField(editable=False, default="")

    objects = models.Manager.from_queryset(SynonymSetQuerySet)()

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["search_text", "pk"]
        default_permissions = ("add", "change", "delete", "view")

    def __str__(self) -> str:
        return ", ".join(self.terms)

    @property
    def runs(self) -> tuple[Phrase, ...]:
        """The terms as runs of folded tokens, each once; terms without a word are left out."""
        return tuple(dict.fromkeys(run for term in self.terms if (run := tuple(tokens(term)))))

    def language_name(self) -> str:
        """The language in words."""
        return capfirst(str(self.get_language_display() if self.language else _("all languages")))

    def fold_terms(self) -> None:
        """Set what the list in the admin is searched and sorted by."""
        self.search_text = "\n".join(fold(term) for term in self.terms)

    def clean(self) -> None:
        """Refuse sets that say nothing, and words that stand in another set already, naming both."""
        _refuse_odd_terms(self.terms)
        if len(self.runs) < 2:  # noqa: PLR2004 - one word is no synonym
            raise ValidationError({"terms": _("Give at least two words that differ in more than accents or capitals.")})
        taken = {run: other for other in self._others() for run in other.runs}
        errors = [_taken(" ".join(run), taken[run]) for run in self.runs if run in taken]
        if errors:
            raise ValidationError({"terms": errors})

    def _others(self) -> SynonymSetQuerySet:
        return SynonymSet.objects.acting_with(self.language).exclude(pk=self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and let the change act from the next request on."""
        self.fold_terms()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        with transaction.atomic():
            super().save(*args, **kwargs)
            TermsVersion.bump(())

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and let that act from the next request on."""
        with transaction.atomic():
            gone = super().delete(*args, **kwargs)
            TermsVersion.bump(())
        return gone


class LoadedSynonyms(models.Model):
    """The name of a set that came with the software: one that editors deleted does not come back."""

    code = models.CharField(primary_key=True, max_length=80)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.code


def _refuse_odd_terms(terms: Iterable[str]) -> None:
    for term in terms:
        if not 0 < len(tokens(term)) <= MAX_TOKENS:
            message = _("“%(term)s” must have between 1 and %(most)s words.") % {"term": term, "most": MAX_TOKENS}
            raise ValidationError({"terms": message})


def _taken(term: str, other: SynonymSet) -> str:
    values = {"term": term, "set": str(other), "language": other.language_name()}
    return _("“%(term)s” already stands in the set “%(set)s” (%(language)s). Add the other words there.") % values

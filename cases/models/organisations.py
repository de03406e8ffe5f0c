"""Organisations: who leads, takes part in, owns or uses citizen data."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cases.models.terms import Term
from core.text import tokens

SLUG_LENGTH = 80


class Organisation(models.Model):
    """A body, never a private person; its page lists the entries it leads or takes part in."""

    name = models.CharField(_("name"), max_length=255, help_text=_("In full, in the organisation's own main language."))
    slug = models.SlugField(_("address"), max_length=SLUG_LENGTH + 8, unique=True, blank=True)
    type = models.ForeignKey(
        Term,
        verbose_name=_("type"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "organisation_types"},
    )
    url = models.URLField(_("website"), blank=True)
    search_name = models.CharField(max_length=512, editable=False, db_index=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["search_name", "pk"]
        constraints = [models.UniqueConstraint(fields=["search_name"], name="organisation_name_once")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a second organisation whose name differs only in case, accents or punctuation."""
        twin = Organisation.objects.filter(search_name=_folded(self.name)).exclude(pk=self.pk).first()
        if twin:
            raise ValidationError({"name": _("“%(name)s” exists already.") % {"name": twin.name}})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded name with the name; give an address once."""
        self.search_name = _folded(self.name)
        if not self.slug:
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def _free_slug(self) -> str:
        base = slugify(self.name)[:SLUG_LENGTH] or "organisation"
        taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        candidates = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
        return next(slug for slug in candidates if slug not in taken)


def _folded(name: str) -> str:
    return " ".join(tokens(name))[:512]

"""Controlled vocabularies: one model for every term, and the version that tells caches when to reload."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from typing import Any, NoReturn

from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, ProtectedError, Q
from django.dispatch import Signal
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.text import tokens

# Sent inside the transaction of every change of terms, in the thread that made it. Argument: terms (primary keys of
# those that changed; new ones that nothing can refer to yet are left out).
version_bumped = Signal()

kebab_case = RegexValidator(
    r"\A[a-z0-9]+(-[a-z0-9]+)*\Z",
    _("Use small letters a-z, digits and single hyphens, for example “young-people”."),
)


class TermsVersion(models.Model):
    """One row whose token changes, in the same transaction, with every change of a term.

    A random token rather than a counter: a counter that was rolled back would name two different states.
    """

    ROW = 1

    token = models.UUIDField(default=uuid.uuid4)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.token)

    @classmethod
    def bump(cls, terms: Collection[int] = ()) -> None:
        """Give the terms a new version as these changed; one SQL, also when the row does not exist yet."""
        TermsVersion.objects.bulk_create(
            [TermsVersion(pk=cls.ROW, token=uuid.uuid4())],
            update_conflicts=True,
            update_fields=["token"],
            unique_fields=["id"],
        )
        version_bumped.send(sender=cls, terms=terms)

    @classmethod
    def current(cls) -> str:
        """Return the token as text, empty before the first term was written; one SQL."""
        token = cls.objects.filter(pk=cls.ROW).values_list("token", flat=True).first()
        return token.hex if token else ""


class TermQuerySet(models.QuerySet["Term"]):
    """Writes past `Term.save` give the terms a new version as well; nothing is ever deleted."""

    def delete(self) -> NoReturn:
        """Refuse before a transaction begins. Raises `ProtectedError`."""
        raise ProtectedError(gettext("Terms cannot be deleted. Retire them, or merge them into others."), set(self))

    def update(self, **kwargs: Any) -> int:
        """Update as Django does (`bulk_update` comes here too)."""
        with transaction.atomic(using=self.db):
            changed = list(self.order_by().values_list("pk", flat=True))
            rows = super().update(**kwargs)
            TermsVersion.bump(changed)
        return rows

    def bulk_create(self, objs: Iterable[Term], *args: Any, **kwargs: Any) -> list[Term]:
        """Insert as Django does, with the folded labels that `Term.save` would have set."""
        terms = list(objs)
        for term in terms:
            term.fold_labels()
        with transaction.atomic(using=self.db):
            created = super().bulk_create(terms, *args, **kwargs)
            TermsVersion.bump()
        return created


class Term(models.Model):
    """One entry of a controlled vocabulary. Never deleted: retired, or merged into a successor."""

    vocabulary = models.CharField(_("vocabulary"), max_length=60)
    code = models.CharField(_("code"), max_length=80, validators=[kebab_case])
    labels = models.JSONField(_("labels"), default=dict, help_text=_("Text by language; English is required."))
    descriptions = models.JSONField(_("descriptions"), default=dict, blank=True)
    # Languages whose label no native speaker of the field has read yet.
    draft_languages = models.JSONField(_("draft labels"), default=list, blank=True)
    # Languages whose label an editor wrote or confirmed: the loader keeps its hands off them.
    edited_languages = models.JSONField(_("confirmed labels"), default=list, blank=True)
    # What else an editor changed and the loader leaves alone: some of `descriptions`, `facts`, `order`, `parent`.
    edited_fields = models.JSONField(default=list, blank=True, editable=False)
    search_text = models.TextField(editable=False, default="", blank=True)
    parent = models.ForeignKey(
        "self", verbose_name=_("stands under"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    order = models.PositiveIntegerField(_("position"), default=0)
    successor = models.ForeignKey(
        "self", verbose_name=_("merged into"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)
    facts = models.JSONField(_("further facts"), default=dict, blank=True)

    objects = models.Manager.from_queryset(TermQuerySet)()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["vocabulary", "order", "code"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.UniqueConstraint(fields=["vocabulary", "code"], name="term_code_is_unique"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="term_is_not_its_parent"),
            models.CheckConstraint(condition=~Q(successor=F("id")), name="term_is_not_its_successor"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(retired_at__isnull=False), name="term_with_successor_is_retired"
            ),
        ]

    def __str__(self) -> str:
        return str(self.labels.get("en") or self.code)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, refold the labels, and give the terms a new version, all in one transaction."""
        self.fold_labels()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        with transaction.atomic():
            super().save(*args, **kwargs)
            TermsVersion.bump([self.pk])

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse before a transaction begins. Raises `ProtectedError`."""
        refuse_deletion(self)

    @property
    def retired(self) -> bool:
        """Whether the term can no longer be chosen."""
        return self.retired_at is not None

    def fold_labels(self) -> None:
        """Set `search_text` to the folded words of the labels of all languages."""
        self.search_text = " ".join(word for _language, text in sorted(self.labels.items()) for word in tokens(text))


def refuse_deletion(instance: Term, **_kwargs: Any) -> NoReturn:
    """Keep every term: deleting one would silently drop it from the revisions of pages. Raises `ProtectedError`."""
    message = gettext("The term “%(vocabulary)s: %(code)s” cannot be deleted. Retire it or merge it into another term.")
    raise ProtectedError(message % {"vocabulary": instance.vocabulary, "code": instance.code}, {instance})

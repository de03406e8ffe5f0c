"""Forms of terms: labels side by side, facts and parent as the vocabulary asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.models.terms import Term, kebab_case
from cases.vocabularies.registry import VOCABULARIES, Fact, titles

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LABEL_LENGTH = 200
DESCRIPTION_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class LabelRow:
    """The fields and the status of one language's label."""

    language: str
    name: StrOrPromise
    field: forms.BoundField
    confirm: forms.BoundField | None
    status: str


def label_status(term: Term, language: str) -> str:
    """Where the label of a language stands: `draft`, `confirmed`, `missing` or `given` (taken over as published)."""
    if not term.labels.get(language):
        return "missing"
    if language in term.draft_languages:
        return "draft"
    return "confirmed" if language in term.edited_languages else "given"


class VocabularyForm(forms.Form):
    """Choose the vocabulary of a new term."""

    vocabulary = forms.ChoiceField(label=_("Vocabulary"), choices=titles)


class TermForm(forms.ModelForm[Term]):
    """Add or edit a term; `instance.vocabulary` says which facts and which parent it has."""

    class Meta:
        model = Term
        fields = ["code", "parent"]

    def __init__(self, *args: Any, for_user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vocabulary = VOCABULARIES[self.instance.vocabulary]
        self._set_up_code()
        self._set_up_parent()
        for language, name in settings.LANGUAGES:
            self._add_label(language, name)
        self.fields["description"] = forms.CharField(
            label=_("Description in English"),
            required=False,
            max_length=DESCRIPTION_LENGTH,
            widget=forms.Textarea(attrs={"rows": 3}),
            initial=self.instance.descriptions.get("en", ""),
        )
        for fact in self.vocabulary.facts:
            self.fields[f"fact_{fact.name}"] = fact_field(fact, self.instance.facts.get(fact.name))

    def _set_up_code(self) -> None:
        if self.instance.pk:
            del self.fields["code"]  # stored in revisions, exports and addresses: it stays as it is
            return
        self.fields["code"].help_text = _(
            "Small letters, digits and hyphens, for example “young-people”. It stays for ever and is never used again."
        )

    def _set_up_parent(self) -> None:
        if not self.vocabulary.parents:
            del self.fields["parent"]
            return
        self.fields["parent"] = forms.ModelChoiceField(
            Term.objects.filter(vocabulary=self.vocabulary.parents, retired_at=None).order_by("order"),
            label=_("Stands under"),
            required=self.vocabulary.parents != self.vocabulary.name,
        )

    def _add_label(self, language: str, name: StrOrPromise) -> None:
        self.fields[f"label_{language}"] = forms.CharField(
            label=name,
            required=language == "en",
            max_length=LABEL_LENGTH,
            initial=self.instance.labels.get(language, ""),
            widget=forms.TextInput(attrs={"lang": language, "dir": "auto"}),
        )
        if label_status(self.instance, language) != "confirmed":
            self.fields[f"confirm_{language}"] = forms.BooleanField(label=_("Confirm this label"), required=False)

    def label_rows(self) -> Iterator[LabelRow]:
        """Yield what the template shows for each language."""
        for language, name in settings.LANGUAGES:
            confirm = f"confirm_{language}"
            yield LabelRow(
                language=language,
                name=name,
                field=self[f"label_{language}"],
                confirm=self[confirm] if confirm in self.fields else None,
                status=label_status(self.instance, language),
            )

    def other_fields(self) -> Iterator[forms.BoundField]:
        """Yield the fields that are no labels, in the order to show them."""
        names = ["code", "description", "parent", *(f"fact_{fact.name}" for fact in self.vocabulary.facts)]
        return (self[name] for name in names if name in self.fields)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        kebab_case(code)
        if Term.objects.filter(vocabulary=self.vocabulary.name, code=code).exists():
            raise ValidationError(_("“%(code)s” is or was in use in this vocabulary."), params={"code": code})
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for language, _name in settings.LANGUAGES:
            if cleaned.get(f"confirm_{language}") and not cleaned.get(f"label_{language}"):
                self.add_error(f"label_{language}", _("There is no label to confirm."))
        return cleaned

    def labels(self) -> dict[str, str]:
        """The labels that were entered, by language; empty ones are left out."""
        texts = {language: self.cleaned_data[f"label_{language}"].strip() for language, _name in settings.LANGUAGES}
        return {language: text for language, text in texts.items() if text}

    def confirmed(self) -> set[str]:
        """The languages whose label was confirmed in this form."""
        return {language for language, _name in settings.LANGUAGES if self.cleaned_data.get(f"confirm_{language}")}

    def facts(self) -> dict[str, Any]:
        """The facts of the vocabulary, in the types of the files."""
        values = {fact.name: self.cleaned_data[f"fact_{fact.name}"] for fact in self.vocabulary.facts}
        return {**self.instance.facts, **values}


def fact_field(fact: Fact, initial: Any) -> forms.Field:
    """A form field that accepts what `fact` accepts."""
    common: dict[str, Any] = {"label": str(fact.label).capitalize(), "required": not fact.optional, "initial": initial}
    if fact.kind == "flag":
        return forms.BooleanField(**{**common, "required": False})
    if fact.kind == "number":
        return forms.IntegerField(min_value=fact.minimum, max_value=fact.maximum, **common)
    if fact.kind == "choice":
        return forms.ChoiceField(choices=[(choice, choice) for choice in fact.choices], **common)
    if fact.pattern:
        message = _("Enter text such as %(example)s.") % {"example": fact.example}
        return forms.RegexField(rf"\A{fact.pattern}\Z", error_messages={"invalid": message}, **common)
    return forms.CharField(max_length=LABEL_LENGTH, **common)

"""What people choose before a file is read or written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from cases.models import CountryTeam
from cases.sheets.exporting import FORMATS
from cases.sheets.help import sheet_languages
from cases.sheets.reading import ENDINGS, LARGEST_FILE

KINDS = [("case", _("Case studies")), ("method", _("Methods"))]
MB = 1024 * 1024


class _OfATeam(forms.Form):
    """A team and a kind of entries."""

    team = forms.ChoiceField(label=_("Team"))
    kind = forms.ChoiceField(label=_("Entries"), choices=KINDS)

    def __init__(self, *args: Any, teams: Sequence[CountryTeam], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = forms.ChoiceField(choices=[(team.code, team.name) for team in teams])
        self.fields["team"].choices = choices.choices  # type: ignore[attr-defined]


class ImportForm(_OfATeam):
    """A file to check."""

    file = forms.FileField(
        label=_("File"), widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}), max_length=200
    )

    def clean_file(self) -> Any:
        """Refuse at once what would be refused anyway."""
        file = self.cleaned_data["file"]
        if Path(file.name).suffix.lower() not in ENDINGS:
            raise ValidationError(_("Bring one of %(endings)s.") % {"endings": ", ".join(ENDINGS)})
        if file.size > LARGEST_FILE:
            raise ValidationError(_("The file may have at most %(size)s MB.") % {"size": LARGEST_FILE // MB})
        return file


class ExportForm(_OfATeam):
    """A file to write."""

    form = forms.ChoiceField(label=_("Format"), choices=[(form, form.upper()) for form in reversed(FORMATS)])
    references = forms.BooleanField(
        label=_("With references"),
        required=False,
        help_text=_("To update the entries of this site. Leave it out for a file that another site is to read."),
    )


class TemplateForm(forms.Form):
    """A workbook to fill in."""

    kind = forms.ChoiceField(label=_("Entries"), choices=KINDS)
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = sheet_languages()
        names = [(code, get_language_info(code)["name_local"]) for code in languages]
        self.fields["language"].choices = names  # type: ignore[attr-defined]
        self.fields["language"].initial = get_language() if get_language() in languages else languages[0]

"""The form of one child row."""

from __future__ import annotations

from wagtail.admin.forms import WagtailAdminModelForm

from cases.forms.terms import TermKeyField


class RowForm(WagtailAdminModelForm):
    """A child row whose terms were checked against the cache: the model need not ask the database again."""

    def _get_validation_exclusions(self) -> set[str]:
        checked = {name for name, field in self.fields.items() if isinstance(field, TermKeyField)}
        return {*super()._get_validation_exclusions(), *(checked - self._errors.keys())}

"""The form of an organisation, the same in the list and in the chooser."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms import WagtailAdminModelForm

from cases.forms.terms import TermKeyField
from cases.models.organisations import Organisation


class OrganisationForm(WagtailAdminModelForm):
    """Name, type and website; the address is made of the name."""

    type = TermKeyField(vocabulary="organisation_types", label=_("Type"))

    class Meta:
        model = Organisation
        fields = ("name", "type", "url")

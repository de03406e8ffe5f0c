"""The form of an organisation, the same in the list and in the chooser."""

from __future__ import annotations

from wagtail.admin.forms import WagtailAdminModelForm

from cases.models.organisations import Organisation


class OrganisationForm(WagtailAdminModelForm):
    """Name, type and website; the address is made of the name."""

    class Meta:
        model = Organisation
        fields = ("name", "type", "url")

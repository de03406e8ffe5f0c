"""The viewset of terms: all addresses below `/admin/vocabularies/`."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _

from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry, LogFormatter

from cases.models.terms import Term
from cases.term_admin.editing import TermAddView, TermEditView
from cases.term_admin.forms import TermForm
from cases.term_admin.listing import OverviewView, TermIndexView
from cases.term_admin.operations import MergeView, ReorderView, RetireView


class TermViewSet(ModelViewSet):
    """Terms for editors. There is no address for deleting or copying one."""

    model = Term
    name = "terms"
    url_prefix = "vocabularies"
    icon = "list-ul"
    menu_label = _("Vocabularies")
    menu_url = reverse_lazy("terms:overview")
    add_to_admin_menu = True
    menu_order = 250
    list_per_page = 50
    copy_view_enabled = False
    add_to_reference_index = False  # terms are pointed to; they point only to each other
    index_view_class = TermIndexView
    add_view_class = TermAddView
    edit_view_class = TermEditView

    def get_form_class(self, for_update: bool = False) -> type[TermForm]:
        return TermForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        common: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return {**common, "delete_url_name": None, "usage_url_name": None}

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return Permission.objects.filter(content_type=ContentType.objects.get_for_model(Term))

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", OverviewView.as_view(), name="overview"),
            path("terms/", self.index_view, name="index"),
            path("terms/results/", self.index_results_view, name="index_results"),
            path("terms/new/", self.add_view, name="add"),
            path("terms/<int:pk>/", self.edit_view, name="edit"),
            path("terms/<int:pk>/history/", self.history_view, name="history"),
            path("terms/<int:pk>/history/results/", self.history_results_view, name="history_results"),
            path("terms/<int:pk>/retire/", RetireView.as_view(), name="retire"),
            path("terms/<int:pk>/merge/", MergeView.as_view(), name="merge"),
            path("order/<str:vocabulary>/", ReorderView.as_view(), name="reorder"),
        ]


class MergeFormatter(LogFormatter):
    """Says into which term a term was merged."""

    label = _("Merge term")

    def format_message(self, log_entry: Any) -> str:
        """One line of the history."""
        return _("Merged into “%(into)s”") % {"into": log_entry.data.get("into", "")}


def register_log_actions(actions: LogActionRegistry) -> None:
    """Name what editors do to terms, for their history."""
    actions.register_action("cases.term.retire", _("Retire term"), _("Retired"))
    actions.register_action("cases.term.unretire", _("Bring term back"), _("Brought back"))
    actions.register_action("cases.term.reorder", _("Reorder vocabulary"), _("Changed the order of the vocabulary"))
    actions.register_action("cases.term.merge")(MergeFormatter)

"""The page behind the link to a new address. Looking changes nothing: programs that check mails open links too."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.addresses import AddressTakenError, confirm, find

GONE = 410


@method_decorator(never_cache, name="dispatch")
class NewAddressView(WagtailAdminTemplateMixin, TemplateView):
    """Asks, and changes the address."""

    template_name = "accounts/new_address.html"
    page_title = gettext_lazy("New e-mail address")
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say so, with 410, when the link is of no use to this person."""
        self.change = find(request.user, kwargs["token"])  # type: ignore[arg-type]
        if self.change is None:
            return self.render_to_response(self.get_context_data(), status=GONE)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "change": self.change}

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Change it; of two clicks the second finds the link used."""
        assert self.change  # noqa: S101 - `dispatch` answered otherwise
        try:
            if not confirm(request.user, self.change):  # type: ignore[arg-type]
                return redirect(request.path)
        except AddressTakenError:
            messages.error(request, _("An account with this e-mail address exists already."))
        else:
            messages.success(request, _("From now on you sign in with %(address)s.") % {"address": self.change.email})
        return redirect("wagtailadmin_account")

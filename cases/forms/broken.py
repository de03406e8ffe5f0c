"""A form that did not arrive whole: one answer of all views that read one, instead of an error of the server."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.utils.translation import gettext_lazy as _

BROKEN = "broken_form"


class BrokenFormError(BadRequest):
    """What was sent is nothing that a browser makes of the form: parts are missing."""

    def __init__(self) -> None:
        super().__init__(_("The form was not sent whole. Load the page again, and repeat what you changed."))


class RefusesBrokenForms:
    """A view that answers 400 and says why; autosave gets its JSON."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing was saved when a form turns out to be broken: it is read first."""
        view: Any = super()
        try:
            answer: HttpResponse = view.dispatch(request, *args, **kwargs)
        except BrokenFormError as error:
            if getattr(self, "expects_json_response", False):
                data = {"success": False, "error_code": BROKEN, "error_message": str(error)}
                return JsonResponse(data, status=400)
            return HttpResponseBadRequest(str(error), content_type="text/plain; charset=utf-8")
        return answer

"""What changes a term without its form: retire, bring back, merge, reorder."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from cases.models.terms import Term
from cases.term_admin.listing import search_terms, with_overview
from cases.vocabularies.changes import reorder, retire_term, unretire_term
from cases.vocabularies.errors import TermChangeError
from cases.vocabularies.merge import MergeCounts, merge_terms, plan_merge, references, usage
from cases.vocabularies.registry import VOCABULARIES, Vocabulary

CANDIDATES = 50
BIGGEST = 2**63 - 1  # of a primary key


class OperationView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page that shows what will happen, and does it when it is posted."""

    model = Term
    permission_required = "change"
    header_icon = "list-ul"

    def term(self) -> Term:
        """The term of the address, or 404."""
        return get_object_or_404(Term.objects.select_related("successor"), pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
        return with_overview([home, {"url": "", "label": self.get_page_title()}])


class RetireView(OperationView):
    """Retire a term, or bring it back: whichever it is not."""

    template_name = "cases/term_admin/retire.html"

    def get_page_title(self) -> str:
        term = self.term()
        text = _("Bring back “%(term)s”") if term.retired else _("Retire “%(term)s”")
        return text % {"term": term}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        term = self.term()
        used = sum(usage(term).values())
        return super().get_context_data(term=term, used=used, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the page showed: a second click on a page that is out of date changes nothing."""
        term = self.term()
        back = request.POST.get("action") == "unretire"
        if back == term.retired:
            with transaction.atomic():
                (unretire_term if back else retire_term)(term)
                log(term, "cases.term.unretire" if back else "cases.term.retire", user=request.user)
        done = _("“%(term)s” is in use again.") if back else _("“%(term)s” is retired.")
        messages.success(request, done % {"term": term})
        return redirect("terms:edit", pk)


class MergeView(OperationView):
    """Search a target, see what would be rewritten, confirm."""

    template_name = "cases/term_admin/merge.html"

    def get_page_title(self) -> str:
        return _("Merge “%(term)s” into another term") % {"term": self.term()}

    def target(self, value: str | None) -> Term | None:
        """The term with this primary key, as text; None when there is none."""
        return Term.objects.filter(pk=_number(value, 0)).first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        term, into = self.term(), self.target(self.request.GET.get("into"))
        text = self.request.GET.get("q", "")
        found = search_terms(Term.objects.filter(vocabulary=term.vocabulary, retired_at=None).exclude(pk=term.pk), text)
        context: dict[str, Any] = {"term": term, "into": into, "q": text}
        if into is None:
            rows = list(found.order_by("order", "code")[: CANDIDATES + 1])
            context |= {"candidates": rows[:CANDIDATES], "more": len(rows) > CANDIDATES, "limit": CANDIDATES}
        else:
            context |= _planned(term, into)
        return super().get_context_data(**context, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        term, into = self.term(), self.target(request.POST.get("into"))
        if into is None:
            messages.error(request, _("Choose the term that takes over."))
            return redirect("terms:merge", pk)
        try:
            with transaction.atomic():
                counts = merge_terms(term, into)
                data = {"into": into.code, "rewritten": counts.rewritten, "dropped": counts.dropped}
                log(term, "cases.term.merge", user=request.user, data=data)
        except TermChangeError as error:
            messages.error(request, str(error))
            return redirect("terms:merge", pk)
        messages.success(request, _("“%(term)s” is merged into “%(into)s”.") % {"term": term, "into": into})
        return redirect("terms:edit", into.pk)


def _planned(term: Term, into: Term) -> dict[str, Any]:
    """What the confirmation shows: the refusal, or the rows by reference."""
    try:
        plan = plan_merge(term, into)
    except TermChangeError as error:
        return {"refusal": str(error)}
    return {"plan": _plan_rows(plan)}


def _plan_rows(plan: MergeCounts) -> list[tuple[str, int, int]]:
    names = {reference.label: reference.title for reference in references()}
    names["cases.Term.parent"] = _("terms below it")
    labels = [label for label in names if label in plan.rewritten or label in plan.dropped]
    return [(names[label], plan.rewritten.get(label, 0), plan.dropped.get(label, 0)) for label in labels]


class ReorderView(OperationView):
    """The order of one vocabulary: a number for each term, and buttons to move it by one place."""

    template_name = "cases/term_admin/reorder.html"

    def vocabulary(self) -> Vocabulary:
        """The vocabulary of the address, or 404."""
        try:
            return VOCABULARIES[self.kwargs["vocabulary"]]
        except KeyError:
            raise Http404 from None

    def terms(self) -> list[Term]:
        """Its terms as they stand, retired ones too: they keep their place."""
        return list(Term.objects.filter(vocabulary=self.vocabulary().name).order_by("order", "code"))

    def get_page_title(self) -> str:
        return _("Order of: %(vocabulary)s") % {"vocabulary": self.vocabulary().title}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs | {"vocabulary": self.vocabulary(), "terms": self.terms()})

    def post(self, request: HttpRequest, vocabulary: str) -> HttpResponse:
        terms = self.terms()
        codes = [term.code for term in terms]
        moved = request.POST.get("up") or request.POST.get("down")
        wanted = _by_one(codes, moved, up="up" in request.POST) if moved else _by_number(codes, request.POST)
        self.apply(terms, wanted)
        anchor = f"#term-{moved}" if moved in codes else ""
        return redirect(reverse("terms:reorder", args=[vocabulary]) + anchor)

    def apply(self, terms: list[Term], wanted: list[str]) -> None:
        """Write the order, and one log entry: with the first term, since a vocabulary is no object of its own."""
        with transaction.atomic():
            changed = reorder(self.vocabulary().name, wanted)
            if changed:
                data = {"vocabulary": self.vocabulary().name, "changed": changed}
                log(terms[0], "cases.term.reorder", user=self.request.user, data=data)
        done = _("The new order is saved.") if changed else _("Nothing changed.")
        messages.success(self.request, done)


def _by_one(codes: list[str], code: str, *, up: bool) -> list[str]:
    """`codes` with `code` one place further up or down; unchanged at the end of the list or for an unknown code."""
    if code not in codes:
        return codes
    old = codes.index(code)
    new = old - 1 if up else old + 1
    if not 0 <= new < len(codes):
        return codes
    rest = [other for other in codes if other != code]
    return [*rest[:new], code, *rest[new:]]


def _by_number(codes: list[str], numbers: Any) -> list[str]:
    """`codes` by the numbers typed in: a term goes to its number, the others keep their order around it."""
    places = {code: place for place, code in enumerate(codes, start=1)}
    typed = {code: _number(numbers.get(f"position-{code}"), place) for code, place in places.items()}
    moved = sorted((code for code in codes if typed[code] != places[code]), key=lambda code: typed[code])
    wanted = [code for code in codes if code not in set(moved)]
    for code in moved:
        wanted.insert(max(typed[code], 1) - 1, code)
    return wanted


def _number(text: str | None, otherwise: int) -> int:
    try:
        number = forms.IntegerField(required=False, min_value=0, max_value=BIGGEST).clean(text)
    except forms.ValidationError:
        return otherwise
    return otherwise if number is None else number

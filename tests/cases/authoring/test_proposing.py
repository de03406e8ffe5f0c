"""An author proposes a term from its field; an editor accepts, maps or refuses; the author is told of it."""

from __future__ import annotations

import re
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse

import pytest

from cases.models import CaseStudyPage, Term, TermProposal
from tests.cases.authoring.conftest import account
from tests.cases.editor.conftest import sign_in
from tests.cases.editor.forms import edit_url
from tests.factories.entries import make_case, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(repository: None) -> CaseStudyPage:
    """A draft of the Kenyan team, on health."""
    case = make_case(make_team("ken"), live=False, title="Half a case")
    case.save_revision()
    return case


def propose(
    client: Client, case: CaseStudyPage, label: str = "Locust swarms", field: str = "themes", **more: str
) -> Any:
    url = f"{reverse('cases_authoring:propose', args=[field])}?entry={case.pk}"
    return client.post(url, {"label": label, "language": "en", "meaning": "Insects that eat crops.", **more})


def proposed(client: Client, case: CaseStudyPage) -> TermProposal:
    assert propose(client, case).status_code == 302
    return TermProposal.objects.get(label="Locust swarms")


def decide(client: Client, proposal: TermProposal, kind: str, **values: Any) -> Any:
    data = {"decision": kind, **{f"{kind}-{name}": value for name, value in values.items()}}
    return client.post(reverse("term_proposals:decide", args=[proposal.pk]), data)


def themes(case: CaseStudyPage) -> list[str]:
    return [
        term.code for term in CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object().chosen("themes")
    ]


def test_the_field_leads_to_the_page(expert: Client, draft: CaseStudyPage) -> None:
    page = expert.get(edit_url(draft)).content.decode()
    links = re.findall(r'href="([^"]*/authoring/propose/[^"]+)"', page)
    assert f"{reverse('cases_authoring:propose', args=['themes'])}?entry={draft.pk}" in links
    assert not [link for link in links if "countries" in link or "sdgs" in link or "licence" in link]
    for link in links:
        assert expert.get(link).status_code == 200


def test_editors_get_it_in_their_list_and_by_mail(
    expert: Client, editor: Client, draft: CaseStudyPage, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        proposal = proposed(expert, draft)
    assert [message.to for message in mail.outbox] == [["editor@example.org"]]
    assert "Locust swarms" in mail.outbox[0].subject
    listed = editor.get(reverse("term_proposals:index")).content.decode()
    assert "Locust swarms" in listed
    assert "One proposed term waits for a decision" in editor.get(reverse("terms:overview")).content.decode()
    page = editor.get(reverse("term_proposals:decide", args=[proposal.pk])).content.decode()
    assert "Insects that eat crops." in page


def test_accepting_makes_the_term_and_chooses_it_in_the_draft(
    expert: Client, editor: Client, draft: CaseStudyPage, django_capture_on_commit_callbacks: Any
) -> None:
    proposal = proposed(expert, draft)
    with django_capture_on_commit_callbacks(execute=True):
        answer = decide(editor, proposal, "accept", code="locust-swarms", label_en="Locusts", description="Insects.")
    assert answer.status_code == 302
    term = Term.objects.get(vocabulary="themes", code="locust-swarms")
    assert term.labels == {"en": "Locusts"}
    assert themes(draft) == ["health", "locust-swarms"]
    latest = CaseStudyPage.objects.get(pk=draft.pk).latest_revision
    assert latest.user == account("expert@example.org")  # who asked for it: the editor stays free to approve
    assert mail.outbox[-1].to == ["expert@example.org"]
    assert "Locusts" in mail.outbox[-1].body
    assert "Half a case" in mail.outbox[-1].body


def test_mapping_chooses_the_term_that_serves(expert: Client, editor: Client, draft: CaseStudyPage) -> None:
    proposal = proposed(expert, draft)
    serves = Term.objects.get(vocabulary="themes", code="education")
    assert decide(editor, proposal, "map", term=serves.pk).status_code == 302
    assert themes(draft) == ["health", "education"]
    proposal.refresh_from_db()
    assert (proposal.state, proposal.term) == ("mapped", serves)


def test_refusing_needs_a_reason_that_the_author_reads(
    expert: Client, editor: Client, draft: CaseStudyPage, django_capture_on_commit_callbacks: Any
) -> None:
    proposal = proposed(expert, draft)
    assert decide(editor, proposal, "refuse", reason=" ").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert decide(editor, proposal, "refuse", reason="Too narrow: use food security.").status_code == 302
    assert themes(draft) == ["health"]
    assert "Too narrow: use food security." in mail.outbox[-1].body


def test_a_decision_is_final(expert: Client, editor: Client, draft: CaseStudyPage) -> None:
    proposal = proposed(expert, draft)
    decide(editor, proposal, "refuse", reason="No.")
    decide(editor, proposal, "accept", code="locust-swarms", label_en="Locusts")
    assert not Term.objects.filter(code="locust-swarms").exists()


def test_a_code_that_is_taken_is_refused_naming_it(expert: Client, editor: Client, draft: CaseStudyPage) -> None:
    proposal = proposed(expert, draft)
    answer = decide(editor, proposal, "accept", code="health", label_en="Locusts")
    assert answer.status_code == 200
    assert "“health” is or was in use" in answer.content.decode()
    assert decide(editor, proposal, "accept", code="Not A Code", label_en="Locusts").status_code == 200
    proposal.refresh_from_db()
    assert proposal.state == "open"


@pytest.mark.parametrize("label", ["Health and well-being", "SANTÉ et bien-être"])
def test_what_is_there_already_is_named(expert: Client, draft: CaseStudyPage, label: str) -> None:
    answer = propose(expert, draft, label)
    assert answer.status_code == 200
    assert "Health and well-being" in str(answer.context["form"].errors["label"])
    assert not TermProposal.objects.exists()


def test_the_same_proposal_twice_is_one(expert: Client, draft: CaseStudyPage) -> None:
    proposed(expert, draft)
    assert propose(expert, draft, "locust  swarms").status_code == 200
    assert TermProposal.objects.count() == 1


def test_a_full_field_is_left_as_it_is(expert: Client, editor: Client, repository: None) -> None:
    five = ["health", "education", "water-sanitation", "air-quality", "climate"]
    codes = [term.code for term in Term.objects.filter(vocabulary="themes", code__in=five)]
    case = make_case(make_team("ken"), live=False, terms={"themes": codes[:5]})
    if len(codes) < 5:
        more = Term.objects.filter(vocabulary="themes", retired_at=None).exclude(code__in=codes)[: 5 - len(codes)]
        case = make_case(make_team("ken"), live=False, terms={"themes": [*codes, *(term.code for term in more)]})
    case.save_revision()
    before = themes(case)
    decide(editor, proposed(expert, case), "accept", code="locust-swarms", label_en="Locusts")
    assert themes(case) == before
    assert Term.objects.filter(code="locust-swarms").exists()


def test_a_term_in_another_language_comes_with_a_draft_label(
    expert: Client, editor: Client, draft: CaseStudyPage
) -> None:
    propose(expert, draft, "Essaims de criquets", language="fr")
    proposal = TermProposal.objects.get()
    decide(editor, proposal, "accept", code="locusts", label_en="Locusts", label_own="Essaims de criquets")
    term = Term.objects.get(code="locusts")
    assert term.labels == {"en": "Locusts", "fr": "Essaims de criquets"}
    assert term.draft_languages == ["fr"]


def test_fixed_lists_take_no_proposals(expert: Client, draft: CaseStudyPage) -> None:
    for field in ("countries", "sdgs", "licence", "access_level", "nonsense"):
        assert propose(expert, draft, field=field).status_code == 404


def test_only_editors_decide_and_only_authors_of_the_draft_propose(
    expert: Client, draft: CaseStudyPage, repository: None
) -> None:
    proposal = proposed(expert, draft)
    url = reverse("term_proposals:decide", args=[proposal.pk])
    other = sign_in("uga@example.org", "team:uga")
    for client in (expert, other, sign_in("reviewer@example.org", "Reviewers")):
        assert client.get(url).status_code in {302, 403}
        assert client.get(reverse("term_proposals:index")).status_code in {302, 403}
        decide(client, proposal, "refuse", reason="No.")
    proposal.refresh_from_db()
    assert proposal.state == "open"
    assert propose(other, draft, "Desert locusts").status_code in {302, 403}
    assert not TermProposal.objects.filter(label="Desert locusts").exists()

"""Examples to practise on, about no real initiative: an unfinished draft, and a submission that waits for an editor."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings

from accounts.models import User
from cases.authoring.starting import start_from
from cases.models import CaseStudyPage, CountryTeamPage, EntryPage
from cases.rows import replace_rows
from cases.terms import current_terms
from cases.workflow.decisions import submit

TEAM: Final = "ken"
EXPERT: Final = "expert-ken@example.org"
DRAFT_KEY: Final = "example-draft"
DRAFT_TITLE: Final = "Example draft: a case study that is not finished"
DRAFT_SUMMARY: Final = (
    "An example to practise on, about no real initiative. The checklist says what is still missing before it can be "
    "submitted: fill it in, or delete the draft."
)
SUBMISSION_KEY: Final = "example-submission"
SUBMISSION_TITLE: Final = "Example submission: a copy of a case, to practise moderation on"
SUBMISSION_SUMMARY: Final = (
    "An example, copied from a published case: an editor claims it, comments, asks for changes, approves or rejects it."
)
BASE_KEY: Final = "kenya-cgd-quality-criteria"
OWN_TERMS: Final = ("consent_basis", "access_level", "data_licence", "status")
ROWS: Final = {"official_uses": ("use_id", "evidence"), "stage_levels": ("stage_id", "level")}


def ensure() -> bool:
    """Make the examples that there never were; whether any was made."""
    made = [_ensure_draft(), _ensure_submission()]
    return any(made)


def _ensure_draft() -> bool:
    if EntryPage.objects.filter(external_id=DRAFT_KEY).exists():
        return False
    expert, home = _expert(), _home()
    draft = CaseStudyPage(
        title=DRAFT_TITLE, summary=DRAFT_SUMMARY, slug=DRAFT_KEY, external_id=DRAFT_KEY, live=False, owner=expert
    )
    country = current_terms().find("countries", TEAM)
    draft.choose("countries", [country] if country else [])
    home.add_child(instance=draft)
    draft.save_revision(user=expert, log_action=True)
    return True


def _ensure_submission() -> bool:
    base = CaseStudyPage.objects.filter(external_id=BASE_KEY, live=True, original=None).first()
    if base is None or EntryPage.objects.filter(external_id=SUBMISSION_KEY).exists():
        return False
    expert = _expert()
    entry: Any = start_from(base, _home(), SUBMISSION_TITLE, expert, keep_texts=True)
    entry.external_id, entry.summary = SUBMISSION_KEY, SUBMISSION_SUMMARY
    entry.method_links = []  # no method was used in an example
    for name in OWN_TERMS:
        entry.choose(name, base.chosen(name))
    for relation, fields in ROWS.items():
        rows = getattr(base, relation).get_object_list()
        replace_rows(entry, relation, [{name: getattr(row, name) for name in fields} for row in rows])
    entry.save()
    entry.save_revision(user=expert, log_action=True)
    submit(entry, expert)
    return True


def _expert() -> User:
    return User.objects.get(email=EXPERT)


def _home() -> CountryTeamPage:
    found: CountryTeamPage = CountryTeamPage.objects.get(team__code=TEAM, locale__language_code=settings.LANGUAGE_CODE)
    return found

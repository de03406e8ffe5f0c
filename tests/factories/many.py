"""Many cases at once, written in bulk: page by page a thousand would take minutes. Some are public, some are drafts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import count, cycle, islice
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from wagtail.models import Locale, Page, PageLogEntry, Revision, TaskState, Workflow, WorkflowState

from accounts.models import User
from cases.models import CaseStudyPage, CountryTeamPage, EntryPage, EntryTerm, StageLevel
from cases.terms import current_terms
from cases.workflow.models import EditorTask, Submission
from tests.factories.entries import make_organisation, make_team, team_page

CHOICES: Final = ("countries", "themes", "sdgs", "population_groups")
TEAMS: Final = ("ken", "uga", "international")
_number = count(1)


@transaction.atomic
def make_many(number: int, authors: Sequence[User] = ()) -> list[CaseStudyPage]:
    """So many cases in English over three teams; two of three are live, each third of these has a newer draft.

    Each has a revision, a few terms and stages, and a line in the log by one of the authors in turn.
    """
    cases: list[CaseStudyPage] = []
    for code, share in _shares(number):
        cases += _under(team_page(make_team(code)), share)
    bases = Page.objects.bulk_create([_base(case) for case in cases])
    for case, base in zip(cases, bases, strict=True):
        case.pk = case.page_ptr_id = case.entrypage_ptr_id = base.pk
    for model in (EntryPage, CaseStudyPage):
        _insert(model, cases)
    _add_rows(cases)
    _add_revisions(cases, authors)
    return cases


def submit_many(cases: Sequence[CaseStudyPage], authors: Sequence[User]) -> list[Submission]:
    """Hand all of them to the editors, each by one of the authors in turn and each with another age."""
    workflow, task = Workflow.objects.filter(active=True).first(), EditorTask.objects.first()
    kinds, now = [ContentType.objects.get_for_model(model) for model in (CaseStudyPage, Page)], timezone.now()
    states = WorkflowState.objects.bulk_create(
        WorkflowState(
            content_type=kinds[0], base_content_type=kinds[1], object_id=str(case.pk), workflow=workflow,
            status=WorkflowState.STATUS_IN_PROGRESS,
        )
        for case in cases
    )  # fmt: skip
    steps = TaskState.objects.bulk_create(
        TaskState(
            workflow_state=state, revision=case.latest_revision, task=task, status=TaskState.STATUS_IN_PROGRESS,
            content_type=ContentType.objects.get_for_model(TaskState),
        )
        for state, case in zip(states, cases, strict=True)
    )  # fmt: skip
    for state, step in zip(states, steps, strict=True):
        state.current_task_state = step
    WorkflowState.objects.bulk_update(states, ["current_task_state"])
    people = cycle(authors)
    return Submission.objects.bulk_create(
        Submission(
            workflow_state=state, entry_id=case.pk, submitted_by=next(people), risk=place % 3,
            step_since=now - timedelta(days=place % 50), due_at=now + timedelta(days=place % 20 - 5),
        )
        for place, (state, case) in enumerate(zip(states, cases, strict=True))
    )  # fmt: skip


def _shares(number: int) -> Iterator[tuple[str, int]]:
    for place, code in enumerate(TEAMS):
        yield code, number // len(TEAMS) + (place < number % len(TEAMS))


def _under(parent: CountryTeamPage, number: int) -> list[CaseStudyPage]:
    cases = [_case(parent, parent.numchild + place) for place in range(1, number + 1)]
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + number)
    return cases


def _case(parent: CountryTeamPage, place: int) -> CaseStudyPage:
    number, now = next(_number), timezone.now()
    live = number % 3 != 0
    return CaseStudyPage(
        path=CaseStudyPage._get_path(parent.path, parent.depth + 1, place),
        depth=parent.depth + 1,
        slug=f"many-{number}",
        url_path=f"{parent.url_path}many-{number}/",
        content_type=ContentType.objects.get_for_model(CaseStudyPage),
        locale=Locale.objects.get(language_code="en"),
        title=f"Many {number}",
        draft_title=f"Many {number}",
        summary="One of many.",
        reference=f"MANY-{number}",
        team=parent.team,
        lead_organisation=make_organisation("Lead of many"),
        live=live,
        has_unpublished_changes=not live or number % 9 == 1,
        first_published_at=now if live else None,
        last_published_at=now if live else None,
    )


def _base(case: CaseStudyPage) -> Page:
    return Page(**{field.attname: getattr(case, field.attname) for field in Page._meta.local_concrete_fields[1:]})


def _insert(model: type[Any], cases: Sequence[CaseStudyPage]) -> None:
    """One table of a model with parents, which `bulk_create` does not do."""
    for start in range(0, len(cases), 100):
        fields = model._meta.local_concrete_fields
        model._base_manager.all()._insert(cases[start : start + 100], fields=fields, using="default")


def _add_rows(cases: Sequence[CaseStudyPage]) -> None:
    terms = current_terms()
    rows = {name: list(islice(cycle(terms.of(name)), len(cases))) for name in CHOICES}
    EntryTerm.objects.bulk_create(
        EntryTerm(entry=case, field=name, term_id=rows[name][place].id)
        for place, case in enumerate(cases)
        for name in CHOICES
    )
    stages = terms.of("value_chain_stages")
    StageLevel.objects.bulk_create(
        StageLevel(entry=case, stage_id=stages[place % len(stages)].id, level=4) for place, case in enumerate(cases)
    )


def _add_revisions(cases: Sequence[CaseStudyPage], authors: Sequence[User]) -> None:
    kinds, now = [ContentType.objects.get_for_model(model) for model in (CaseStudyPage, Page)], timezone.now()
    people: Iterator[User | None] = cycle(authors or [None])
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=kinds[0],
            base_content_type=kinds[1],
            object_id=str(case.pk),
            created_at=now,
            user=next(people),
            object_str=case.title,
            content=case.serializable_data(),
        )
        for case in cases
    )
    for case, revision in zip(cases, revisions, strict=True):
        case.latest_revision, case.latest_revision_created_at = revision, now
        if case.live:
            case.live_revision = revision
    Page.objects.bulk_update(cases, ["latest_revision", "latest_revision_created_at", "live_revision"])
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page_id=case.pk, content_type=kinds[0], label=case.title, action="wagtail.edit", timestamp=now,
            user=revision.user, revision=revision, content_changed=True,
        )
        for case, revision in zip(cases, revisions, strict=True)
    )  # fmt: skip

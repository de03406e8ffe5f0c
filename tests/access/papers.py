"""What is asked for beside entries and files: concerns, requests for an account, proposed terms, background jobs."""

from __future__ import annotations

from typing import Final

from cases.concerns.models import Concern
from cases.models import AccountRequest, CaseStudyPage, CountryTeam, TermProposal
from cases.sheets.work import CHECK
from core.jobs.models import Job
from tests.access.secrets import Audience, Thing
from tests.access.states import People
from tests.factories.entries import make_case, term

PAPERS: Final = ("concern", "closed-concern", "request", "proposal", "job")


def make_papers(team: CountryTeam, people: People) -> dict[str, Thing]:
    """Each of `PAPERS` once."""
    entry = make_case(team, live=False, title="Papers are about it")
    things = [
        _shared_concern(Thing(PAPERS[0]), entry),
        _secret_concern(Thing(PAPERS[1]), entry),
        _request(Thing(PAPERS[2]), team),
        _proposal(Thing(PAPERS[3]), entry, people),
        _job(Thing(PAPERS[4]), people),
    ]
    return {thing.name: thing for thing in things}


def _shared_concern(thing: Thing, entry: CaseStudyPage) -> Thing:
    """The reporter lets the team read it."""
    thing.put(Audience.ALONE, concern=_concern(thing, entry, Audience.ALONE, may_share=True).pk)
    return thing


def _secret_concern(thing: Thing, entry: CaseStudyPage) -> Thing:
    """It may be about the team itself."""
    thing.put(Audience.MODERATORS, concern=_concern(thing, entry, Audience.MODERATORS, may_share=False).pk)
    return thing


def _concern(thing: Thing, entry: CaseStudyPage, audience: Audience, *, may_share: bool) -> Concern:
    return Concern.objects.create(
        entry=entry,
        team=entry.team,
        subject=entry.reference,
        title=thing.word("title", audience),
        language="en",
        reason_id=term("concern_reasons", "unsafe-for-people").id,
        text=thing.word("text", audience),
        email=f"{thing.word('mail', audience)}@example.org",
        may_share=may_share,
    )


def _request(thing: Thing, team: CountryTeam) -> Thing:
    asked = AccountRequest.objects.create(
        name=thing.word("name", Audience.EDITORS),
        email=f"{thing.word('mail', Audience.EDITORS)}@example.org",
        message=thing.word("text", Audience.EDITORS),
        team=team,
        language="en",
    )
    thing.put(Audience.EDITORS, request=asked.pk)
    return thing


def _proposal(thing: Thing, entry: CaseStudyPage, people: People) -> Thing:
    proposed = TermProposal.objects.create(
        vocabulary="themes",
        label=thing.word("label", Audience.EDITORS),
        language="en",
        meaning=thing.word("meaning", Audience.EDITORS),
        entry=entry,
        field="themes",
        proposed_by=people["author"],
    )
    thing.put(Audience.EDITORS, proposal=proposed.pk)
    return thing


def _job(thing: Thing, people: People) -> Thing:
    """The check of a spreadsheet of somebody of the team: not even colleagues see it."""
    job = Job.objects.create(
        kind=CHECK, owner=people["author"], state=Job.State.DONE, input_name=thing.word("file", Audience.OWN)
    )
    thing.put(Audience.OWN, job=str(job.pk))
    return thing

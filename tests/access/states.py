"""The objects that are asked for: entries in every state, and files, each full of words of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from wagtail.admin.models import EditingSession
from wagtail.models import Comment, Page, PageViewRestriction

from accounts.models import User
from cases.models import Attachment, CaseStudyPage, CountryTeam
from cases.versions.models import PublishedVersion
from cases.workflow import decisions, door
from core.withdrawals import withdraw
from tests.access.roles import CO_TEAM
from tests.access.secrets import COMMON, Audience, Thing
from tests.factories.entries import make_case, make_team, term, translate
from tests.factories.files import make_file, make_picture

PUBLIC, SUBMITTED, TEAM = Audience.PUBLIC, Audience.SUBMITTED, Audience.TEAM
ALONE: Final = Audience.ALONE
FAR: Final = timedelta(days=365)
People = Mapping[str, User]
State = Callable[[Thing, CountryTeam, People], None]


def make_things(team: CountryTeam, people: People) -> dict[str, Thing]:
    """Every state of `STATES` once; the author wrote them, and somebody who left the team after."""
    return {name: _made(name, make, team, people) for name, make in STATES.items()}


def make_alone(team: CountryTeam, people: People) -> Thing:
    """A draft of the team that has no co-author."""
    thing = _made("alone", _draft, team, people)
    CaseStudyPage.objects.get(pk=thing.ids["page"]).co_teams.clear()
    thing.move({TEAM: ALONE})
    return thing


def make_others(team: CountryTeam, people: People) -> dict[str, Thing]:
    """What another team has, without a co-author."""
    things = {}
    for state in ("draft", "edited", "submitted", "loose"):
        thing = things[f"other-{state}"] = _made(f"other-{state}", STATES[state], team, people)
        if "page" in thing.ids:
            CaseStudyPage.objects.get(pk=thing.ids["page"]).co_teams.clear()
        thing.move({ALONE: Audience.OTHER, TEAM: Audience.OTHER, SUBMITTED: Audience.OTHER_SUBMITTED})
    return things


def _made(name: str, make: State, team: CountryTeam, people: People) -> Thing:
    thing = Thing(name)
    make(thing, team, people)
    return thing


def _case(
    thing: Thing, team: CountryTeam, people: People, audience: Audience, *, live: bool = False, **fields: Any
) -> CaseStudyPage:
    """A case with a word in each text, a tag, a comment, two files and a cover."""
    words = {part: thing.word(part, audience) for part in ("title", "summary", "problem", "slug", "place")}
    case = make_case(
        team,
        live=False,
        title=f"{COMMON} {words['title']}",
        summary=f"{COMMON} {words['summary']}",
        problem=f"<p>{COMMON} {words['problem']}</p>",
        slug=words["slug"],
        places=[words["place"]],
        tags=[thing.word("tag", audience)],
        owner=people["moved-on"],
        risk_assessment=thing.word("risk", TEAM),
        **fields,
    )
    case.cover = make_picture(name=f"{thing.word('cover', audience)}.jpg", collection=team.collection)
    inside = SUBMITTED if audience is SUBMITTED else TEAM
    case.cover.title = thing.word("covertitle", inside)
    case.cover.save()
    case.attachments = [
        attachment(thing, team, "open", "public", audience),
        attachment(thing, team, "closed", "team", inside),
    ]
    record = make_file(name=f"{thing.word('consent', inside)}.pdf", collection=team.collection)
    case.consent_record = record
    case.save()
    case.co_teams.set([make_team(CO_TEAM)])
    thing.tell(case.reference, audience)
    thing.put(inside, picture=case.cover_id, file=record.pk)
    thing.put(TEAM, file_name=record.file.name)
    thing.put(
        audience, picture_name=case.cover.file.name, rendition_name=case.cover.get_rendition("width-10").file.name
    )
    thing.ids |= {"page": case.pk, "title": words["title"], "tag": case.tags.first().name}
    thing.ids |= {"path": f"teams/{team.code}/{words['slug']}/", "reference": case.reference}
    thing.put(PUBLIC, organisation=case.lead_organisation.slug, organisation_id=case.lead_organisation_id)
    _history(thing, case, people, live=live)
    return case


def attachment(thing: Thing, team: CountryTeam, part: str, level: str, audience: Audience) -> Attachment:
    """A file of an entry; a closed one is named to readers, never its file."""
    opened = TEAM if part == "closed" else audience
    file = make_file(
        name=f"{thing.word(part + 'file', audience)}.csv",
        content=f"{thing.word(part + 'data', opened)},1\n".encode(),
        collection=team.collection,
    )
    thing.put(opened, **{f"{part}_name": file.file.name})
    return Attachment(
        file=file,
        title=f"{part.title()} data",
        kind_id=term("attachment_kinds", "report").id,
        access_level_id=term("sensitivity_levels", level).id,
        licence_id=term("licences", "cc-by-4-0").id,
    )


def _history(thing: Thing, case: CaseStudyPage, people: People, *, live: bool) -> None:
    """What only the team may see of an entry: an older version, a comment, who worked on it, who is at it now."""
    inside = SUBMITTED if thing.name.endswith("submitted") else TEAM
    summary, case.summary = case.summary, thing.word("older", inside)
    case.save_revision(user=people["author"], log_action=True)
    case.summary = summary
    Comment.objects.create(page=case, user=people["author"], text=thing.word("comment", inside), contentpath="title")
    session = EditingSession.objects.create(
        user=people["author"], content_object=case, last_seen_at=timezone.now(), is_editing=True
    )
    revision = case.save_revision(user=people["moved-on"], log_action=True)
    older = case.revisions.order_by("pk").first()
    thing.put(inside, revision=revision.pk, old_revision=older.pk, session=session.pk)
    if live:
        door.publish(revision, "test", people["editor"])
        case.refresh_from_db()
        thing.put(PUBLIC, version=PublishedVersion.objects.get(revision=revision).pk)


def _published(thing: Thing, team: CountryTeam, people: People) -> None:
    _case(thing, team, people, PUBLIC, live=True)


def _draft(thing: Thing, team: CountryTeam, people: People) -> None:
    _case(thing, team, people, TEAM)


def _edited(thing: Thing, team: CountryTeam, people: People) -> None:
    """A live page with changes that are not published: another title, tag, text and file."""
    case = _case(thing, team, people, PUBLIC, live=True)
    case.title = f"{COMMON} {thing.word('newtitle', TEAM)}"
    case.summary = thing.word("newsummary", TEAM)
    case.slug = thing.word("newslug", TEAM)
    case.tags.add(thing.word("newtag", TEAM))
    case.attachments.add(attachment(thing, team, "new", "public", TEAM))
    thing.ids["revision"] = case.save_revision(user=people["moved-on"], log_action=True).pk


def _submitted(thing: Thing, team: CountryTeam, people: People) -> None:
    case = _case(thing, team, people, SUBMITTED)
    submit(thing, case, people["moved-on"])


def _embargoed(thing: Thing, team: CountryTeam, people: People) -> None:
    case = _case(thing, team, people, TEAM)
    case.go_live_at = timezone.now() + FAR
    door.publish(case.save_revision(user=people["moved-on"]), "test", people["editor"])
    Page.objects.filter(pk=case.pk).update(locked=True, locked_by=people["moved-on"], locked_at=timezone.now())


def _expired(thing: Thing, team: CountryTeam, people: People) -> None:
    case = _case(thing, team, people, TEAM, live=True)
    Page.objects.filter(pk=case.pk).update(expire_at=timezone.now() - FAR)


def _restricted(thing: Thing, team: CountryTeam, people: People) -> None:
    case = _case(thing, team, people, TEAM, live=True)
    restriction = PageViewRestriction.objects.create(
        page=Page.objects.get(pk=case.pk), restriction_type=PageViewRestriction.PASSWORD, password="open"
    )
    # Whoever has the address is asked for the key: that is what a restriction is.
    thing.put(PUBLIC, restriction=restriction.pk, path=thing.ids["path"])


def _withdrawn(thing: Thing, team: CountryTeam, people: People) -> None:
    """A tombstone tells the reference and the public reason, nothing else."""
    case = _case(thing, team, people, TEAM, live=True)
    thing.secrets = [secret for secret in thing.secrets if secret.text not in (case.reference, case.slug)]
    thing.tell(case.reference, PUBLIC)
    withdrawal = withdraw(case, reason="other", public_reason=thing.word("reason", PUBLIC), reference=case.reference)
    thing.put(PUBLIC, withdrawal=withdrawal.pk)


def _translation(thing: Thing, team: CountryTeam, people: People) -> None:
    """A translation that is not published, of a published entry."""
    original = make_case(team, title=f"{COMMON} of a translation", slug="translated")
    page = translate(
        original,
        "fr",
        live=False,
        title=f"{COMMON} {thing.word('title', TEAM)}",
        summary=thing.word("summary", TEAM),
        problem=f"<p>{thing.word('problem', TEAM)}</p>",
    )
    thing.ids["page"] = page.pk
    _history(thing, page, people, live=False)


def _loose(thing: Thing, team: CountryTeam, people: People) -> None:
    """A picture and a file that nothing uses."""
    picture = make_picture(name=f"{thing.word('picture', ALONE)}.jpg", collection=team.collection)
    picture.tags.add(thing.word("picturetag", ALONE))
    picture.get_rendition("max-165x165")
    file = make_file(name=f"{COMMON}-{thing.word('file', ALONE)}.csv", collection=team.collection)
    file.tags.add(thing.word("filetag", ALONE))
    thing.ids |= {"picture": picture.pk, "file": file.pk, "file_name": file.file.name}
    thing.ids |= {"picture_name": picture.file.name, "rendition_name": picture.renditions.get().file.name}


STATES: Final[Mapping[str, State]] = {
    "published": _published,
    "draft": _draft,
    "edited": _edited,
    "submitted": _submitted,
    "embargoed": _embargoed,
    "expired": _expired,
    "restricted": _restricted,
    "withdrawn": _withdrawn,
    "translation": _translation,
    "loose": _loose,
}
"""Each state and what makes it; a later one joins by one line."""


def submit(thing: Thing, case: CaseStudyPage, user: User) -> None:
    """Submit as the editor's button does."""
    submission = decisions.submit(case, user)
    state = submission.workflow_state
    task = state.current_task_state
    thing.put(SUBMITTED, workflow_state=state.pk, task_state=task.pk, submission=submission.pk)
    thing.put(PUBLIC, workflow=state.workflow_id, task=task.task_id)

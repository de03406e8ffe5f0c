"""Terms and tags are added to many drafts at once: reported singly, logged together, undone together or not at all."""

from __future__ import annotations

import random
import re
import uuid
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from wagtail.models import PageLogEntry

import pytest

from accounts.models import User
from cases.desk.bulk.actions import BulkRefusedError, work_named
from cases.desk.bulk.models import BulkGroup
from cases.desk.bulk.running import MOST, UNDO, UndoRefusedError, run, undo
from cases.models import CaseStudyPage, EntryPage
from cases.workflow import door
from tests.cases.desk.conftest import read_csv
from tests.cases.editor.conftest import sign_in
from tests.factories.entries import choose, make_case, make_method, term, translate

pytestmark = pytest.mark.usefixtures("repository")
NOTHING: dict[str, Any] = {
    "themes": (), "population_groups": (), "sdgs": (), "collection_methods": (), "data_types": (), "tags": [],
}  # fmt: skip


def somebody(email: str = "editor@example.org", group: str = "Editors") -> User:
    user = User.objects.create(email=email)
    user.groups.add(Group.objects.get(name=group))
    return user


def add(user: User, entries: list[Any], *themes: str, tags: tuple[str, ...] = ()) -> BulkGroup:
    values = {**NOTHING, "themes": tuple(term("themes", code) for code in themes), "tags": list(tags)}
    return run(work_named("add-terms"), user, [entry.pk for entry in entries], values)


def draft(entry: EntryPage) -> Any:
    return type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object()


def themes(entry: EntryPage) -> list[str]:
    return [row.code for row in draft(entry).chosen("themes")]


def refusals(group: BulkGroup) -> dict[str, str]:
    return {item.label: item.refused for item in group.items.all() if item.refused}


def test_each_draft_gets_the_terms_and_nothing_public_changes() -> None:
    public, unpublished = make_case(), make_case(live=False)
    add(somebody(), [public, unpublished], "education", tags=("Wells",))
    for case in (public, unpublished):
        assert themes(case) == ["health", "education"]
        assert [tag.name for tag in draft(case).tags.all()] == ["Wells"]
    public.refresh_from_db()
    assert [row.code for row in public.chosen("themes")] == ["health"]
    assert public.has_unpublished_changes


def test_what_cannot_be_done_is_said_for_each_and_changes_nothing() -> None:
    full = make_case(title="Full", terms={"themes": ["health", "education", "energy", "youth", "oceans-freshwater"]})
    known, other = make_case(title="Known", terms={"themes": ["ageing"]}), make_case(title="Other")
    translation = translate(other, "fr", title="Traduction")
    before = full.latest_revision_id
    group = add(somebody(), [full, known, other, translation], "ageing")
    assert set(refusals(group)) == {"Full", "Known", "Traduction"}
    assert "at most 5" in refusals(group)["Full"]
    full.refresh_from_db()
    assert full.latest_revision_id == before
    assert themes(other) == ["health", "ageing"]


def test_a_method_takes_what_its_kind_has() -> None:
    case, method = make_case(), make_method(title="Method")
    values = {**NOTHING, "sdgs": (term("sdgs", "sdg-03"),)}
    group = run(work_named("add-terms"), somebody(), [case.pk, method.pk], values)
    assert set(refusals(group)) == {"Method"}


def test_the_log_holds_the_group_under_one_key() -> None:
    user, cases = somebody(), [make_case(), make_case()]
    group = add(user, cases, "education")
    lines = PageLogEntry.objects.filter(uuid=group.key)
    assert sorted(lines.values_list("page_id", "action")) == sorted(
        (case.pk, action) for case in cases for action in ("cases.bulk.add_terms", "wagtail.edit")
    )
    undo(group, user)
    assert PageLogEntry.objects.filter(uuid=group.key, action=UNDO).count() == 2


def test_undoing_brings_every_draft_back() -> None:
    user, cases = somebody(), [make_case(tags=["old"]), make_case(live=False)]
    group = add(user, cases, "education", tags=("new",))
    undo(group, user)
    assert [themes(case) for case in cases] == [["health"], ["health"]]
    assert [tag.name for tag in draft(cases[0]).tags.all()] == ["old"]
    assert not EntryPage.objects.get(pk=cases[0].pk).has_unpublished_changes
    with pytest.raises(UndoRefusedError, match="already"):
        undo(group, user)


def test_undoing_is_refused_as_a_whole_once_somebody_changed_one() -> None:
    user, cases = somebody(), [make_case(title="Kept"), make_case(title="Edited since")]
    group = add(user, cases, "education")
    edited = draft(cases[1])
    edited.title = "Edited since"
    edited.save_revision(user=somebody("other@example.org"))
    with pytest.raises(UndoRefusedError) as refused:
        undo(group, user)
    assert refused.value.changed == ("Edited since",)
    assert themes(cases[0]) == ["health", "education"]


def test_undoing_is_refused_once_one_was_published_or_deleted() -> None:
    user, cases = somebody(), [make_case(live=False, title="Public now"), make_case(live=False, title="Gone")]
    first, second = add(user, cases[:1], "education"), add(user, cases[1:], "education")
    door.publish(draft(cases[0]).get_latest_revision(), reason="test")
    cases[1].delete()
    for group, name in ((first, "Public now"), (second, "Gone")):
        with pytest.raises(UndoRefusedError) as refused:
            undo(group, user)
        assert refused.value.changed == (name,)


def test_later_actions_are_undone_before_earlier_ones() -> None:
    user, case = somebody(), make_case()
    first = add(user, [case], "education")
    second = add(user, [case], "energy")
    with pytest.raises(UndoRefusedError):
        undo(first, user)
    undo(second, user)
    assert themes(case) == ["health", "education"]
    undo(first, user)
    assert themes(case) == ["health"]


def test_the_same_form_sent_twice_is_done_once() -> None:
    user, case, key = somebody(), make_case(), uuid.uuid4()
    values = {**NOTHING, "tags": ["wells"]}
    first = run(work_named("add-terms"), user, [case.pk], values, key)
    again = run(work_named("add-terms"), user, [case.pk], values, key)
    assert first == again
    assert PageLogEntry.objects.filter(page=case.pk, uuid=key, action="wagtail.edit").count() == 1
    with pytest.raises(BulkRefusedError):
        run(work_named("add-terms"), somebody("other@example.org"), [case.pk], values, key)


def test_only_editors_add_and_only_so_many() -> None:
    case = make_case()
    for group in ("Ethics moderators", "Reviewers", "team:ken"):
        with pytest.raises(BulkRefusedError):
            add(somebody(f"{group.split(':')[0].split()[0].lower()}@example.org", group), [case], "education")
    with pytest.raises(BulkRefusedError, match=str(MOST)):
        run(work_named("add-terms"), somebody(), list(range(MOST + 1)), NOTHING)
    assert not BulkGroup.objects.exists()


def test_somebody_elses_action_is_undone_by_editors_only() -> None:
    group = add(somebody(), [make_case()], "education")
    with pytest.raises(UndoRefusedError):
        undo(group, somebody("ethics@example.org", "Ethics moderators"))
    undo(group, somebody("second@example.org"))


@pytest.mark.parametrize("seed", range(4))
def test_any_history_of_actions_edits_and_undoing(seed: int) -> None:
    """A model remembers what each draft has; an undo succeeds just when no entry of its group changed since."""
    rng, user = random.Random(seed), somebody()
    entries = [make_case(live=rng.random() < 0.5, title=f"Entry {n}") for n in range(3)]
    stack: dict[int, list[tuple[int, list[str]]]] = {entry.pk: [] for entry in entries}
    groups: list[BulkGroup] = []
    for step in range(14):
        chosen = rng.sample(entries, rng.randint(1, 3))
        kind = rng.choice(["add", "add", "undo", "undo", "edit"])
        if kind == "add":
            before = {entry.pk: themes(entry) for entry in chosen}
            code = rng.choice(["education", "energy", "youth", "ageing"])
            groups.append(add(user, chosen, code))
            for item in groups[-1].items.all():
                assert item.done == (code not in before[item.target] and len(before[item.target]) < 5)
                if item.done:
                    stack[item.target].append((groups[-1].pk, before[item.target]))
        elif kind == "edit":
            changed = draft(chosen[0])
            choose(changed, {"themes": [*themes(chosen[0])][:1]})
            changed.summary = f"Step {step}"
            changed.save_revision()
            stack[chosen[0].pk].append((0, []))
        elif groups:
            group = rng.choice(groups)
            targets = [item.target for item in group.items.all() if item.done]
            free = bool(targets) and all(stack[key] and stack[key][-1][0] == group.pk for key in targets)
            held = {entry.pk: themes(entry) for entry in entries}
            if free:
                undo(group, user)
                for key in targets:
                    held[key] = stack[key].pop()[1]
            else:
                with pytest.raises(UndoRefusedError):
                    undo(group, user)
            assert {entry.pk: themes(entry) for entry in entries} == held


class TestInTheAdmin:
    """The same through the pages that editors use."""

    def address(self, entries: list[Any]) -> str:
        keys = "&".join(f"id={entry.pk}" for entry in entries)
        return f"/admin/bulk/cases/entrypage/add-terms/?{keys}&next=/admin/desk/entries/"

    def test_from_the_list_to_the_report_and_back(self, editor: Client) -> None:
        cases = [make_case(title="First"), make_case(title="Second")]
        listed = editor.get("/admin/desk/entries/").content.decode()
        assert "/admin/bulk/cases/entrypage/add-terms/" in listed
        form = editor.get(self.address([*cases, translate(cases[0], "fr", title="Premier")]))
        text = form.content.decode()
        assert "Premier" in text[text.index("Left out") :]
        key = re.search(r'name="key" value="([^"]+)"', text)
        assert key
        sent = {"key": key[1], "themes": ["education"], "tags": "wells, water"}
        report = editor.post(self.address(cases), sent, follow=True)
        assert "Done for 2 entries" in report.content.decode()
        assert themes(cases[0]) == ["health", "education"]
        group = BulkGroup.objects.get()
        assert "Education" in group.details
        where = reverse("desk_bulk_report", args=[group.key])
        assert "Undone" in editor.post(where, follow=True).content.decode()
        assert themes(cases[0]) == ["health"]
        assert "Undo all" not in editor.get(where).content.decode()
        row = read_csv(editor, "/admin/desk/bulk/")[0]
        assert (row["Done"], row["Refused"], row["Undone by"]) == ("2", "0", "editor@example.org")

    def test_nothing_chosen_is_said_at_the_form(self, editor: Client) -> None:
        case = make_case()
        answer = editor.post(self.address([case]), {"key": str(uuid.uuid4()), "tags": " , "})
        assert "Choose at least one" in answer.content.decode()
        answer = editor.post(self.address([case]), {"key": str(uuid.uuid4()), "themes": ["nonsense"]})
        assert "is no value of" in answer.content.decode()
        assert not BulkGroup.objects.exists()

    def test_odd_addresses_do_no_harm(self, editor: Client) -> None:
        for query in ("", "?id=x", "?id=99999999", "?id=all", "?id=²"):
            assert editor.get(f"/admin/bulk/cases/entrypage/add-terms/{query}").status_code in (200, 404), query

    def test_a_refused_undo_names_the_entry(self, editor: Client) -> None:
        case = make_case(title="Moved on")
        editor.post(self.address([case]), {"key": str(uuid.uuid4()), "tags": "wells"})
        draft(case).save_revision()
        answer = editor.post(reverse("desk_bulk_report", args=[BulkGroup.objects.get().key]), follow=True)
        assert "Moved on" in answer.content.decode()
        assert "Nothing was undone" in answer.content.decode()

    @pytest.mark.parametrize("group", ["team:ken", "Reviewers"])
    def test_others_meet_a_closed_door(self, group: str) -> None:
        case = make_case()
        done = add(somebody(), [case], "education")
        client = sign_in("other@example.org", group)
        ajax = {"x-requested-with": "XMLHttpRequest"}
        assert client.get(self.address([case]), headers=ajax).status_code == 403
        assert client.post(self.address([case]), {"tags": "wells"}, headers=ajax).status_code == 403
        where = reverse("desk_bulk_report", args=[done.key])
        assert client.get(where, headers=ajax).status_code == 403
        assert client.post(where, headers=ajax).status_code == 403
        assert themes(case) == ["health", "education"]


def test_a_case_is_never_left_half_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undoing writes all drafts or none, also when the last one cannot be written."""
    user, cases = somebody(), [make_case(), make_case()]
    group = add(user, cases, "education")
    work, calls = work_named("add-terms"), []
    restore = type(work).restore

    def failing(self: Any, *args: Any) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise ValueError("The disk is full.")
        restore(self, *args)

    monkeypatch.setattr(type(work), "restore", failing)
    with pytest.raises(UndoRefusedError, match="disk"):
        undo(group, user)
    assert [themes(case) for case in cases] == [["health", "education"]] * 2
    assert CaseStudyPage.objects.filter(has_unpublished_changes=True).count() == 2

"""Whoever sends the key of an object that is not theirs gets an error, not the object."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

import pytest

from cases.models import CaseStudyPage
from tests.cases.editor.conftest import sign_in
from tests.cases.editor.forms import edit_url, read_form, send
from tests.factories.entries import make_case, make_method, make_team
from tests.factories.files import make_file, make_picture

pytestmark = pytest.mark.usefixtures("repository")


@pytest.fixture
def expert(repository: None) -> Client:
    return sign_in("expert@example.org", "team:uga")


def saved(client: Client, case: CaseStudyPage, **values: Any) -> CaseStudyPage:
    """What the draft holds after somebody sent these values."""
    send(client, edit_url(case), read_form(client, edit_url(case)), **values)
    return CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object()


def attachment(file: Any) -> dict[str, str]:
    """A new row of the form."""
    return {
        "attachments-TOTAL_FORMS": "1",
        "attachments-0-file": str(file.pk),
        "attachments-0-title": "Taken",
        "attachments-0-kind": "report",
        "attachments-0-access_level": "public",
        "attachments-0-ORDER": "1",
    }


def link(page: Any) -> str:
    """Rich text with a link to a page, as the editor sends it."""
    block = {"key": "a", "text": "see", "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    return json.dumps(
        {
            "blocks": [{**block, "entityRanges": [{"key": 0, "offset": 0, "length": 3}]}],
            "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": page.pk}}},
        }
    )


def test_a_picture_of_another_team_is_refused_and_the_own_one_taken(expert: Client) -> None:
    case = make_case(make_team("uga"), live=False)
    case.save_revision()
    theirs = make_picture(collection=make_team("ken").collection)
    own = make_picture(collection=make_team("uga").collection)
    assert saved(expert, case, cover=str(theirs.pk)).cover is None
    assert saved(expert, case, cover=str(own.pk)).cover == own


def test_a_record_of_another_team_is_not_opened_by_choosing_it(expert: Client) -> None:
    case = make_case(make_team("uga"), live=False)
    case.save_revision()
    theirs = make_file(collection=make_team("ken").collection)
    assert saved(expert, case, consent_record=str(theirs.pk)).consent_record is None
    assert not saved(expert, case, **attachment(theirs)).attachments.exists()
    assert expert.get(theirs.file.url).status_code == 404


def test_a_draft_of_another_team_is_neither_linked_nor_named(expert: Client) -> None:
    case = make_case(make_team("uga"), live=False)
    case.save_revision()
    hidden, shown = make_method(make_team("ken"), live=False, title="Hidden"), make_method(make_team("ken"))
    rows = {"method_links-TOTAL_FORMS": "1", "method_links-0-ORDER": "1"}
    refused = saved(expert, case, **rows, **{"method_links-0-method": str(hidden.pk)})
    assert not refused.method_links.get_object_list()
    taken = saved(expert, case, **rows, **{"method_links-0-method": str(shown.pk)})
    assert [row.method_id for row in taken.method_links.get_object_list()] == [shown.pk]
    assert f'id="{hidden.pk}"' not in saved(expert, case, problem=link(hidden)).problem
    assert f'id="{shown.pk}"' in saved(expert, case, problem=link(shown)).problem


def test_what_stood_there_before_stays(expert: Client) -> None:
    theirs = make_picture(collection=make_team("ken").collection)
    case = make_case(make_team("uga"), live=False, cover=theirs)
    case.save_revision()
    assert saved(expert, case, title="Another title").title == "Another title"

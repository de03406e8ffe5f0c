"""A team deletes files of its own that nobody else uses; what something holds on to is refused, not an error."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

import pytest

from core.models import File, Picture
from tests.cases.editor.conftest import sign_in
from tests.factories.entries import make_case, make_team
from tests.factories.files import make_file, make_picture

pytestmark = pytest.mark.usefixtures("repository")


def delete(client: Client, file: File | Picture) -> bool:
    """Whether the file is gone after all four ways to delete it."""
    space = "wagtaildocs" if isinstance(file, File) else "wagtailimages"
    bulk = reverse("wagtail_bulk_action", args=["core", file._meta.model_name, "delete"])
    client.post(f"{bulk}?id={file.pk}&next=/admin/")
    client.post(reverse(f"{space}:delete_multiple", args=[file.pk]), headers={"X-Requested-With": "XMLHttpRequest"})
    client.post(reverse(f"{space}:delete", args=[file.pk]))
    return not type(file).objects.filter(pk=file.pk).exists()


@pytest.mark.parametrize("make", [make_picture, make_file])
def test_what_nothing_uses_goes_and_what_is_not_theirs_stays(
    repository: None, make: Callable[..., File | Picture]
) -> None:
    expert = sign_in("expert@example.org", "team:ken")
    assert delete(expert, make(collection=make_team("ken").collection))
    assert not delete(expert, make(collection=make_team("uga").collection))


def test_a_picture_that_another_team_uses_stays(repository: None) -> None:
    expert = sign_in("expert@example.org", "team:ken")
    own, shared = (make_picture(collection=make_team("ken").collection) for _ in range(2))
    make_case(make_team("ken"), live=False, cover=own)
    make_case(make_team("uga"), live=False, cover=shared)
    assert delete(expert, own)
    assert not delete(expert, shared)


@pytest.mark.parametrize("who", ["team:ken", "Editors"])
def test_a_record_that_an_entry_keeps_is_refused(repository: None, who: str) -> None:
    record = make_file(collection=make_team("ken").collection)
    make_case(make_team("ken"), live=False, consent_record=record)
    assert not delete(sign_in("someone@example.org", who), record)

"""The one view through which uploaded files leave: originals, renditions, documents.

A file is public when a findable page uses it (Wagtail's reference index knows what live pages use). Otherwise only
people who may use or edit it, or know a page that uses it from inside, get it. Others are told that there is nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Exists, OuterRef
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wagtail.models import Page, ReferenceIndex

from django_sendfile import sendfile

from core.access.knowledge import knows_file, pages_using
from core.models import File, Picture, PictureRendition
from core.visibility import findable

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from django.db.models.fields.files import FieldFile

Rule = Callable[["File | Picture", Any], "bool | None"]
_rules: dict[str, Rule] = {}


def register_rule(name: str, rule: Rule) -> None:
    """Let another room decide on files it knows more about: True opens, False closes, None leaves it to the others."""
    _rules[name] = rule


@require_safe
def serve(request: HttpRequest, name: str) -> HttpResponse:
    """Send the file stored as `name`, or answer 404 to everybody who may not have it.

    The right is checked before any conditional header is read, so that a 304 tells nobody anything.
    """
    # Asked first, so that the answer names the cookie in `Vary` whether or not there is such a file.
    request.user.is_authenticated  # noqa: B018
    owner, stored = _stored(name)
    if not may_read(owner, request.user):
        raise Http404
    is_document = isinstance(owner, File)
    response: HttpResponse = sendfile(
        request, stored.path, attachment=is_document, attachment_filename=owner.filename if is_document else None
    )
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def may_read(owner: File | Picture, user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether `user` may have the file; a rule that closes wins, then one that opens, then how the file is used."""
    verdicts = {rule(owner, user) for rule in _rules.values()}
    if verdicts & {True, False}:
        return False not in verdicts
    return _is_public(owner) or knows_file(user, owner)


def public_ids(model: type[File | Picture], ids: Iterable[int]) -> set[int]:
    """Which of these files or pictures findable pages use; one SQL, none for no ids. Asks no rule of another room."""
    wanted = {str(pk) for pk in ids}
    if not wanted:
        return set()
    pages = findable(Page.objects.filter(pk=OuterRef("page_id")))
    used = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id__in=wanted,
        base_content_type=ReferenceIndex._get_base_content_type(Page),
    )
    used = used.annotate(page_id=Cast("object_id", BigIntegerField())).filter(Exists(pages))
    return {int(pk) for pk in used.values_list("to_object_id", flat=True)}


def _stored(name: str) -> tuple[File | Picture, FieldFile]:
    """The object that owns the stored file, or 404; only names that the database knows are ever opened."""
    rendition = PictureRendition.objects.filter(file=name).select_related("image").first()
    if rendition:
        return rendition.image, rendition.file
    owner = Picture.objects.filter(file=name).first() or File.objects.filter(file=name).first()
    if owner is None:
        raise Http404
    return owner, owner.file


def _is_public(owner: File | Picture) -> bool:
    return findable(pages_using(owner)).exists()

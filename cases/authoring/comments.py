"""Comments on fields, also on choices of terms and grids, which are no columns; and mails to the right people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms.comments import CommentFormSet
from wagtail.admin.panels import CommentPanel
from wagtail.models import COMMENTS_RELATION_NAME, PageSubscription

from accounts.models import User
from cases import people
from cases.term_fields import TERM_FIELDS
from core import mailing

if TYPE_CHECKING:
    from cases.models import EntryPage

MAIL: Final = "comments"
GRIDS: Final = frozenset({"participation", "quality"})


class EntryCommentFormSet(CommentFormSet):
    """Keeps the comments on every field of the form; Wagtail drops those on what is no column of the page."""

    queryset: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        BaseChildFormSet.__init__(self, *args, **kwargs)
        kept = [comment.id for comment in self.queryset if is_on_field(comment, self.instance)]
        self.queryset = self.queryset.filter(id__in=kept)


def is_on_field(comment: Any, entry: EntryPage) -> bool:
    """Whether what the comment is about is there: a field, a choice, a grid, or a block of the story."""
    return comment.contentpath in GRIDS or comment.contentpath in TERM_FIELDS or comment.has_valid_contentpath(entry)


class EntryCommentPanel(CommentPanel):
    """Wagtail's panel with our comments."""

    def get_form_options(self) -> dict[str, Any]:
        """Put our formset in the place of Wagtail's."""
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][COMMENTS_RELATION_NAME]["formset"] = EntryCommentFormSet
        return options


def follow(entry: EntryPage, user: User) -> None:
    """Tell this person of comments on the entry, as somebody who began it in the editor."""
    PageSubscription.objects.update_or_create(page=entry, user=user, defaults={"comment_notifications": True})


def may_read_comments(user: User, entry: EntryPage) -> bool:
    """Whether somebody who followed the entry, or took part in its comments, still belongs to those who read them."""
    return people.is_of_team(user, entry) or people.is_moderator(user) or people.is_reviewer(user)


class CommentMails:
    """Of the editor: sends mails about comments through the outbox, in the language of each recipient.

    Wagtail writes to everybody who ever followed or commented, also to those who have left the team since.
    """

    page: Any
    request: Any

    def send_commenting_notifications(self, changes: dict[str, Any]) -> None:
        """Tell of new, resolved and deleted comments and of replies; who changed them is not told."""
        told = {
            "new": _texts(changes["new_comments"]),
            "resolved": _texts(changes["resolved_comments"]),
            "deleted": _texts(changes["deleted_comments"]),
            "replies": [_thread(comment, replies) for comment, replies in changes["new_replies"]],
        }
        if not any(told.values()):
            return
        context = {
            **told,
            "title": self.page.get_admin_display_title(),
            "person": str(self.request.user),
            "link": mailing.absolute(f"/admin/pages/{self.page.pk}/edit/"),
        }
        to = [user for user in _concerned(self.page) if user != self.request.user]
        mailing.send(MAIL, to, context, about=f"page:{self.page.pk}")


def _texts(comments: Iterable[Any]) -> list[str]:
    return [comment.text for comment in comments]


def _thread(comment: Any, replies: Iterable[Any]) -> dict[str, Any]:
    return {"text": comment.text, "replies": _texts(replies)}


def _concerned(page: Any) -> list[User]:
    """Those who follow the entry and those who commented or replied, as far as they may still read the comments."""
    comments = getattr(page, COMMENTS_RELATION_NAME).model.objects.filter(page=page.pk)
    following = PageSubscription.objects.filter(page=page.pk, comment_notifications=True).values("user")
    keys = following.union(comments.values("user"), comments.filter(replies__isnull=False).values("replies__user"))
    users = User.objects.filter(pk__in=[key for (key,) in keys.values_list("user")], is_active=True).order_by("pk")
    return [user for user in users if may_read_comments(user, page)]


def register_mail() -> None:
    """Name the kind of mail."""
    mailing.register_kind(MAIL, _("Comments on entries that I follow or comment on"), optional=True)

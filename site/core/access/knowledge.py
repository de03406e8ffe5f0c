"""Who may know of which pages and files.

From **inside** one knows a page's drafts, history, comments, files and people: one has a permission on it, or a rule of
another room says so. From outside everybody knows what `core.visibility` finds. Nobody else knows that a page is there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Final, TypeVar

from django.db.models import BigIntegerField, Model, Q, QuerySet
from django.db.models.functions import Cast

from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import page_permission_policy, policy_registry

from core.visibility import findable, is_findable

P = TypeVar("P", bound=Page)
Rule = Callable[[Any], "Q | None"]
USE: Final = ("change", "choose")
"""Permissions of a collection that open its files: who may choose a picture has to see it."""
WORK: Final = frozenset({"add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"})
_rules: dict[str, Rule] = {}


def register(name: str, rule: Rule) -> None:
    """Let another room say which more pages a person knows from inside: a `Q` on columns of `Page`, None for none."""
    _rules[name] = rule


class Insider:
    """What one person knows from inside; asks the database twice at most, however many pages are asked about."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def knows_all(self) -> bool:
        """Whether nothing is hidden: an administrator, or a moderator, who may change the whole tree."""
        if not self.user.is_authenticated or not self.user.is_active:
            return False
        return self.user.is_superuser or any(page.is_root() and name == "change_page" for page, name in self._rights)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Where in the tree the person works: everything below is known."""
        paths = {page.path for page, name in self._rights if name in WORK}
        return tuple(sorted(path for path in paths if not any(path != one and path.startswith(one) for one in paths)))

    @cached_property
    def keys(self) -> frozenset[int]:
        """Pages elsewhere, by the rules of other rooms."""
        wanted = self._by_rule()
        return frozenset(Page.objects.filter(wanted).values_list("pk", flat=True)) if wanted else frozenset()

    def knows(self, page: Page) -> bool:
        """Whether the person knows the page from inside."""
        return self.knows_all or page.path.startswith(self.paths) or page.pk in self.keys

    def reaches(self, page: Page) -> bool:
        """Whether the explorer leads through the page: it is known from inside, or something below it is."""
        return page.is_root() or self.knows(page) or any(path.startswith(page.path) for path in self.paths)

    def may_know(self, page: Page) -> bool:
        """Whether the person may know that the page is there."""
        return self.knows(page) or (page.live and is_findable(page))

    def knows_file(self, file: Model) -> bool:
        """Whether the person may choose or edit the picture or document, or knows a page that uses it from inside."""
        if self.knows_all:
            return True
        policy = policy_registry.get_by_type(type(file))
        if policy.user_has_any_permission_for_instance(self.user, USE, file):
            return True
        return self.user.is_authenticated and any(map(self.knows, pages_using(file).only("path")))

    @property
    def condition(self) -> Q:
        """`knows` as a condition on columns of `Page`; true of nothing for who has no part in any page."""
        found = self._by_rule() or Q(pk__in=[])
        for path in self.paths:
            found |= Q(path__startswith=path)
        return found

    @cached_property
    def _rights(self) -> list[tuple[Page, str]]:
        """Where the person's groups may do what; read once for each user object, by Wagtail."""
        if not self.user.is_authenticated:
            return []
        found = page_permission_policy.get_cached_permissions_for_user(self.user)
        return [(permission.page, permission.permission.codename) for permission in found]

    def _by_rule(self) -> Q | None:
        if not self.user.is_authenticated or not self.user.is_active:
            return None
        wanted = None
        for rule in _rules.values():
            if (more := rule(self.user)) is not None:
                wanted = more if wanted is None else wanted | more
        return wanted


def knows_all(user: Any) -> bool:
    """Whether nothing is hidden from the person."""
    return Insider(user).knows_all


def inside(pages: QuerySet[P], user: Any) -> QuerySet[P]:
    """Keep the pages that the person knows from inside."""
    insider = Insider(user)
    return pages if insider.knows_all else pages.filter(insider.condition)


def known(pages: QuerySet[P], user: Any) -> QuerySet[P]:
    """Keep the pages of which the person may know at all: from inside, or because everybody does.

    One condition on the key, which search backends understand.
    """
    insider = Insider(user)
    if insider.knows_all:
        return pages
    keys = Page.objects.filter(insider.condition | Q(pk__in=findable(Page.objects.all()).values("pk")))
    return pages.filter(pk__in=keys.values("pk"))


def knows_file(user: Any, file: Model) -> bool:
    """Whether the person may know of this picture or document."""
    return Insider(user).knows_file(file)


def pages_using(file: Model) -> QuerySet[Page]:
    """Pages whose content, live or as first drafted, uses the file."""
    references = ReferenceIndex.get_references_to(file)
    pages = references.filter(base_content_type=ReferenceIndex._get_base_content_type(Page))
    return Page.objects.filter(pk__in=pages.values(page_id=Cast("object_id", BigIntegerField())))

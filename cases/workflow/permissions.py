"""What Wagtail's admin asks about a page, answered for entries and for the pages of teams.

Nobody publishes an entry by a button, administrators included: it goes live by approval (`cases.workflow.door`). What
is not named here is as Wagtail has it. `docs/moderation.md` has the table.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from wagtail.models import PagePermissionTester

from cases import people

if TYPE_CHECKING:
    from wagtail.models import Page


class EntryPermissionTester(PagePermissionTester):
    """The rules for one entry and one person."""

    @cached_property
    def _moderates(self) -> bool:
        return people.is_editor(self.user)

    @cached_property
    def _own(self) -> bool:
        return people.is_of_team(self.user, self.page)

    @cached_property
    def _running(self) -> bool:
        """Whether a submission waits for a decision, or for the team; lists have read the states of all their rows."""
        return self.page.current_workflow_state is not None

    def can_edit(self) -> bool:
        """Whoever may change pages here; members of a co-author team. Aliases mirror another page: nobody."""
        if not self.user.is_active or self.page.alias_of_id:
            return False
        return bool(super().can_edit() or self._own)

    def can_publish(self) -> bool:
        """Nobody: an entry goes live by approval."""
        return False

    def can_publish_subpage(self) -> bool:
        """Entries have no pages below them."""
        return False

    def can_unpublish(self) -> bool:
        """Nobody: what was public is withdrawn, which leaves a tombstone, also at its files."""
        return False

    def can_unschedule(self) -> bool:
        """The team, which may stop its own entry at any time, and editors; it has to be approved again."""
        return bool(self.user.is_active and (self._moderates or self._own))

    def can_set_view_restrictions(self) -> bool:
        """Editors: lifting a restriction shows the entry to the public."""
        return self._moderates

    def can_submit_for_moderation(self) -> bool:
        """The team, and moderators who write for it."""
        if not self.user.is_active or not (self._own or people.is_moderator(self.user)):
            return False
        return bool(not self.page.alias_of_id and super().can_submit_for_moderation())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Drafts that were never public and are not submitted; all else is kept, and withdrawn if need be."""
        if not self.user.is_active or self.page.live or self.page.first_published_at or self._running:
            return False
        return bool(self._moderates or self._own)

    def can_move(self) -> bool:
        """Editors: a move gives the entry to another team."""
        return self._moderates and not self._running

    def can_move_to(self, destination: Page) -> bool:
        """To another team's page of the same language, live entries too: they were approved."""
        if not self.can_move() or self.page == destination or destination.is_descendant_of(self.page):
            return False
        if destination.locale_id != self.page.locale_id:
            return False
        return bool(self.page.is_child_of(destination) or self.page.specific.can_move_to(destination))

    def can_copy(self) -> bool:
        """Whoever may edit; the copy is a draft. Nobody copies an alias."""
        return self.can_edit()

    def can_lock(self) -> bool:
        """Editors: a lock keeps the team out."""
        return self._moderates

    def can_unlock(self) -> bool:
        """Editors, and whoever locked."""
        return self._moderates or self.user_has_lock()

    def can_reorder_children(self) -> bool:
        """Entries have no pages below them."""
        return False

    def can_view_revisions(self) -> bool:
        """Whoever may edit."""
        return self.can_edit()


class TeamPagePermissionTester(PagePermissionTester):
    """A team's page is published by editors as Wagtail has it; what stands below it is not."""

    def can_publish_subpage(self) -> bool:
        """Nobody: what is made or copied here are entries, which begin as drafts."""
        return False

    def can_reorder_children(self) -> bool:
        """Editors: it changes the order in which the editing area lists the entries, nothing in public."""
        return people.is_editor(self.user)

    def can_submit_for_moderation(self) -> bool:
        """The introduction of a team needs no moderation; editors publish it."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Nobody: with the page would go all entries. Teams are archived."""
        return False

    def can_move(self) -> bool:
        """Nobody: the address is the team's code."""
        return False

    def can_unpublish(self) -> bool:
        """Nobody: entries below would lose the way to them. Teams are archived."""
        return False

    def can_copy(self) -> bool:
        """Nobody: teams are made in one form."""
        return False

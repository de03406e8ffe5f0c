"""What `cases` tells other rooms, and what it listens to; imported in `AppConfig.ready`."""

from __future__ import annotations

from django.core.signals import request_started
from django.db.models.signals import m2m_changed, post_save, pre_delete
from django.dispatch import Signal

from wagtail.signals import page_published, post_page_move

from cases import terms
from cases.members import coauthors
from cases.models import CaseStudyPage, EntryPage, MethodPage, progress
from cases.models.terms import Term, refuse_deletion, version_bumped
from cases.team_moves import follow_team

# Arguments: term, old_parent_id. Sent inside the transaction, after the term was saved under its new parent.
term_moved = Signal()
# Arguments: source, into, counts (rows rewritten by model label). Sent inside the transaction of the merge.
term_merged = Signal()


request_started.connect(terms.refresh, dispatch_uid="cases.terms.refresh")
version_bumped.connect(terms.wrote, dispatch_uid="cases.terms.wrote")
# The last door: base managers, cascades and the collector come past the methods of the model.
pre_delete.connect(refuse_deletion, sender=Term, dispatch_uid="cases.terms.keep")
post_page_move.connect(follow_team, dispatch_uid="cases.team_moves.follow")
m2m_changed.connect(coauthors.followed, sender=EntryPage.co_teams.through, dispatch_uid="cases.coauthors.followed")
for _entry_type in (CaseStudyPage, MethodPage):
    post_save.connect(coauthors.joined, sender=_entry_type, dispatch_uid=f"cases.coauthors.{_entry_type.__name__}")
    post_save.connect(progress.created, sender=_entry_type, dispatch_uid=f"cases.progress.{_entry_type.__name__}")
page_published.connect(progress.published, dispatch_uid="cases.progress.published")

"""What happens to entries on their way; sent inside the transaction of the step.

Arguments of each: entry, user (None when a clock or the system acted), revision.
"""

from __future__ import annotations

from django.dispatch import Signal

submitted = Signal()
changes_asked = Signal()
approved = Signal()
"""An editor or an ethics moderator approved; the entry is public only with `published`."""
rejected = Signal()
withdrawn = Signal()
"""The team took its submission back."""
published = Signal()

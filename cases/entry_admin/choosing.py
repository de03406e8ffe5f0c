"""Which pages a person may choose: published ones, and drafts that they may edit."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from wagtail.models import Page
from wagtail.permissions import policy_registry


def choosable_pages(pages: Any, request: HttpRequest) -> Any:
    """Leave out the drafts of other teams."""
    policy = policy_registry.get_by_type(Page)
    own = policy.instances_user_has_any_permission_for(request.user, {"add", "change", "publish"})
    return pages.filter(Q(live=True) | Q(pk__in=own.values("pk")))

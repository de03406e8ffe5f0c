"""The base of all page types."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest

from wagtail.models import Page, PageViewRestriction


class BasePage(Page):
    """A page of this site: what is under embargo, expired or withdrawn is not there, whatever its row says."""

    is_moderated: ClassVar[bool] = False
    """Whether Wagtail's workflow on the root of all pages is for this kind of page; all others editors publish."""

    class Meta:
        abstract = True

    @property
    def has_workflow(self) -> bool:
        """Whether the page is published through moderation."""
        return bool(self.is_moderated and super().has_workflow)

    def get_workflow(self) -> Any:
        """The workflow that the page passes, if any."""
        return super().get_workflow() if self.is_moderated else None

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find the page below this one that answers; raises `Http404` unless it may be shown to somebody."""
        # Late, because the rule needs the models.
        from core.visibility import Standing, standing

        found = super().route(request, path_components)
        if path_components:
            return found
        own = standing(self)
        if own is Standing.HIDDEN:
            raise Http404
        if own is Standing.OPEN:
            # The one query has seen that nothing restricts the page: spare Wagtail asking again.
            self.get_view_restrictions = PageViewRestriction.objects.none
        return found

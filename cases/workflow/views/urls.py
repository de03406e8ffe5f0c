"""Where the review of an entry is, below the admin; decisions go to Wagtail's own address of workflow actions."""

from __future__ import annotations

from django.urls import URLPattern, path

from cases.workflow.views.review import CommentView, PreviewView, ReviewView, TakeBackView


def addresses() -> list[URLPattern]:
    """A `register_admin_urls` hook."""
    return [
        path("reviews/<int:page_id>/", ReviewView.as_view(), name="review"),
        path("reviews/<int:page_id>/preview/", PreviewView.as_view(), name="review_preview"),
        path("reviews/<int:page_id>/comment/", CommentView.as_view(), name="review_comment"),
        path("reviews/<int:page_id>/take-back/", TakeBackView.as_view(), name="review_take_back"),
    ]

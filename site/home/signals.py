"""What changes the menu empties its cache; imported in `AppConfig.ready`."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from wagtail.signals import page_slug_changed, post_page_move

from home import menu
from home.models import HomePage, PlainPage


def _forget(**_kwargs: Any) -> None:
    """Forget at once, for this transaction, and after it, for those who read meanwhile."""
    menu.forget()
    transaction.on_commit(menu.forget)


for _model in (HomePage, PlainPage):
    post_save.connect(_forget, sender=_model, dispatch_uid=f"home.menu.save.{_model.__name__}")
    post_delete.connect(_forget, sender=_model, dispatch_uid=f"home.menu.delete.{_model.__name__}")
    page_slug_changed.connect(_forget, sender=_model, dispatch_uid=f"home.menu.slug.{_model.__name__}")
    post_page_move.connect(_forget, sender=_model, dispatch_uid=f"home.menu.move.{_model.__name__}")

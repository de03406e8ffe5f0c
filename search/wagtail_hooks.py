"""What `search` adds to Wagtail's admin: one registration a concern."""

from wagtail import hooks

from search.synonyms.admin import SynonymViewSet
from search.upkeep.panel import addresses, menu_item

hooks.register("register_admin_viewset", SynonymViewSet)
hooks.register("register_reports_menu_item", menu_item)
hooks.register("register_admin_urls", addresses)

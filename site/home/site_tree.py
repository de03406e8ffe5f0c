"""The pages without which the site is not one: languages, home pages, lists of teams, plain pages.

What is there is left as it is, so that this can run at each start of a new version and editors keep their texts.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from wagtail.models import Collection, Locale, Page, Site

from cases.models import TeamIndexPage
from cases.workflow.install import ensure_workflow
from home.models import HomePage, PlainPage

P = TypeVar("P", bound=Page)
FOLDER: Path = settings.PROJECT / "fixtures" / "pages"
SOURCE_LANGUAGE = "en"
TEAMS_SLUG = "teams"
PORTS = {"http": 80, "https": 443}


@transaction.atomic
def ensure_site_tree(contact: str = "") -> Site:
    """Make what is missing of the site's own pages and return the site, which now answers at `settings.SITE_URL`.

    `contact` becomes the address at the foot of the pages where none was given yet. Running it again changes nothing.
    """
    texts = json.loads((FOLDER / "tree.json").read_text(encoding="utf-8"))
    homes = _homes(_locales(), texts["home"])
    if contact:
        HomePage.objects.filter(pk=homes[SOURCE_LANGUAGE].pk, contact="").update(contact=contact)
    site = _site(homes[SOURCE_LANGUAGE])
    _remove_welcome_pages()
    _team_indexes(homes, texts["teams"])
    for record in texts["plain"]:
        _plain_page(homes[SOURCE_LANGUAGE], record)
    ensure_workflow()
    return site


def _locales() -> dict[str, Locale]:
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}


def _homes(locales: dict[str, Locale], texts: dict[str, Any]) -> dict[str, HomePage]:
    """The home page by language; each that is missing is made a translation of the English one."""
    homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    root = _root(locales[SOURCE_LANGUAGE])
    for code in [SOURCE_LANGUAGE, *locales]:
        if code not in homes:
            home = HomePage(locale=locales[code], slug=code, **texts[code])
            if code != SOURCE_LANGUAGE:
                home.translation_key = homes[SOURCE_LANGUAGE].translation_key
            homes[code] = _publish(root, home)
    return homes


def _root(locale: Locale) -> Page:
    """The root of all pages. Wagtail's first migration makes it and that of the files; an emptied database has none."""
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    root = Page.get_first_root_node()
    return root if root is not None else Page.add_root(title="Root", slug="root", locale=locale)


def _team_indexes(homes: dict[str, HomePage], titles: dict[str, str]) -> None:
    indexes = {page.locale.language_code: page for page in TeamIndexPage.objects.select_related("locale")}
    for code in [SOURCE_LANGUAGE, *homes]:
        if code not in indexes:
            page = TeamIndexPage(locale=homes[code].locale, slug=TEAMS_SLUG, title=titles[code])
            if code != SOURCE_LANGUAGE:
                page.translation_key = indexes[SOURCE_LANGUAGE].translation_key
            indexes[code] = _publish(homes[code], page)


def _plain_page(home: HomePage, record: dict[str, Any]) -> None:
    if not Page.objects.child_of(home).filter(slug=record["slug"]).exists():
        body = (FOLDER / f"{record['slug']}.html").read_text(encoding="utf-8")
        _publish(home, PlainPage(locale=home.locale, body=body, show_in_menus=True, **record))


def _publish(parent: Page, page: P) -> P:
    """Put `page` below `parent`, read afresh because its count of children changes, and publish it."""
    page.live = False
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _site(home: HomePage) -> Site:
    """The default site, at the host and port of `SITE_URL`, with the English home page as its root."""
    address = urlsplit(settings.SITE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or PORTS.get(address.scheme, PORTS["http"])
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.root_page = home
    site.save()
    return site


def _remove_welcome_pages() -> None:
    """Delete the page that greets whoever installs Wagtail: the only kind of page that has no model of its own."""
    for page in Page.objects.exact_type(Page).filter(depth=2, numchild=0):
        page.delete()

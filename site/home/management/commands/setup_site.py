"""Make the pages that every site has."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from home.models import HomePage
from home.site_tree import ensure_site_tree
from search.synonyms.loading import load_synonyms


class Command(BaseCommand):
    """Bring languages, home pages, lists of teams, plain pages and synonyms into being; again, it changes nothing."""

    help = "Make what is missing of the site's own pages, in every language. What editors wrote is left as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--contact", default="", help="A role mailbox to show at the foot of every page.")

    def handle(self, *args: Any, contact: str, **options: Any) -> None:
        if contact:
            try:
                validate_email(contact)
            except ValidationError:
                raise CommandError(f"--contact {contact!r}: this is not an e-mail address.") from None
        site = ensure_site_tree(contact)
        load_synonyms()
        self.stdout.write(f"The site answers at {site.root_url}/.")
        if not HomePage.objects.exclude(contact="").exists():
            self.stdout.write("No page shows whom to write to: give an address with --contact.")

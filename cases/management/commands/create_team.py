"""Make a country team with its pages, groups and collection."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.teams import TeamError, create_team, find_countries


class Command(BaseCommand):
    """Everything a team needs is made at once, or nothing is."""

    help = "Make a country team: its pages in every language, its groups, its collection of pictures and files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="ISO 3166-1 alpha-3 code in small letters, such as ken, or “international”.")
        parser.add_argument("--name", required=True, help="The team's name.")
        parser.add_argument(
            "--countries", nargs="*", default=[], metavar="ISO3", help="Codes of its countries, in any case."
        )
        parser.add_argument("--contact", default="", help="A role mailbox that the public may see.")

    def handle(self, *args: Any, **options: Any) -> None:
        codes = [code for value in options["countries"] for code in value.split(",") if code]
        try:
            team = create_team(options["code"], options["name"], find_countries(codes), options["contact"])
        except TeamError as error:
            raise CommandError(f"Nothing was made. {error}") from error
        groups = " and ".join(team.group_names)
        self.stdout.write(f"Team {team.code} is made, with the groups {groups}.")

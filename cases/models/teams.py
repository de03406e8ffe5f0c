"""Country teams and the pages under which their entries live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Collection

from cases.members.locks import ArchivedWithTeam
from cases.models.terms import Term
from core.models import BasePage

if TYPE_CHECKING:
    from django.db.models import QuerySet

INTERNATIONAL = "international"
ISO3_LENGTH = 3
INTRO_FEATURES = ["bold", "italic", "link", "ul", "ol"]


class CountryTeam(models.Model):
    """The people of one country (or of several) who write entries; each has one page in every language."""

    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z]+(-[a-z]+)*$")],
        help_text=_("ISO 3166-1 alpha-3 in lower case, or “international”."),
    )
    name = models.CharField(_("name"), max_length=120)
    countries = models.ManyToManyField(Term, verbose_name=_("countries"), blank=True, related_name="+")
    contact = models.EmailField(
        _("contact"), blank=True, help_text=_("A role mailbox, shown in public. Never a person's own address.")
    )
    collection = models.OneToOneField(
        Collection, verbose_name=_("files"), on_delete=models.PROTECT, related_name="country_team", null=True
    )
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    class Meta:
        verbose_name = _("country team")
        verbose_name_plural = _("country teams")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def reference_code(self) -> str:
        """The middle part of references: the ISO code in capitals, INT for teams that are no single country."""
        return self.code.upper() if len(self.code) == ISO3_LENGTH else "INT"

    @property
    def group_names(self) -> tuple[str, str]:
        """Names of the groups of experts and of leads."""
        return f"team:{self.code}", f"team-lead:{self.code}"

    def groups(self) -> QuerySet[Group]:
        """The team's groups of accounts."""
        return Group.objects.filter(name__in=self.group_names)


class TeamIndexPage(BasePage):
    """The parent of all team pages of one language: `/{lang}/teams/`."""

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["cases.CountryTeamPage"]
    template = "cases/team_index_page.html"

    class Meta:
        verbose_name = _("list of teams")


class CountryTeamPage(ArchivedWithTeam, BasePage):
    """One team's page in one language; its entries are its children."""

    team = models.ForeignKey(CountryTeam, on_delete=models.PROTECT, related_name="pages")
    introduction = RichTextField(_("introduction"), blank=True, features=INTRO_FEATURES)

    is_moderated = True  # asked when an entry is made below it
    parent_page_types = ["cases.TeamIndexPage"]
    subpage_types = ["cases.CaseStudyPage", "cases.MethodPage"]
    template = "cases/country_team_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("team page")

    @classmethod
    def can_create_at(cls, parent: Any) -> bool:
        """Team pages come with their team (see `cases.teams.create_team`), not by hand."""
        return False

    def permissions_for_user(self, user: Any) -> Any:
        """What this person may do with the page in the admin."""
        from cases.workflow.permissions import TeamPagePermissionTester

        return TeamPagePermissionTester(user, self)

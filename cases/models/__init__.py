"""The case repository's models, one concept a file."""

from cases.concerns.models import Concern
from cases.desk.bulk.models import BulkGroup, BulkItem
from cases.models.account_requests import AccountRequest
from cases.models.case_studies import CaseStudyPage, MethodLink, OfficialUse, Partnership, QualityScore
from cases.models.entries import EntryPage
from cases.models.entry_rows import Attachment, EntryTag, EntryTerm, Source, StageLevel, Tag
from cases.models.findings import FileReading, Finding, LinkResult
from cases.models.methods import MethodPage, QualityCheck, Step
from cases.models.organisations import Organisation
from cases.models.progress import Progress
from cases.models.proposals import TermProposal
from cases.models.references import ReferenceCounter
from cases.models.teams import CountryTeam, CountryTeamPage, TeamIndexPage
from cases.models.terms import Term, TermQuerySet, TermsVersion
from cases.review_dates.models import ReviewDate
from cases.versions.models import PublishedVersion
from cases.workflow.models import Clearance, EditorTask, EthicsTask, Submission

__all__ = [
    "AccountRequest",
    "Attachment",
    "BulkGroup",
    "BulkItem",
    "CaseStudyPage",
    "Clearance",
    "Concern",
    "CountryTeam",
    "CountryTeamPage",
    "EditorTask",
    "EntryPage",
    "EntryTag",
    "EntryTerm",
    "EthicsTask",
    "FileReading",
    "Finding",
    "LinkResult",
    "MethodLink",
    "MethodPage",
    "OfficialUse",
    "Organisation",
    "Partnership",
    "Progress",
    "PublishedVersion",
    "QualityCheck",
    "QualityScore",
    "ReferenceCounter",
    "ReviewDate",
    "Source",
    "StageLevel",
    "Step",
    "Submission",
    "Tag",
    "TeamIndexPage",
    "Term",
    "TermProposal",
    "TermQuerySet",
    "TermsVersion",
]

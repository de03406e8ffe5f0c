"""The fields of a case study, one concern a file; `CaseStudyPage` only puts them together."""

from cases.models.parts.conduct import ConductMixin
from cases.models.parts.ethics import EthicsMixin
from cases.models.parts.scope import ScopeMixin
from cases.models.parts.text import TextMixin
from cases.models.parts.use import UseMixin

__all__ = ["ConductMixin", "EthicsMixin", "ScopeMixin", "TextMixin", "UseMixin"]

"""What can be wrong with vocabulary files and with changes to terms."""

from __future__ import annotations

from dataclasses import dataclass


class TermChangeError(ValueError):
    """A change of terms that is refused; its text is for the editor who asked for it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: where it stands, what it is, what may stand there."""

    file: str
    record: str
    field: str
    found: str
    allowed: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.file, self.record, self.field) if part)
        allowed = f"; allowed: {self.allowed}" if self.allowed else ""
        return f"{place}: {self.found}{allowed}"


class VocabularyFilesError(ValueError):
    """Files that cannot be loaded; nothing was."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems

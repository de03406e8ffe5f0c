"""Vocabulary files, read and checked as a whole before anything of them is used."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from cases.vocabularies.errors import Problem, VocabularyFilesError
from cases.vocabularies.registry import VOCABULARIES, Vocabulary

Key = tuple[str, str]
FOLDER: Path = settings.PROJECT / "fixtures" / "vocabularies"
CODE_LENGTH = 80
SHOWN = 60
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COMMON_KEYS = frozenset({"code", "label", "description", "labels", "label_status"})
_PARENT_KEYS: Mapping[str, str] = {"m49_regions": "parent", "countries": "regions"}


@dataclass(frozen=True, slots=True)
class Record:
    """One term as its file tells it."""

    vocabulary: str
    code: str
    order: int
    labels: dict[str, str]
    descriptions: dict[str, str]
    draft_languages: list[str]
    parent: Key | None
    facts: dict[str, Any]

    @property
    def key(self) -> Key:
        return (self.vocabulary, self.code)


def read_files(folder: Path = FOLDER) -> list[Record]:
    """Read every vocabulary of `folder`.

    Raises `VocabularyFilesError` with everything that is wrong, each by file, record, field and allowed values.
    """
    reading = _Reading()
    reading.check_names(folder)
    for vocabulary in VOCABULARIES.values():
        path = folder / f"{vocabulary.name}.json"
        if path.exists():
            reading.read(path, vocabulary)
    if not reading.problems:  # else a record that could not be read would look like an unknown parent
        reading.check_parents()
    if reading.problems:
        raise VocabularyFilesError(reading.problems)
    return reading.records


@dataclass(slots=True)
class _Reading:
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    chains: dict[Key, list[str]] = field(default_factory=dict)

    def check_names(self, folder: Path) -> None:
        found = {path.stem for path in folder.glob("*.json")}
        for name in sorted(VOCABULARIES.keys() - found):
            self.problems.append(Problem(f"{name}.json", "", "", f"is missing in {folder}", "a JSON list of terms"))
        for name in sorted(found - VOCABULARIES.keys()):
            allowed = ", ".join(sorted(VOCABULARIES))
            self.problems.append(Problem(f"{name}.json", "", "", "is no known vocabulary", allowed))

    def read(self, path: Path, vocabulary: Vocabulary) -> None:
        try:
            entries = json.loads(path.read_text(encoding="utf-8"))
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            self.problems.append(Problem(path.name, "", "", f"is not JSON ({error})", "a JSON list of terms"))
            return
        if not isinstance(entries, list):
            self.problems.append(Problem(path.name, "", "", f"holds {_shown(entries)}", "a JSON list of terms"))
            return
        codes: set[str] = set()
        for order, entry in enumerate(entries, start=1):
            self.read_entry(path.name, vocabulary, order, entry, codes)

    def read_entry(self, file: str, vocabulary: Vocabulary, order: int, entry: Any, codes: set[str]) -> None:
        code = entry.get("code") if isinstance(entry, dict) else None
        place = f"record {order}" if not isinstance(code, str) else f"record {order} “{code}”"
        if not isinstance(entry, dict):
            self.problems.append(Problem(file, place, "", _shown(entry), "an object with the keys of a term"))
            return
        problems = [Problem(file, place, *rest) for rest in _entry_problems(vocabulary, entry, codes)]
        self.problems += problems
        codes.add(str(code))
        if not problems:
            self.records.append(self.record(vocabulary, order, entry))

    def record(self, vocabulary: Vocabulary, order: int, entry: dict[str, Any]) -> Record:
        labels = {"en": entry["label"], **entry.get("labels", {})}
        key = (vocabulary.name, entry["code"])
        chain = _chain(vocabulary, entry)
        if chain:
            self.chains[key] = chain
        return Record(
            vocabulary=vocabulary.name,
            code=entry["code"],
            order=order,
            labels=labels,
            descriptions={"en": entry["description"]} if entry.get("description") else {},
            draft_languages=sorted(entry.get("labels", {})) if "label_status" in entry else [],
            parent=(vocabulary.parents, chain[-1]) if chain else None,
            facts={fact.name: entry[fact.name] for fact in vocabulary.facts},
        )

    def check_parents(self) -> None:
        parents = {record.key: record.parent for record in self.records}
        for key, chain in self.chains.items():
            vocabulary = VOCABULARIES[key[0]]
            where = (f"{key[0]}.json", f"“{key[1]}”", _PARENT_KEYS[key[0]])
            unknown = [code for code in chain if (vocabulary.parents, code) not in parents]
            if unknown:
                allowed = ", ".join(code for name, code in parents if name == vocabulary.parents)
                self.problems.append(Problem(*where, f"names {', '.join(map(_shown, unknown))}", allowed))
            elif (above := _above(key, parents)) is None:
                self.problems.append(Problem(*where, "stands under itself", "a parent that is not below it"))
            elif key[0] != vocabulary.parents and chain != above:
                self.problems.append(Problem(*where, f"is {' > '.join(chain)}", " > ".join(above)))


def _chain(vocabulary: Vocabulary, entry: dict[str, Any]) -> list[str]:
    """The codes above, highest first: a region names its parent only, a country the whole way."""
    value = entry.get(_PARENT_KEYS.get(vocabulary.name, ""))
    return value if isinstance(value, list) else [value] if value else []


def _above(key: Key, parents: Mapping[Key, Key | None]) -> list[str] | None:
    """The codes above `key`, highest first and without the world; None when they go in a circle."""
    above: list[str] = []
    parent = parents[key]
    while parent is not None:
        if parent == key or len(above) > len(parents):
            return None
        above.insert(0, parent[1])
        parent = parents.get(parent)
    return above[1:] if above and above[0] == "world" else above


def _entry_problems(vocabulary: Vocabulary, entry: dict[str, Any], codes: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield field, what was found, what is allowed."""
    yield from _key_problems(vocabulary, entry)
    yield from _code_problems(vocabulary, entry, codes)
    yield from _text_problems(entry)
    yield from _label_problems(entry)
    yield from _parent_problems(vocabulary, entry)
    for fact in vocabulary.facts:
        if fact.name in entry and not fact.accepts(entry[fact.name]):
            yield fact.name, f"is {_shown(entry[fact.name])}", fact.allowed


def _key_problems(vocabulary: Vocabulary, entry: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    required = {"code", "label", *(fact.name for fact in vocabulary.facts)}
    if vocabulary.name in _PARENT_KEYS:
        required.add(_PARENT_KEYS[vocabulary.name])
    known = required | _COMMON_KEYS | vocabulary.file_only
    for name in sorted(entry.keys() - known):
        yield name, "is no known key", ", ".join(sorted(known))
    allowed = {fact.name: fact.allowed for fact in vocabulary.facts}
    for name in sorted(required - entry.keys()):
        yield name, "is missing", allowed.get(name, "a value")


def _code_problems(vocabulary: Vocabulary, entry: dict[str, Any], codes: set[str]) -> Iterator[tuple[str, str, str]]:
    code = entry.get("code")
    if "code" in entry and not (isinstance(code, str) and len(code) <= CODE_LENGTH and _CODE.fullmatch(code)):
        yield "code", f"is {_shown(code)}", f"a-z, 0-9 and single hyphens, at most {CODE_LENGTH} characters"
    elif code in codes:
        yield "code", f"is {_shown(code)} for the second time", "a code that no other record of the file has"
    elif vocabulary.name == "countries" and code != str(entry.get("iso3", "")).lower():
        yield "code", f"is {_shown(code)}", "the value of iso3 in small letters"


def _text_problems(entry: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    if "label" in entry and not _is_text(entry["label"]):
        yield "label", f"is {_shown(entry['label'])}", "text that is not empty"
    if not isinstance(entry.get("description", ""), str):
        yield "description", f"is {_shown(entry['description'])}", "text"
    if "label_status" in entry and entry["label_status"] != "draft":
        yield "label_status", f"is {_shown(entry['label_status'])}", "draft, or no such key"


def _label_problems(entry: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    labels = entry.get("labels", {})
    languages = [code for code, _name in settings.LANGUAGES if code != "en"]
    if not isinstance(labels, dict):
        yield "labels", f"is {_shown(labels)}", f"an object with labels by language ({', '.join(languages)})"
        return
    for language, text in labels.items():
        if language not in languages:
            yield "labels", f"names the language {_shown(language)}", ", ".join(languages)
        elif not _is_text(text):
            yield f"labels.{language}", f"is {_shown(text)}", "text that is not empty"


def _parent_problems(vocabulary: Vocabulary, entry: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    name = _PARENT_KEYS.get(vocabulary.name)
    if name is None or name not in entry:
        return
    value = entry[name]
    if name == "parent" and not (value is None or _is_text(value)):
        yield name, f"is {_shown(value)}", "the code of a region, or null"
    if name == "regions" and not (isinstance(value, list) and value and all(_is_text(code) for code in value)):
        yield name, f"is {_shown(value)}", "a list of the codes of regions, the widest first"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."

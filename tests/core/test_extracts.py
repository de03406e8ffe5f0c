"""Reading uploaded files: what they carry is told, hostile ones are refused with a reason and harm nothing."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from pypdf import PdfWriter

from core.extracts import Limits, Mark, Part, Table, Text, read
from tests.factories.files import picture_bytes

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"


def packed(**members: bytes | str) -> bytes:
    """A zip file; `__` stands for a slash and `_dot_` for a point."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return output.getvalue()


def docx(body: str, **more: str) -> bytes:
    document = f'<w:document xmlns:w="{WORD}"><w:body><w:p>{body}</w:p></w:body></w:document>'
    return packed(word__document_dot_xml=document, **more)


def xlsx() -> bytes:
    book = Workbook()
    book.properties.creator = "Alice Author"
    sheet = book.active
    sheet.append(["name", "phone"])
    sheet.append(["x", "0722456781"])
    sheet["A2"].comment = Comment("call her", "Bob")
    book.create_sheet("kept back").sheet_state = "hidden"
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def pdf(password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": "Carl Writer"})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def parts(folder: Path, name: str, content: bytes, limits: Limits | None = None) -> list[Part]:
    path = folder / name
    path.write_bytes(content)
    return read(path, name, limits)


def signs(found: list[Part]) -> set[tuple[str, str]]:
    return {(part.sign, part.text) for part in found if isinstance(part, Mark)}


def texts(found: list[Part]) -> str:
    return " ".join(part.text for part in found if isinstance(part, Text))


def test_a_word_file_tells_text_authors_comments_and_changes(tmp_path: Path) -> None:
    change = '<w:ins w:author="Dora Editor"><w:r><w:t>!</w:t></w:r></w:ins>'
    body = f"<w:r><w:t>Call 0722 </w:t></w:r><w:r><w:t>456 781</w:t></w:r>{change}"
    comment = '<w:comment w:author="Bob"><w:p><w:t>Ask Jane</w:t></w:p></w:comment>'
    comments = f'<w:comments xmlns:w="{WORD}">{comment}</w:comments>'
    core = f'<p:coreProperties xmlns:p="{CORE}" xmlns:dc="dc"><dc:creator>Alice Author</dc:creator></p:coreProperties>'
    found = parts(tmp_path, "a.docx", docx(body, word__comments_dot_xml=comments, docProps__core_dot_xml=core))
    assert "Call 0722 456 781" in texts(found)
    assert signs(found) == {("author", "Alice Author"), ("comment", "Ask Jane"), ("change", "Dora Editor")}


def test_a_workbook_tells_cells_comments_and_hidden_sheets(tmp_path: Path) -> None:
    found = parts(tmp_path, "a.xlsx", xlsx())
    assert signs(found) == {("author", "Alice Author"), ("comment", "call her"), ("hidden", "sheet")}
    tables = [part.rows for part in found if isinstance(part, Table)]
    assert tables == [[["name", "phone"], ["x", "0722456781"]], []]


def test_files_in_an_archive_are_read_and_pictures_tell_their_place(tmp_path: Path) -> None:
    content = packed(in__a_dot_xlsx=xlsx(), p_dot_jpg=picture_bytes(), t_dot_txt="hello", x_dot_exe=b"MZ")
    found = parts(tmp_path, "a.zip", content)
    assert "hello" in texts(found)
    assert {("picture", "position"), ("author", "Alice Author"), ("unreadable", "format")} <= signs(found)
    assert {dict(part.where).get("member") for part in found} == {"in/a.xlsx", "p.jpg", "t.txt", "x.exe"}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("scan.pdf", pdf(), "no-text"),
        ("locked.pdf", pdf("secret"), "encrypted"),
        ("broken.pdf", b"%PDF-1.4 nonsense", "damaged"),
        ("broken.docx", b"PK\x03\x04zzz", "damaged"),
        ("locked.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "encrypted"),
        ("other.docx", packed(hello_dot_txt="no word here"), "damaged"),
        ("entities.docx", packed(word__document_dot_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "damaged"),
        ("bomb.zip", packed(a_dot_txt=b"0" * 160_000_000), "too-large"),
        ("many.zip", packed(**{f"f{n}_dot_txt": "x" for n in range(2_100)}), "too-many"),
        ("deep.zip", packed(a_dot_zip=packed(a_dot_zip=packed(a_dot_zip=packed(a_dot_zip=packed(a_dot_txt="x"))))),
         "too-deep"),
        ("deep.json", b"[" * 100_000, "damaged"),
        ("program.exe", b"MZ", "format"),
        ("empty.xlsx", b"", "damaged"),
    ],
)  # fmt: skip
def test_hostile_files_are_refused_with_a_reason(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    assert ("unreadable", code) in signs(parts(tmp_path, name, content))


def test_a_file_that_costs_too_much_is_given_up(tmp_path: Path) -> None:
    content = packed(a_dot_txt=random.Random(1).randbytes(60_000_000))
    limits = Limits(size=100_000_000, memory=90_000_000)
    assert signs(parts(tmp_path, "a.zip", content, limits)) <= {
        ("unreadable", "too-large"),
        ("unreadable", "too-costly"),
    }


@pytest.mark.parametrize("seed", range(6))
def test_files_with_wrong_bytes_never_stop_the_reader(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for name, content in {"a.xlsx": xlsx(), "a.docx": docx("<w:r><w:t>x</w:t></w:r>"), "a.pdf": pdf()}.items():
        wrong = bytearray(content)
        for _ in range(20):
            wrong[chance.randrange(len(wrong))] = chance.randrange(256)
        assert isinstance(parts(tmp_path, name, bytes(wrong)), list)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables_in_any_usual_encoding_and_separator(tmp_path: Path, encoding: str) -> None:
    (table,) = parts(tmp_path, "a.csv", "prénom;âge\nZoé;31\n".encode(encoding))
    assert isinstance(table, Table)
    assert table.rows == [["prénom", "âge"], ["Zoé", "31"]]

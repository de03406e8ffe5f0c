"""What may not stand in public templates and style sheets."""

import pytest

from tools import templates

PUBLIC = [
    ("<script>go()</script>", "inline script"),
    ('<script type="module">go()</script>', "inline script"),
    ('<style media="print">p {}</style>', "inline style"),
    ('<p class="a" style="color: red">', "inline style"),
    ('<button\n  onclick="go()">', "inline event handler"),
    ('<img alt="" src="https://elsewhere.example/a.png">', "something from another host"),
    ("<link rel=stylesheet href='//elsewhere.example/a.css'>", "something from another host"),
]
STYLES = [
    ("p { margin-left: 1em }", "a physical side"),
    ("p { padding-top: 1em; }", "a physical side"),
    ("p { border-bottom-width: 1px; }", "a physical side"),
    ("p {\n  left: 0;\n}", "a physical side"),
    ("p { text-align: right }", "a physical alignment"),
    ("p { background: url(https://elsewhere.example/a.png) }", "something from another host"),
    ('@import "//elsewhere.example/a.css";', "something from another host"),
]
FINE = [
    '<script src="/static/a.js" defer></script>',
    '<script type="application/ld+json">{}</script>',
    '<a href="https://elsewhere.example/">a link is no loading</a>',
    '<p data-style="none" class="on">once="twice" {% if a %}on{% endif %}</p>',
    "p { margin-inline-start: 1em; inset-block-end: 0; text-align: start; --left: 0; border-start-start-radius: 2px }",
    "p { background: url(a.svg) }",
]


@pytest.fixture
def faults(tmp_path, monkeypatch):
    """A function: the names of the rules that a text breaks."""
    monkeypatch.setattr(templates, "PROJECT", tmp_path)

    def broken(text, rules):
        (tmp_path / "file").write_text(text)
        return list(templates.rule_faults(tmp_path / "file", rules))

    return broken


@pytest.mark.parametrize(("text", "rule"), PUBLIC)
def test_a_public_template_is_refused(faults, text, rule):
    assert [fault.split(": ")[1] for fault in faults(text, templates.PUBLIC_RULES)] == [rule]


@pytest.mark.parametrize(("text", "rule"), STYLES)
def test_a_style_sheet_is_refused(faults, text, rule):
    assert [fault.split(": ")[1].split(";")[0] for fault in faults(text, templates.STYLE_RULES)] == [rule]


@pytest.mark.parametrize("text", FINE)
def test_what_is_fine_passes(faults, text):
    assert faults(text, templates.PUBLIC_RULES | templates.STYLE_RULES) == []


def test_a_fault_names_file_and_line(faults):
    assert faults("p {}\n\np { left: 0 }", templates.STYLE_RULES)[0].startswith("file:3: ")

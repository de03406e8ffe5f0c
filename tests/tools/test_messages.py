"""The catalogue tool, run as a command in a small project of its own."""

import gettext
import shutil
import subprocess
import sys

import pytest
from babel.messages.pofile import read_po, write_po

from config.env import PROJECT

TEMPLATE = """{% load i18n %}
<p>{% translate "Home" %} it's {{ _("About") }}</p>
    {% blocktranslate count n=total trimmed %}One case{% plural %}
      {{ n }} cases{% endblocktranslate %}
"""
CODE = """
label = pgettext_lazy("month", "May"), _(
    "Signed in as "
    "%(name)s"
)
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "cases" / "migrations").mkdir(parents=True)
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    (tmp_path / "cases" / "views.py").write_text(CODE)
    (tmp_path / "cases" / "migrations" / "0001_initial.py").write_text('_("only history")')
    (tmp_path / "tools").mkdir()
    shutil.copy(PROJECT / "tools" / "messages.py", tmp_path / "tools")
    return tmp_path


def run(project, command):
    return subprocess.run(
        [sys.executable, "tools/messages.py", command], cwd=project, capture_output=True, text=True, check=False
    )


def french(project):
    return project / "locale" / "fr" / "LC_MESSAGES" / "django.po"


def translate(project, text, translation):
    """Fill in the empty translation that follows `text` in the French catalogue."""
    before, after = french(project).read_text().split(f'"{text}"\n', 1)
    head, empty, tail = after.partition('""\n')
    assert empty
    french(project).write_text(f'{before}"{text}"\n{head}"{translation}"\n{tail}')


def translate_the_rest(project):
    """Give every message without a translation its own text as one, in every form of every language."""
    for path in (project / "locale").glob("*/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parts[-3])
        for message in [message for message in catalogue if message.id and not any(message.string)]:
            forms = (message.id[-1],) * catalogue.num_plurals
            message.string = forms if message.pluralizable else message.id
        with path.open("wb") as file:
            write_po(file, catalogue)


def test_update_finds_marked_strings_of_code_and_templates_and_check_agrees(project):
    assert run(project, "update").returncode == 0

    catalogue = french(project).read_text()
    for text in ("Home", "About", "One case", "%(n)s cases", "May", "Signed in as %(name)s"):
        assert f'"{text}"' in catalogue
    assert "only history" not in catalogue
    translate_the_rest(project)
    assert run(project, "check").stderr == ""


def test_a_second_update_changes_nothing_and_keeps_translations(project):
    run(project, "update")
    translate(project, "Home", "Accueil")
    run(project, "update")
    first = french(project).read_text()
    run(project, "update")

    assert "Accueil" in first
    assert french(project).read_text() == first


def test_check_names_a_new_and_a_vanished_string(project):
    run(project, "update")
    (project / "cases" / "views.py").write_text(CODE.replace("May", "June"))

    result = run(project, "check")

    assert result.returncode == 1
    assert "fr/LC_MESSAGES/django.po: missing, run `make messages`: ('June', 'month')" in result.stderr
    assert "zh_Hans/LC_MESSAGES/django.po: no longer used, run `make messages`: ('May', 'month')" in result.stderr


def test_check_names_what_is_not_translated_or_uncertain(project):
    run(project, "update")
    translate(project, "Home", "Accueil")
    text = french(project).read_text()
    french(project).write_text(text.replace('msgid "Home"', '#, fuzzy\nmsgid "Home"'))

    result = run(project, "check")

    assert result.returncode == 1
    assert "fr/LC_MESSAGES/django.po: 'Home': is marked as uncertain" in result.stderr
    assert "fr/LC_MESSAGES/django.po: 'About': is not translated" in result.stderr
    assert "ar/LC_MESSAGES/django.po: ('One case', '%(n)s cases'): is not translated" in result.stderr


@pytest.mark.parametrize(("translation", "fault"), [("Bonjour", "lost"), ("%(name)s %(nom)s", "unknown")])
def test_check_finds_a_broken_placeholder(project, translation, fault):
    run(project, "update")
    translate(project, "Signed in as %(name)s", translation)

    result = run(project, "check")

    assert result.returncode == 1
    assert f"{fault} placeholder" in result.stderr


def test_check_names_a_catalogue_that_cannot_be_read(project):
    run(project, "update")
    french(project).write_text("no catalogue\n")

    result = run(project, "check")

    assert result.returncode == 1
    assert "fr/LC_MESSAGES/django.po: cannot be read" in result.stderr
    assert "Traceback" not in result.stderr


def test_compiled_catalogues_hold_what_is_translated_and_fall_back_for_the_rest(project):
    run(project, "update")
    translate(project, "Home", "Accueil")

    assert run(project, "compile").returncode == 0

    with french(project).with_suffix(".mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("Home") == "Accueil"
    assert catalogue.gettext("About") == "About"
    assert catalogue.ngettext("One case", "%(n)s cases", 0) == "%(n)s cases"

"""The editors' admin of vocabularies, through its pages."""

from __future__ import annotations

import json

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from wagtail.log_actions import registry as log_registry

import pytest

from cases.models import Organisation, Term

ROOT = "/admin/vocabularies/"


def user_with(*codenames):
    name = "-".join(codenames) or "nobody"
    user = get_user_model().objects.create_user(email=f"{name}@example.org", password="a long password")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    return user


@pytest.fixture
def editor(client, db):
    client.force_login(user_with("add_term", "change_term", "view_term"))
    return client


@pytest.fixture
def reader(client, db):
    client.force_login(user_with("view_term"))
    return client


def form_data(term, **changes):
    """What the form of `term` sends when nothing is touched, with changes."""
    data = {f"label_{language}": text for language, text in term.labels.items()}
    data |= {"description": term.descriptions.get("en", "")}
    data |= {f"fact_{name}": value for name, value in term.facts.items() if value not in (None, False)}
    if term.parent_id:
        data["parent"] = term.parent_id
    return data | changes


def actions(term):
    return [entry.action for entry in log_registry.get_logs_for_instance(term)]


def test_the_overview_counts_what_is_there(editor, loaded):
    page = editor.get(ROOT).content.decode()
    assert "Sustainable Development Goals" in page
    assert "Vocabularies" in editor.get("/admin/").content.decode()
    assert f"{ROOT}terms/?vocabulary=themes" in page


@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        ("q=EGALITE", "equality-non-discrimination", "indigenous-rights"),
        ("q=肯尼亚", "countries: ken", "countries: uga"),
        ("q=sdg-04", "sdgs: sdg-04", "sdgs: sdg-05"),
        ("vocabulary=sdgs", "sdgs: sdg-17", "themes: "),
        ("vocabulary=sdgs&draft=any", "No terms match", "sdgs: sdg-17"),
        ("vocabulary=themes&draft=fr", "themes: gender-equality", "No terms match"),
        ("vocabulary=themes&state=retired", "No terms match", "themes: gender-equality"),
        ("vocabulary=nonsense&p=99&draft=xx&ordering=zz", "", "Traceback"),
    ],
)
def test_terms_are_searched_and_filtered(editor, loaded, query, there, absent):
    response = editor.get(f"{ROOT}terms/?{query}")
    page = response.content.decode()
    assert response.status_code == 200
    assert there in page
    assert absent not in page


def test_labels_stand_side_by_side_with_their_status_in_words(editor, make):
    make(
        "health", labels={"en": "Health", "fr": "Santé", "es": "Salud"}, draft_languages=["fr"], edited_languages=["es"]
    )
    page = editor.get(f"{ROOT}terms/?vocabulary=themes").content.decode()
    assert page.index("Santé") < page.index(">Draft<") < page.index("Salud") < page.index(">Confirmed<")
    assert page.count(">Missing<") == 3


def test_confirming_a_label_takes_the_draft_mark_away_and_protects_it(editor, get):
    term = get("themes", "gender-equality")
    editor.post(f"{ROOT}terms/{term.pk}/", form_data(term, confirm_fr="on", label_es="Otra"))
    term.refresh_from_db()
    assert "fr" not in term.draft_languages
    assert "es" in term.draft_languages
    assert term.edited_languages == ["es", "fr"]
    assert term.labels["es"] == "Otra"
    assert "otra" in term.search_text
    assert actions(term) == ["wagtail.edit"]


def test_saving_an_untouched_form_changes_nothing(editor, loaded):
    for vocabulary in ("themes", "countries", "participation_levels", "rights_instruments", "m49_regions"):
        term = Term.objects.filter(vocabulary=vocabulary).last()
        before = Term.objects.filter(pk=term.pk).values().get()
        assert editor.post(f"{ROOT}terms/{term.pk}/", form_data(term)).status_code == 302
        assert Term.objects.filter(pk=term.pk).values().get() == before


def test_errors_stand_in_the_form_and_nothing_is_saved(editor, get):
    term = get("official_use", "none")
    response = editor.post(f"{ROOT}terms/{term.pk}/", form_data(term, label_en="", fact_rank="9", confirm_da="on"))
    errors = response.context["form"].errors
    assert response.status_code == 200
    assert set(errors) == {"label_en", "fact_rank", "label_da"}
    assert get("official_use", "none").facts == {"rank": 0}


def test_a_region_moves_under_another_and_circles_are_refused(editor, get):
    ken, africa, europe = get("countries", "ken"), get("m49_regions", "africa"), get("m49_regions", "europe")
    editor.post(f"{ROOT}terms/{ken.pk}/", form_data(ken, parent=europe.pk))
    assert get("countries", "ken").parent == europe
    assert get("countries", "ken").edited_fields == ["parent"]
    below = get("m49_regions", "eastern-africa")
    response = editor.post(f"{ROOT}terms/{africa.pk}/", form_data(africa, parent=below.pk))
    assert "stands below it" in str(response.context["form"].errors["parent"])
    assert get("m49_regions", "africa").parent.code == "world"


def test_a_term_is_added_at_the_end_with_its_facts(editor, loaded):
    assert "In which vocabulary?" in editor.get(f"{ROOT}terms/new/").content.decode()
    url = f"{ROOT}terms/new/?vocabulary=official_use"
    assert editor.get(url).status_code == 200
    data = {
        "code": "court-ruling",
        "label_en": "Court ruling",
        "label_fr": "Arrêt",
        "label_da": "Dom",
        "confirm_da": "on",
    }
    response = editor.post(url, data | {"fact_rank": "6", "description": "Cited by a court."})
    term = Term.objects.get(code="court-ruling")
    assert response.status_code == 302
    assert (term.vocabulary, term.order, term.facts) == ("official_use", 18, {"rank": 6})
    assert (term.draft_languages, term.descriptions) == (["fr"], {"en": "Cited by a court."})
    assert actions(term) == ["wagtail.create"]


@pytest.mark.parametrize("code", ["Not Kebab", "a--b", "gender-equality", ""])
def test_a_code_must_be_kebab_case_and_new(editor, loaded, code):
    response = editor.post(f"{ROOT}terms/new/?vocabulary=themes", {"code": code, "label_en": "X"})
    assert response.status_code == 200
    assert "code" in response.context["form"].errors
    assert Term.objects.filter(vocabulary="themes").count() == 42


def test_retire_and_bring_back(editor, make):
    term = make("theme")
    url = f"{ROOT}terms/{term.pk}/retire/"
    assert "can no longer choose it" in editor.get(url).content.decode()
    for action, retired in (("retire", True), ("retire", True), ("unretire", False)):
        editor.post(url, {"action": action})
        term.refresh_from_db()
        assert term.retired is retired
    assert actions(term) == ["cases.term.unretire", "cases.term.retire"]


def test_a_merge_is_shown_before_it_happens(editor, make):
    source, into = (
        make("ngos", "organisation_types"),
        make("ngo", "organisation_types", labels={"en": "Ngo", "fr": "Société"}),
    )
    Organisation.objects.create(name="One", type=source)
    url = f"{ROOT}terms/{source.pk}/merge/"
    assert [term.pk for term in editor.get(f"{url}?q=societe").context["candidates"]] == [into.pk]
    assert editor.get(f"{url}?q=nothing").context["candidates"] == []
    page = editor.get(f"{url}?into={into.pk}")
    assert page.context["plan"] == [("organisations: type", 1, 0)]
    assert Organisation.objects.get().type == source
    editor.post(url, {"into": into.pk})
    assert Organisation.objects.get().type == into
    assert actions(source) == ["cases.term.merge"]
    assert "Merged into “ngo”" in editor.get(f"{ROOT}terms/{source.pk}/history/").content.decode()


@pytest.mark.parametrize("into", ["", "x", "99999999", "9" * 40, "-1", "self"])
def test_a_merge_without_a_sensible_target_is_refused_with_a_message(editor, make, into):
    term = make("theme")
    value = str(term.pk) if into == "self" else into
    url = f"{ROOT}terms/{term.pk}/merge/"
    assert editor.get(url, {"into": value}).status_code == 200
    response = editor.post(url, {"into": value}, follow=True)
    assert response.status_code == 200
    assert [str(message) for message in response.context["messages"]]
    term.refresh_from_db()
    assert not term.retired


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"up": "c"}, "acbd"),
        ({"down": "a"}, "bacd"),
        ({"up": "a"}, "abcd"),
        ({"down": "zzz"}, "abcd"),
        ({"position-d": "1"}, "dabc"),
        ({"position-a": "3"}, "bcad"),
        ({"position-a": "x", "position-b": "-4", "position-c": "999"}, "abdc"),
        ({}, "abcd"),
    ],
)
def test_the_order_is_changed_without_javascript(editor, make, data, expected):
    for order, code in enumerate("abcd", start=1):
        make(code, order=order)
    response = editor.post(f"{ROOT}order/themes/", data, follow=True)
    assert response.status_code == 200
    assert "".join(Term.objects.order_by("order").values_list("code", flat=True)) == expected


def test_there_is_no_address_for_deleting(client, make, admin_user):
    client.force_login(admin_user)
    term = make("theme")
    with pytest.raises(NoReverseMatch):
        reverse("terms:delete", args=[term.pk])
    assert client.post(f"{ROOT}terms/{term.pk}/delete/", follow=True).status_code == 404
    assert "Delete" not in client.get(f"{ROOT}terms/{term.pk}/").content.decode()


def test_who_may_only_view_sees_and_cannot_change(reader, make):
    term, other = make("theme"), make("other")
    page = reader.get(f"{ROOT}terms/{term.pk}/").content.decode()
    assert "You may look at this term, not change it." in page
    assert "Merge into another term" not in page
    assert "Change order" not in reader.get(ROOT).content.decode()
    assert reader.get(f"{ROOT}terms/").status_code == 200
    refused = [
        (f"terms/{term.pk}/", form_data(term, label_en="Changed")),
        (f"terms/{term.pk}/retire/", {"action": "retire"}),
        (f"terms/{term.pk}/merge/", {"into": other.pk}),
        ("terms/new/?vocabulary=themes", {"code": "x", "label_en": "X"}),
        ("order/themes/", {"up": "other"}),
    ]
    before = list(Term.objects.values())
    for path, data in refused:
        response = reader.post(ROOT + path, data)
        assert response.status_code in {302, 403}, path
        assert response.status_code == 403 or response.url == reverse("wagtailadmin_home"), path
    assert list(Term.objects.values()) == before


@pytest.mark.parametrize(("role", "status"), [("Editors", 200), ("Reviewers", 302), ("Ethics moderators", 302)])
def test_editors_change_vocabularies_and_other_roles_look(client, make, role, status):
    user = get_user_model().objects.create_user(email="member@example.org", password="a long password")
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    term = make("theme")
    assert client.get(f"{ROOT}terms/{term.pk}/").status_code == 200
    assert client.get(f"{ROOT}terms/{term.pk}/retire/").status_code == status


@pytest.mark.parametrize("path", ["", "terms/", "terms/new/?vocabulary=themes", "order/themes/"])
def test_who_has_no_permission_sees_nothing(client, make, path):
    client.force_login(user_with())
    make("theme", labels={"en": "Secret theme"})
    assert "Secret theme" not in client.get(ROOT + path, follow=True).content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "",
        "terms/?vocabulary=themes",
        "order/themes/",
        "terms/{pk}/",
        "terms/{pk}/merge/",
        "terms/{pk}/merge/?into={into}",
    ],
)
def test_queries_do_not_grow_with_rows(editor, make, path):
    kinds = [make(f"theme-{n}", order=n) for n in range(5)]
    url = ROOT + path.format(pk=kinds[0].pk, into=kinds[1].pk)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert editor.get(url).status_code == 200
        return len(captured)

    queries()  # content types and the like are read once per process
    few = queries()
    for n in range(5, 50):
        make(
            f"theme-{n}",
            order=n,
            retired_at="2026-01-01T00:00Z" if n % 3 else None,
            successor=kinds[2] if n % 3 else None,
        )
    assert queries() == few


def test_data_of_a_merge_is_kept_in_the_log(editor, make):
    source, into = make("a"), make("b")
    editor.post(f"{ROOT}terms/{source.pk}/merge/", {"into": into.pk})
    entry = log_registry.get_logs_for_instance(source).get()
    assert json.loads(json.dumps(entry.data)) == {"into": "b", "rewritten": {}, "dropped": {}}

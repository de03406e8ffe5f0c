"""A withdrawn entry leaves tombstones at each of its addresses, and nothing else."""

from __future__ import annotations

from django.test import Client

import pytest

from accounts.models import User
from cases.models import CaseStudyPage
from core import withdrawals
from core.models import Withdrawal
from tests.factories.entries import make_case, publish, translate

pytestmark = pytest.mark.usefixtures("repository")


def withdraw(case: CaseStudyPage, **options: object) -> Withdrawal:
    return withdrawals.withdraw(case, reason="risk-to-people", reference=case.reference, **options)


def test_every_address_answers_gone_with_reference_and_reason_and_no_content(client: Client) -> None:
    case = make_case(title="Water points", slug="water", problem="<p>Wells ran dry.</p>")
    translate(case, "fr", title="Points d'eau")
    addresses = ["/en/teams/ken/water/", "/fr/teams/ken/water/", f"/r/{case.reference}/"]
    assert [client.get(address, follow=True).status_code for address in addresses] == [200, 200, 200]
    withdraw(case, public_reason="The community asked for it.")
    for address in addresses:
        response = client.get(address)
        text = response.content.decode()
        assert response.status_code == 410, address
        assert case.reference in text
        assert "The community asked for it." in text
        assert "Wells" not in text
        assert "Water points" not in text
        assert "risk-to-people" not in text


def test_the_internal_reason_and_the_person_are_kept() -> None:
    person = User.objects.create_user("lead@example.org")
    withdrawal = withdraw(make_case(), by=person)
    assert (withdrawal.reason, withdrawal.withdrawn_by) == ("risk-to-people", person)


def test_unknown_addresses_stay_not_found(client: Client) -> None:
    withdraw(make_case())
    assert client.get("/en/teams/ken/never-was/").status_code == 404


def test_a_missing_page_costs_one_query_more(client: Client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(30) as queries:
        client.get("/en/teams/ken/never-was/")
    asked = [query for query in queries.captured_queries if "core_withdrawnaddress" in query["sql"]]
    assert len(asked) == 1


def test_a_restored_entry_stays_unpublished_until_somebody_publishes_it(client: Client) -> None:
    case = make_case(slug="water")
    withdrawals.restore(withdraw(case))
    assert client.get("/en/teams/ken/water/").status_code == 404
    publish(CaseStudyPage.objects.get(pk=case.pk))
    assert client.get("/en/teams/ken/water/").status_code == 200


@pytest.mark.parametrize("live", [True, False])
def test_what_is_not_public_cannot_be_withdrawn(live: bool) -> None:
    case = make_case(live=live)
    if live:
        withdraw(case)
    with pytest.raises(withdrawals.NotWithdrawableError):
        withdraw(CaseStudyPage.objects.get(pk=case.pk))
    assert Withdrawal.objects.count() == int(live)

"""What would be: a problem with one thing changed, beside the one that is."""

from copy import deepcopy

from communitas.allocation.rules.supposing import suppose
from tests.allocation.problems import MONDAY, TUESDAY, Json, host, problem, reviewer


def two_hosts() -> Json:
    hosts = [host("A", dates=[MONDAY, TUESDAY]), host("B", dates=[MONDAY, TUESDAY])]
    return problem(hosts, [reviewer("Rafi")], pinned=[{"host": "B", "date": TUESDAY}])


def test_another_limit_changes_the_settings_alone_and_the_problem_stays_as_it_is() -> None:
    document = two_hosts()
    before = deepcopy(document)

    other = suppose(document, {"kind": "travel", "km": 90})

    assert other["settings"]["max_distance_km"] == 90
    assert {name: part for name, part in other.items() if name != "settings"} == {
        name: part for name, part in before.items() if name != "settings"
    }
    assert document == before


def test_with_one_date_fewer_the_last_one_goes_unless_it_is_pinned() -> None:
    other = suppose(two_hosts(), {"kind": "dates"})

    assert [one["dates"] for one in other["hosts"]] == [[MONDAY], [MONDAY, TUESDAY]]


def test_a_new_lead_reviewer_leads_beside_what_they_did() -> None:
    other = suppose(two_hosts(), {"kind": "lead", "reviewer": "Rafi"})

    assert other["reviewers"][0]["levels"] == ["lead", "reviewer"]

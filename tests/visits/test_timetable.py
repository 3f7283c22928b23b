from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.visits import actions, queries
from communitas.visits.models import TimetableTemplate, TimetableVersion
from communitas.visits.rules.timetable import Row, read_rows
from tests import factories
from tests.cast import NOW, World

TEA = Row("", "Tea", 30, "10:00")
QUERIES = 12


def at(name: str, *args: object) -> str:
    return path_of("hearth", f"visits:{name}", *args)


def lines(*rows: dict[str, str], act: str = "save", seen: int = 0) -> dict[str, Any]:
    data = {f"{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
    return {**data, "lines": str(len(rows)), "seen": str(seen), "act": act}


def test_a_planned_visit_has_its_own_copy_of_the_offices_template(world: World) -> None:
    TimetableTemplate.objects.create(
        network=world.network, pathway="peer_review", form="on_site", rows=[{"id": "x", "what": "Tea", "minutes": 30}],
        changed_at=NOW,
    )  # fmt: skip
    enrolment = factories.make_enrolment(world.cycle, world.elm)

    visit = actions.plan(enrolment=enrolment, on=None, by=world.cora, at=NOW)

    timetable = queries.timetable_of(visit)
    assert (timetable.number, [line.row.what for line in timetable.lines]) == (1, ["Tea"])


def test_every_version_stays_and_nobody_writes_over_a_newer_one(world: World) -> None:
    first = actions.change_timetable(visit=world.visit, rows=[TEA], seen=0, by=world.lena, at=NOW)
    with pytest.raises(NotAllowed, match="Lena changed the timetable"):
        actions.change_timetable(visit=world.visit, rows=[], seen=0, by=world.ludo, at=NOW)
    assert first is not None
    same = actions.change_timetable(visit=world.visit, rows=read_rows(first.rows), seen=1, by=world.ludo, at=NOW)
    actions.restart_timetable(visit=world.visit, by=world.ludo, at=NOW)

    assert same is None
    assert [version.number for version in queries.versions_of(world.visit)] == [2, 1]
    with pytest.raises(DatabaseError), transaction.atomic():
        TimetableVersion.objects.update(rows=[])


def test_the_timetable_stands_still_after_the_visit(world: World) -> None:
    world.visit.state = "held"

    with pytest.raises(NotAllowed, match="until the visit took place"):
        actions.change_timetable(visit=world.visit, rows=[TEA], seen=0, by=world.lena, at=NOW)


def test_host_and_lead_reviewer_change_it_through_the_page(world: World, client: Client) -> None:
    change = at("change_timetable", world.visit.pk)
    world.sign_in(client, world.lena).post(change, lines({"what": "Tea", "minutes": "30", "start": "10:00"}))
    world.sign_in(client, world.ludo)
    refused = client.post(change, lines({"what": "Coffee", "minutes": "30"}))
    client.post(change, lines({"what": "Coffee", "minutes": "30"}, seen=1))

    version = queries.version_of(world.visit)
    assert refused.status_code == 422
    assert "Lena changed the timetable" in refused.content.decode()
    assert "Coffee" in refused.content.decode()
    assert version is not None
    assert (version.number, version.by, version.rows[0]["what"]) == (2, world.ludo, "Coffee")


@pytest.mark.parametrize(
    ("act", "names"),
    [
        ("add", ["One", "Two", ""]),
        ("down-0", ["Two", "One"]),
        ("up-1", ["Two", "One"]),
        ("out-0", ["Two"]),
        ("up-9", ["One", "Two"]),
    ],
)
def test_buttons_move_lines_and_keep_nothing(world: World, client: Client, act: str, names: list[str]) -> None:
    rows = ({"what": "One", "minutes": "5"}, {"what": "Two", "minutes": "5"})

    page = world.sign_in(client, world.lena).post(at("change_timetable", world.visit.pk), lines(*rows, act=act))

    assert [form["what"].value() or "" for form in page.context["forms"]] == names
    assert queries.version_of(world.visit) is None


@pytest.mark.parametrize(
    "row", [{"what": "", "minutes": "30"}, {"what": "Tea", "minutes": "x"}, {"what": "Tea", "minutes": "0"}]
)
def test_a_line_that_cannot_be_kept_says_so_and_stays(world: World, client: Client, row: dict[str, str]) -> None:
    page = world.sign_in(client, world.lena).post(at("change_timetable", world.visit.pk), lines(row))

    assert (page.status_code, queries.version_of(world.visit)) == (422, None)
    assert "Line 1" in page.content.decode()


@pytest.mark.parametrize(
    "data", [{"lines": "9" * 30, "act": "save"}, {"lines": "-1", "act": "up-"}, {"act": "away-1", "lines": "1"}]
)
def test_strange_input_changes_nothing(world: World, client: Client, data: dict[str, str]) -> None:
    page = world.sign_in(client, world.lena).post(at("change_timetable", world.visit.pk), data)

    assert page.status_code in {200, 302, 422}


def test_what_is_new_since_somebody_last_looked_is_marked_for_them_alone(world: World, client: Client) -> None:
    actions.change_timetable(visit=world.visit, rows=[TEA], seen=0, by=world.lena, at=NOW)
    world.sign_in(client, world.rafi).post(at("timetable_read", world.visit.pk))
    more = [Row("v1-0", "Tea", 30, "10:00"), Row("", "Tour", 30)]
    actions.change_timetable(visit=world.visit, rows=more, seen=1, by=world.lena, at=NOW)

    page = client.get(at("timetable", world.visit.pk))

    shown = page.context["timetable"]
    assert (shown.unread, [line.changed for line in shown.lines]) == (True, ["", "new"])
    assert "Changed since you last looked" in page.content.decode()
    client.post(at("timetable_read", world.visit.pk))
    assert "Changed since you last looked" not in client.get(at("timetable", world.visit.pk)).content.decode()


def test_whoever_changes_it_has_seen_it(world: World) -> None:
    actions.change_timetable(visit=world.visit, rows=[TEA], seen=0, by=world.lena, at=NOW)
    actions.change_timetable(visit=world.visit, rows=[TEA, TEA], seen=1, by=world.ludo, at=NOW)

    unread = [queries.timetable_of(world.visit, who).unread for who in (world.ludo, world.lena)]
    assert unread == [False, True]


def test_clashes_are_shown_to_those_who_can_mend_them(world: World, client: Client) -> None:
    rows = [Row("", "Meeting", 60, "10:00"), Row("", "Tour", 30, "10:30")]
    actions.change_timetable(visit=world.visit, rows=rows, seen=0, by=world.lena, at=NOW)

    for person, seen in ((world.lena, True), (world.mina, False)):
        text = world.sign_in(client, person).get(at("timetable", world.visit.pk)).content.decode()
        assert ("overlaps with" in text) is seen


def test_the_printed_timetable_is_one_tagged_page(world: World, client: Client) -> None:
    response = world.sign_in(client, world.rafi).get(at("timetable_pdf", world.visit.pk))

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert response.content.count(b"/Type /Page\n") + response.content.count(b"/Type/Page/") <= 1


@pytest.mark.parametrize("versions", [1, 3])
def test_the_page_takes_the_same_queries_for_many_versions(
    world: World, client: Client, versions: int, django_assert_num_queries: Any
) -> None:
    for number in range(versions):
        row = Row("", f"Tea {number}", 30)
        actions.change_timetable(visit=world.visit, rows=[row], seen=number, by=world.lena, at=NOW)
    world.sign_in(client, world.ludo)

    with django_assert_num_queries(QUERIES):
        client.get(at("timetable", world.visit.pk))


def test_the_office_writes_templates_and_colleagues_do_not_overwrite_each_other(world: World, client: Client) -> None:
    address = at("change_template", "accreditation", "virtual")
    world.sign_in(client, world.cora)

    first = client.post(address, lines({"what": "Tea", "minutes": "30"}))
    second = client.post(address, lines({"what": "Coffee", "minutes": "30"}))

    assert (first.status_code, second.status_code) == (302, 422)
    assert [one.rows[0]["what"] for one in TimetableTemplate.objects.filter(network=world.network)] == ["Tea"]
    assert client.get(at("change_template", "nothing", "virtual")).status_code == 404

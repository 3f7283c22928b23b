"""The office's screens."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from communitas.kit.addresses import path_of
from communitas.kit.models import ImportRun, Proposal
from communitas.standards import actions, queries
from communitas.standards.models import Edition, Lineage, StandardSet
from tests import factories
from tests.cast import NOW, World

TABLE = b"code,statement,level\n1.1,People agree.,1\n1.1,People agree again.,9\n"


def at(name: str, *args: object) -> str:
    return path_of("hearth", f"standards:{name}", *args)


def test_office_adds_a_set_and_begins_an_edition(world: World, client: Client) -> None:
    world.sign_in(client, world.cora)

    client.post(at("set_add"), {"name": "Outreach", "slug": "outreach"})
    made = StandardSet.objects.get(slug="outreach")
    response = client.post(at("edition_add", made.pk), {"number": 1, "title": "Outreach standards", "copy_of": ""})

    edition = Edition.objects.get(standard_set=made)
    assert response["Location"] == at("draft", edition.pk)
    assert "Nothing in this edition yet" in client.get(response["Location"]).content.decode()


def test_address_in_use_is_said_beside_the_form(world: World, client: Client, hearth_set: StandardSet) -> None:
    world.sign_in(client, world.cora)

    response = client.post(at("set_add"), {"name": "Again", "slug": "living"})

    assert response.status_code == 422
    assert "Another set has this address" in response.content.decode()


def test_criterion_form_saves_and_comes_back_to_its_place(world: World, client: Client, small: Edition) -> None:
    world.sign_in(client, world.cora)
    section = small.sections.all()[1]
    given = {"code": "2.9", "statement": "Nights are staffed.", "level": 1, "section": section.pk, "layer": "core"}

    response = client.post(at("criterion_add", small.pk, section.pk), given | {"standard": "C"})

    row = small.criteria.get(code="2.9")
    assert response["Location"] == f"{at('draft', small.pk)}#c{row.pk}"
    assert row.standard is not None
    assert row.standard.title == "C"


def test_criterion_form_shows_its_errors(world: World, client: Client, small: Edition) -> None:
    world.sign_in(client, world.cora)
    row = small.criteria.get(code="1.1")

    response = client.post(at("criterion_edit", small.pk, row.pk), {"code": "1.2", "statement": ""})

    assert response.status_code == 422
    assert small.criteria.filter(code="1.1").exists()


def test_buttons_move_remove_and_undo(world: World, client: Client, small: Edition) -> None:
    world.sign_in(client, world.cora)
    before = queries.edition_data(small)
    row = small.criteria.get(code="1.2")

    client.post(at("move", small.pk), {"move": f"criterion:{row.pk}:up"})
    assert [c.code for c in queries.edition_data(small).criteria()][:2] == ["1.2", "1.1"]
    client.post(at("remove", small.pk, "criterion", row.pk))
    assert not small.criteria.filter(code="1.2").exists()
    client.post(at("undo", small.pk))
    client.post(at("undo", small.pk))

    assert queries.edition_data(small) == before


def test_reading_an_office_page_changes_nothing(world: World, client: Client, small: Edition) -> None:
    world.sign_in(client, world.cora)
    row = small.criteria.get(code="1.2")

    assert client.get(at("remove", small.pk, "criterion", row.pk)).status_code == 200
    assert client.get(at("undo", small.pk)).status_code == 405
    assert small.criteria.filter(code="1.2").exists()


def test_two_people_publish_in_the_browser(world: World, client: Client, small: Edition) -> None:
    world.sign_in(client, world.cora)
    client.post(at("propose", small.pk))
    proposal = Proposal.objects.get()
    assert "You cannot confirm your own proposal" in client.get(at("publication", small.pk)).content.decode()

    world.sign_in(client, world.cyrus)
    client.post(path_of("hearth", "web:settle", proposal.pk), {"confirm": "1"})

    small.refresh_from_db()
    assert small.state == "published"
    assert "A published edition never changes" in client.get(at("draft", small.pk)).content.decode()


def test_draft_page_names_what_is_missing(world: World, client: Client, second: Edition) -> None:
    world.sign_in(client, world.cora)

    assert "The lineage to edition 1 has not been confirmed." in client.get(at("draft", second.pk)).content.decode()


def test_links_are_confirmed_one_by_one_with_and_without_htmx(world: World, client: Client, second: Edition) -> None:
    actions.propose_lineage(edition=second, by=world.cora, at=NOW)
    world.sign_in(client, world.cora)
    links = list(Lineage.objects.filter(edition=second, kind="reworded")[:2])

    plain = client.post(at("lineage_confirm", second.pk, links[0].pk), {"same": "yes", "back": "kind=reworded"})
    part = client.post(at("lineage_confirm", second.pk, links[1].pk), {"same": "no"}, headers={"HX-Request": "true"})

    assert plain["Location"] == f"{at('lineage', second.pk)}?kind=reworded#link-{links[0].pk}"
    assert f'id="link-{links[1].pk}"' in part.content.decode()
    assert [Lineage.objects.get(pk=link.pk).same_meaning for link in links] == [True, False]


def test_lineage_list_is_filtered_by_kind_state_and_words(world: World, client: Client, second: Edition) -> None:
    actions.propose_lineage(edition=second, by=world.cora, at=NOW)
    actions.confirm_unchanged(edition=second, by=world.cora, at=NOW)
    world.sign_in(client, world.cora)

    def count(query: str) -> int:
        return client.get(at("lineage", second.pk) + query).content.decode().count('class="link"')

    rows = queries.link_rows(second.pk)
    assert count("") == len(rows)
    assert count("?state=waiting") == sum(row.confirmed_at is None for row in rows)
    assert count("?kind=unchanged") == sum(row.link.kind == "unchanged" for row in rows)
    assert count("?q=zzzz") == 0


def test_link_is_corrected_by_codes(world: World, client: Client, second: Edition) -> None:
    actions.propose_lineage(edition=second, by=world.cora, at=NOW)
    world.sign_in(client, world.cora)
    link = Lineage.objects.filter(edition=second, kind="withdrawn").first()
    assert link is not None
    older = link.older.get()
    newer = second.criteria.filter(ancestry__kind="new").first()
    assert newer is not None
    given = {"older": older.code, "newer": newer.code, "kind": "reworded", "same_meaning": "no"}

    wrong = client.post(at("lineage_correct", second.pk, link.pk), given | {"newer": "99.9"})
    client.post(at("lineage_correct", second.pk, link.pk), given)

    assert "There is no criterion 99.9" in wrong.content.decode()
    made = Lineage.objects.get(edition=second, newer=newer)
    assert (made.kind, made.older.get(), made.confirmed_by) == ("reworded", older, world.cora)


def test_file_is_checked_mapped_and_imported_without_its_bad_row(
    world: World, client: Client, hearth_set: StandardSet
) -> None:
    world.sign_in(client, world.cora)
    upload = SimpleUploadedFile("table.csv", TABLE)

    started = client.post(at("import_start"), {"standard_set": hearth_set.pk, "file": upload})
    run = ImportRun.objects.get()
    assert started["Location"] == at("import", run.pk)
    text = client.get(started["Location"]).content.decode()
    assert "This code stands in row 2 too." in text
    assert "Import the rest, without 1 row" in text
    refused = client.post(at("import_finish", run.pk))
    assert refused["Location"] == at("import", run.pk)
    done = client.post(at("import_finish", run.pk), {"accept_rest": "1"})

    edition = Edition.objects.get(standard_set=hearth_set)
    assert done["Location"] == at("draft", edition.pk)
    assert "Undo this import?" in client.get(at("import", run.pk)).content.decode()
    client.post(at("import_undo", run.pk))
    assert not Edition.objects.filter(standard_set=hearth_set).exists()


def test_columns_are_mapped_in_the_browser(world: World, client: Client, hearth_set: StandardSet) -> None:
    world.sign_in(client, world.cora)
    upload = SimpleUploadedFile("t.csv", b"Ours;What we ask;Weight\n1.1;People agree.;1\n")
    client.post(at("import_start"), {"standard_set": hearth_set.pk, "file": upload})
    run = ImportRun.objects.get()

    twice = client.post(at("import", run.pk), {"column_0": "code", "column_1": "code", "column_2": "level"})
    good = {"column_0": "code", "column_1": "statement", "column_2": "level", "title": "Ours", "number": "3"}
    client.post(at("import", run.pk), good)

    assert twice.status_code == 422
    prepared = queries.prepare(ImportRun.objects.get())
    assert prepared.edition is not None
    assert (prepared.edition.title, prepared.edition.number) == ("Ours", 3)
    assert "Import as a draft" in client.get(at("import", run.pk)).content.decode()


def test_import_of_another_network_does_not_exist(world: World, client: Client) -> None:
    twin_set = StandardSet.objects.get(network=world.twin.network)
    run = actions.start_import(
        network=world.twin.network, standard_set=twin_set, content=TABLE, name="t.csv", by=world.tess, at=NOW
    )
    world.sign_in(client, world.cora)

    assert client.get(at("import", run.pk)).status_code == 404
    own = {"standard_set": twin_set.pk, "file": SimpleUploadedFile("t.csv", TABLE)}
    assert client.post(at("import_start"), own).status_code == 422


def test_draft_page_takes_a_constant_number_of_queries(
    world: World, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    world.sign_in(client, world.cora)
    for number, size in ((8, 1), (9, 3)):
        edition = factories.make_edition(world.network, number=number, sections=size, criteria=size, published=False)

        with django_assert_num_queries(21):
            client.get(at("draft", edition.pk))

"""Pages that everybody reads."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from communitas.kit.addresses import path_of
from communitas.kit.tabular import read_yaml
from communitas.standards import actions, queries
from communitas.standards.models import Edition
from communitas.standards.rules.importing_yaml import edition_from_yaml
from tests import factories
from tests.cast import NOW, World
from tests.standards.conftest import edition_data, links


def page(client: Client, name: str, *args: object, query: str = "", **headers: str) -> str:
    response = client.get(path_of("hearth", f"standards:{name}", *args) + query, headers=headers)
    assert response.status_code == 200
    return str(response.content.decode())


def status(client: Client, name: str, *args: object, slug: str = "hearth") -> int:
    return int(client.get(path_of(slug, f"standards:{name}", *args)).status_code)


def test_anybody_reads_a_published_edition_without_signing_in(client: Client, first: Edition) -> None:
    text = page(client, "edition", "living", 1)

    for criterion in edition_data(1).criteria():
        assert f'id="{criterion.code}"' in text
    assert "Guidance and evidence" in text
    assert 'href="#section-3"' in text
    assert "Edit this draft" not in text


def test_draft_does_not_exist_for_anybody_but_the_office(
    client: Client, world: World, first: Edition, second: Edition
) -> None:
    addresses: list[tuple[str, *tuple[object, ...]]] = [
        ("edition", "living", 2),
        ("criterion", "living", 2, "1.1"),
        ("download", "living", 2, "csv"),
        ("compare", "living", 2, 1),
    ]

    for account in (None, world.lena, world.ludo, world.kit, world.ada, world.tess):
        if account:
            world.sign_in(client, account)
        assert [status(client, *address) for address in addresses] == [404, 404, 404, 404]
        assert "edition 2" not in page(client, "sets")
    world.sign_in(client, world.cora)
    assert [status(client, *address) for address in addresses] == [200, 200, 200, 200]
    assert "draft, only the office sees it" in page(client, "sets")


def test_edition_belongs_to_its_network(client: Client, first: Edition) -> None:
    assert status(client, "edition", "living", 1, slug="harbour") == 404
    assert status(client, "edition", "living", 9) == 404
    assert status(client, "criterion", "living", 1, "99.9") == 404
    assert status(client, "download", "living", 1, "pdf") == 404
    assert status(client, "compare", "living", 1, 1) == 404


def test_edition_is_narrowed_by_words_level_and_type(client: Client, world: World, first: Edition) -> None:
    data = edition_data(1)
    essential = [c.code for c in data.criteria() if c.level == 1]
    prison = [c.code for c in data.criteria() if c.applies_to_type("prison") and c.layer in {"core", "prison"}]

    def shown(query: str) -> list[str]:
        text = page(client, "edition", "living", 1, query=query)
        return [c.code for c in data.criteria() if f'id="{c.code}"' in text]

    assert shown("?level=1") == essential
    assert shown("?type=prison") == prison
    assert shown("?q=visitors%27+book") == ["1.2"]
    assert shown("?q=zzzz") == []
    assert shown("?level=7&type=nowhere") == [c.code for c in data.criteria()]


def test_filters_answer_with_the_list_alone_to_htmx(client: Client, first: Edition) -> None:
    text = page(client, "edition", "living", 1, query="?level=1", **{"HX-Request": "true"})

    assert text.lstrip().startswith('<div id="list"')


def test_criterion_has_a_page_of_its_own_by_code_or_key(client: Client, first: Edition) -> None:
    found = page(client, "criterion", "living", 1, "1.2")

    assert "A visitors&#x27; book is kept" in found
    assert 'href="/hearth/standards/living/1/#1.2"' in found
    assert page(client, "criterion", "living", 1, "visitors-book").count("<h1>") == 1


def test_two_editions_are_compared_word_by_word(client: Client, world: World, second: Edition) -> None:
    actions.record_lineage(edition=second, links=links(2), by=world.cora, at=NOW)
    actions.publish(edition=second, proposed_by=world.cora, by=world.cyrus, at=NOW)

    text = page(client, "compare", "living", 2, 1)

    assert "<ins><span" in text
    assert "<del><span" in text
    assert "found by comparing the texts" not in text
    assert "visitors-book" not in text
    assert page(client, "compare", "living", 2, 1, query="?kind=new").count('class="entry change"') == sum(
        link.kind == "new" for link in links(2)
    )


def test_editions_without_lineage_between_them_are_matched_by_text_and_say_so(
    client: Client, world: World, second: Edition
) -> None:
    world.sign_in(client, world.cora)

    assert "found by comparing the texts" in page(client, "compare", "living", 2, 1)


def test_downloads_can_be_imported_again(client: Client, first: Edition) -> None:
    response = client.get(path_of("hearth", "standards:download", "living", 1, "yaml"))

    assert response["Content-Disposition"] == 'attachment; filename="living-1.yaml"'
    assert edition_from_yaml(read_yaml(response.content, file="e.yaml"), file="e.yaml").value == edition_data(1)


@pytest.mark.parametrize(("sections", "criteria"), [(1, 1), (3, 3)])
def test_edition_page_takes_a_constant_number_of_queries(
    client: Client,
    world: World,
    django_assert_num_queries: DjangoAssertNumQueries,
    sections: int,
    criteria: int,
) -> None:
    factories.make_edition(world.network, number=7, sections=sections, criteria=criteria)
    path = path_of("hearth", "standards:edition", "standards", 7)

    with django_assert_num_queries(8):  # network, edition twice, types, and the content in four
        client.get(path)


def test_published_edition_is_read_from_memory_once_its_hash_fits(
    client: Client, first: Edition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(path_of("hearth", "standards:edition", "living", 1))

    with django_assert_num_queries(4):
        client.get(path_of("hearth", "standards:edition", "living", 1))


@pytest.mark.parametrize("editions", [1, 3])
def test_list_of_sets_takes_a_constant_number_of_queries(
    client: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries, editions: int
) -> None:
    for number in range(2, 2 + editions):
        factories.make_edition(world.network, number=number)

    with django_assert_num_queries(3):
        client.get(path_of("hearth", "standards:sets"))


@pytest.mark.parametrize(("sections", "criteria"), [(1, 1), (3, 3)])
def test_rows_of_criteria_take_a_constant_number_of_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries, sections: int, criteria: int
) -> None:
    edition = factories.make_edition(world.network, number=7, sections=sections, criteria=criteria)

    with django_assert_num_queries(2):
        found = queries.sections_of(edition.pk)
    with django_assert_num_queries(1):
        assert len(queries.by_key(edition.pk)) == sections * criteria
    with django_assert_num_queries(3):
        assert queries.applicable_sections(edition.pk, service_type="adult") == found


def test_community_scores_the_core_its_supplement_and_the_modules_it_chose(world: World, second: Edition) -> None:
    data = edition_data(2)

    for service_type, modules in (("prison", ()), ("adult", ("outreach",)), ("children", ())):
        rows = queries.applicable_sections(second.pk, service_type=service_type, modules=modules)

        expected = [c.key for c in data.applicable(service_type, frozenset(modules))]
        assert [row.key for section in rows for row in section.criteria] == expected

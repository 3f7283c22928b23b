"""No spreadsheet program runs what people wrote, and what was written comes back the same."""

import csv
import io
import re
import zipfile
from dataclasses import replace

import pytest
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.kit.tabular import read, tidy
from communitas.members.models import Community
from communitas.standards import queries
from communitas.standards.rules.exporting import edition_csv, edition_xlsx
from communitas.standards.rules.importing import edition_from_tables
from tests import factories
from tests.cast import World
from tests.security.payloads import FORMULAS

STARTS = re.compile(r"[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def _sheets(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if "worksheets" in name)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_downloads_every_name_as_text(world: World, client: Client, kind: str) -> None:
    for number, words in enumerate(FORMULAS):
        factories.make_community(world.network, f"F{number}", words)
    world.sign_in(client, world.cora)

    content = client.get(path_of("hearth", "members:communities") + f"?format={kind}").content

    if kind == "csv":
        cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]
        assert [cell for cell in cells if STARTS.match(cell.lstrip(' "\xa0\u200b\ufeff'))] == []
    else:
        assert not re.search(r"<f[ >]|<hyperlink", _sheets(content))
    back = {cell for sheet in read(content, file=f"x.{kind}").sheets for row in sheet.rows for cell in row.cells}
    assert {tidy(community.name) for community in Community.objects.filter(network=world.network)} <= back


@pytest.mark.parametrize("write", [edition_csv, edition_xlsx])
def test_an_edition_with_formulas_comes_back_the_same(world: World, write: object) -> None:
    assert callable(write)
    data = queries.edition_data(world.edition)
    words = [text for text in (" ".join(tidy(each).split()) for each in FORMULAS) if text]
    section = data.sections[0]
    criteria = tuple(
        replace(
            section.criteria[0], code=f"1.{number}", key=f"f-{number}", statement=text, guidance=text, evidence=text
        )
        for number, text in enumerate(words, start=1)
    )
    data = replace(data, sections=(replace(section, criteria=criteria),))

    content = write(data)

    assert not content.startswith(b"PK") or not re.search(r"<f[ >]|<hyperlink", _sheets(content))
    reading = read(content, file="e.xlsx" if content.startswith(b"PK") else "e.csv")
    edition = edition_from_tables(reading, file="e").value
    assert edition is not None
    assert edition.sections[0].criteria == criteria

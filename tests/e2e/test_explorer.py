"""Two analysts lock what may be published, and a resident compares the own community with the others."""

import pytest
from playwright.sync_api import expect

from communitas.members.models import RoleGrant
from tests.benchmarking.test_explorer import years
from tests.cast import World
from tests.e2e.conftest import Visitor
from tests.e2e.persons import Person, let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_cells_are_locked_by_two_and_a_resident_compares(world: World, visitor: Visitor) -> None:
    RoleGrant.objects.filter(account=world.dee, role="office").update(duties=["dpo", "mod", "safe", "ana"])
    cyrus, dee, mina = (Person(visitor()) for _ in range(3))
    for person, account in ((cyrus, world.cyrus), (dee, world.dee), (mina, world.mina)):
        let_in(person.watched, account)

    # An analyst declares; what cannot be read is said; the second analyst locks it for good.
    cyrus.go("benchmarking:lattice", world.cycle.pk)
    cyrus.main.get_by_label("By type of service and region").select_option("sections")
    cyrus.main.get_by_label("Places of each community").fill("NOWHERE 12")
    cyrus.press("Save the draft")
    cyrus.reads("NOWHERE 12")
    cyrus.main.get_by_label("Places of each community").fill("")
    cyrus.press("Save the draft")
    cyrus.press("Ask a second person to lock them")
    dee.go("web:second")
    dee.press("Confirm")
    cyrus.go("benchmarking:lattice", world.cycle.pk)
    cyrus.reads("Two analysts locked these cells")
    cyrus.look()

    # Nothing is released yet; then the resident chooses a section and a standard, and takes the drawing away.
    mina.go("benchmarking:explorer", world.lark.pk)
    mina.reads("Nothing to compare with yet")
    years(world, cycles=1)
    mina.go("benchmarking:explorer", world.lark.pk)
    mina.reads("All standards together", "Met over the cycles")
    title = world.edition.sections.all()[0].title
    mina.main.get_by_label("Section", exact=True).select_option(title)
    mina.press("Show")
    expect(mina.main.get_by_role("heading", level=1)).to_have_text(title)
    mina.look_everywhere()
    with mina.page.expect_download() as download:
        mina.main.get_by_role("link", name="Download the drawing (SVG)").first.click()
    assert download.value.suggested_filename.endswith(".svg")
    mina.main.get_by_role("table").last.get_by_role("link").first.click()
    mina.reads("How the marks are spread", "Read this standard in its edition")

"""Addresses of standards."""

from communitas.kit import files
from communitas.kit.models import ImportRun
from communitas.members.models import Network
from communitas.standards import policy
from communitas.standards.models import Edition, Lineage, Standard, StandardSet
from tests import factories
from tests.cast import NOW, Part, World
from tests.permissions.cases import Case, Target

TABLE = b"code,statement,level\n1.1,People agree.,1\n"


def make_draft(part: Part) -> Edition:
    found = Edition.objects.filter(standard_set__network=part.network, number=2).first()
    return found or factories.make_edition(part.network, number=2, published=False)


def a_set(world: World, part: Part) -> Target:
    return Target(StandardSet.objects.get(network=part.network).pk)


def draft(world: World, part: Part) -> Target:
    return Target(make_draft(part).pk)


def published(world: World, part: Part) -> Target:
    return Target(part.edition.pk)


def value(world: World, part: Part) -> Target:
    edition = make_draft(part)
    return Target(edition.pk, edition.values.create(position=1, title="Hope").pk)


def layer(world: World, part: Part) -> Target:
    edition = make_draft(part)
    return Target(edition.pk, edition.layers.get().pk)


def section(world: World, part: Part) -> Target:
    edition = make_draft(part)
    return Target(edition.pk, edition.sections.all()[0].pk)


def heading(world: World, part: Part) -> Target:
    edition = make_draft(part)
    return Target(edition.pk, Standard.objects.filter(section__edition=edition)[0].pk)


def criterion(world: World, part: Part) -> Target:
    edition = make_draft(part)
    return Target(edition.pk, edition.criteria.all()[0].pk)


def removal(world: World, part: Part) -> Target:
    edition = make_draft(part)
    return Target(edition.pk, "criterion", edition.criteria.all()[0].pk)


def link(world: World, part: Part) -> Target:
    edition = make_draft(part)
    made = Lineage.objects.create(edition=edition, kind="new")
    made.newer.add(edition.criteria.all()[0])
    return Target(edition.pk, made.pk)


def run(world: World, part: Part) -> Target:
    kept = files.put(tenant=part.network.tenant, content=TABLE, name="table.csv", media_type="text/csv", at=NOW)
    target = str(StandardSet.objects.get(network=part.network).pk)
    made = ImportRun.objects.create(
        tenant=part.network.tenant, kind="edition", file=kept, by=world.cora, at=NOW, target=target
    )
    return Target(made.pk)


def page_of(world: World, part: Part) -> Target:
    return Target("standards", 1)


def page_of_draft(world: World, part: Part) -> Target:
    """In a set whose address no other network has, so that the address names one draft alone."""
    own = StandardSet.objects.create(network=part.network, name="Own", slug=f"own-{part.network.slug}")
    Edition.objects.create(standard_set=own, number=1, title="Own")
    return Target(own.slug, 1)


def page_of_criterion(world: World, part: Part) -> Target:
    return Target("standards", 1, "1.1")


def two_editions(world: World, part: Part) -> Target:
    edition = make_draft(part)
    Edition.objects.filter(pk=edition.pk).update(state="published", content_hash="1" * 64, predecessor=part.edition)
    return Target("standards", 2, 1)


def a_file(world: World, part: Part) -> Target:
    return Target("standards", 1, "csv")


def first_moves(target: Target) -> dict[str, str]:
    return {"move": f"section:{Edition.objects.get(pk=target.args[0]).sections.all()[0].pk}:down"}


REASON = {"reason": "There is a mistake in it."}
BOTH = ("GET", "POST")
CASES = [
    Case("standards:sets", row="edition.read_published", public=True),
    Case("standards:edition", row="edition.read_published", of=[page_of], public=True),
    Case("standards:edition", row="edition.read_draft", of=[page_of_draft], public=True),
    Case("standards:criterion", row="edition.read_published", of=[page_of_criterion], public=True),
    Case("standards:compare", row="edition.read_published", of=[two_editions], public=True),
    Case("standards:download", row="edition.read_published", of=[a_file], public=True),
    Case("standards:set_add", row="edition.edit_draft", methods=BOTH, data={"name": "New", "slug": "new"}),
    Case("standards:edition_add", row="edition.edit_draft", of=[a_set], methods=BOTH),
    Case("standards:import_start", row="edition.import", methods=BOTH),
    Case("standards:import", row="edition.import", of=[run]),
    Case("standards:import_finish", row="edition.import", of=[run], methods=("POST",)),
    Case("standards:import_leave", row="edition.import", of=[run], methods=("POST",)),
    Case("standards:import_undo", row="edition.import", of=[run], methods=("POST",)),
    Case("standards:draft", row="edition.read_draft", of=[draft, published]),
    Case("standards:parts", row="edition.read_draft", of=[draft]),
    Case("standards:facts", row="edition.edit_draft", of=[draft], methods=BOTH),
    Case("standards:scale", row="edition.edit_draft", of=[draft], methods=BOTH, data={"words": "yes\nno"}),
    Case("standards:value_add", row="edition.edit_draft", of=[draft], methods=BOTH, data={"title": "Hope"}),
    Case("standards:value", row="edition.edit_draft", of=[value], methods=BOTH, data={"title": "Trust"}),
    Case("standards:layer_add", row="edition.edit_draft", of=[draft], methods=BOTH),
    Case("standards:layer", row="edition.edit_draft", of=[layer], methods=BOTH),
    Case("standards:section_add", row="edition.edit_draft", of=[draft], methods=BOTH, data={"title": "New"}),
    Case("standards:section", row="edition.edit_draft", of=[section], methods=BOTH, data={"title": "New"}),
    Case("standards:criterion_add", row="edition.edit_draft", of=[section], methods=BOTH),
    Case("standards:criterion_edit", row="edition.edit_draft", of=[criterion], methods=BOTH),
    Case("standards:standard", row="edition.edit_draft", of=[heading], methods=BOTH, data={"title": "New"}),
    Case("standards:move", row="edition.edit_draft", of=[draft], methods=("POST",), data=first_moves),
    Case("standards:remove", row="edition.edit_draft", of=[removal], methods=BOTH),
    Case("standards:undo", row="edition.edit_draft", of=[draft], methods=("POST",)),
    Case("standards:publication", row="edition.read_draft", of=[draft, published]),
    Case("standards:propose", row="edition.publish", of=[draft], methods=("POST",)),
    Case("standards:return", row="edition.publish", of=[draft], methods=("POST",), data=REASON),
    Case("standards:withdraw", row="edition.publish", of=[published], methods=BOTH, data=REASON),
    Case("standards:lineage", row="edition.read_draft", of=[draft]),
    Case("standards:lineage_match", row="lineage.confirm", of=[draft], methods=("POST",)),
    Case("standards:lineage_unchanged", row="lineage.confirm", of=[draft], methods=("POST",)),
    Case("standards:lineage_correct", row="lineage.confirm", of=[link], methods=BOTH),
    Case("standards:lineage_confirm", row="lineage.confirm", of=[link], methods=("POST",)),
]
PERMISSIONS = [
    (policy.read_published, Edition),
    (policy.read_draft, Edition),
    (policy.edit_draft, Edition),
    (policy.confirm_lineage, Edition),
    (policy.publish, Edition),
    (policy.begin, Network),
    (policy.begin_in_set, StandardSet),
    (policy.import_into, Network),
    (policy.read_import, ImportRun),
]

"""Addresses of the pages that belong to no single app."""

from communitas.kit.models import Job, Proposal
from communitas.web import policy
from communitas.web.feeds import addresses
from communitas.web.models import Feed
from tests.cast import NOW, Part, World
from tests.permissions.cases import ANYBODY, SIGNED_IN, Case, Target


def job(world: World, part: Part) -> Target:
    """Work that Cora started; nobody else finds it."""
    by = world.cora if part.network == world.network else world.tess
    made = Job.objects.create(tenant=part.network.tenant, by=by, name="test.count", title="Count", queued_at=NOW)
    return Target(made.pk, subject=by)


def proposal(world: World, part: Part) -> Target:
    """An edition that somebody of the office proposed to publish."""
    by = world.cora if part.network == world.network else world.tess
    made = Proposal.objects.create(
        tenant=part.network.tenant,
        action="edition.publish",
        object_type="standards.edition",
        object_id=str(part.edition.pk),
        title="Publish the standards",
        proposed_by=by,
        proposed_at=NOW,
    )
    return Target(made.pk)


def feed(world: World, part: Part) -> Target:
    """The calendar of somebody, whose address whoever has it may read."""
    by = world.lena if part.network == world.network else world.theo
    made = Feed.objects.create(account=by, network=part.network, secret="s", made_at=NOW)
    return Target(addresses.address(made).rsplit("/", 1)[1].removesuffix(".ics"))


CASES = [
    Case("web:calendar", row=SIGNED_IN, methods=("GET", "POST")),
    Case("web:feed", row=ANYBODY, of=[feed], public=True),
    Case("web:mail_choices", row=SIGNED_IN, methods=("GET", "POST")),
    Case("web:front", row=ANYBODY, public=True),
    Case("web:home", row=SIGNED_IN),
    Case("web:networks", row=SIGNED_IN),
    Case("web:second", row=SIGNED_IN),
    Case("web:settle", row="edition.publish", of=[proposal], methods=("POST",), data={"decline": "1", "reason": "No."}),
    Case("web:job", row="person.update_self", of=[job]),
    Case("web:help", row=ANYBODY, public=True),
    Case("web:accessibility", row=ANYBODY, public=True),
    Case("web:privacy", row=ANYBODY, public=True),
    Case("web:healthz", row=ANYBODY, public=True),
]
PERMISSIONS = [(policy.read_feed, Feed)]

from communitas.kit import files
from communitas.kit.models import ImportRun
from communitas.members import policy
from communitas.members.models import Community, Holiday, Invitation, Membership, Network, Organisation, RoleGrant
from communitas.members.rules.invitations import hashed
from communitas.people.models import Account
from tests.cast import NOW, Part, World
from tests.permissions.cases import ANYBODY, SIGNED_IN, Case, Target

SEEN = "community.read_profile"


def lark(world: World, part: Part) -> Target:
    return Target(part.lark.pk, community=part.lark)


def elm(world: World, part: Part) -> Target:
    return Target(part.elm.pk, community=part.elm)


def renaming(world: World, part: Part) -> Target:
    return Target(part.lark.pk, "rename", community=part.lark)


def fee(world: World, part: Part) -> Target:
    membership = Membership.objects.get(community=part.lark)
    return Target(part.lark.pk, membership.pk, community=part.lark)


def _account(world: World, part: Part) -> Account:
    return world.theo if part is world.twin else world.lena


def new_code(world: World, part: Part) -> Target:
    return Target(part.lark.pk, _account(world, part).pk, community=part.lark)


def _role(part: Part, role: str) -> RoleGrant:
    account = Account.objects.create_user(f"{role}-{part.network.slug}", display_name="Extra", joined_at=NOW)
    return RoleGrant.objects.create(
        account=account, network=part.network, community=part.lark, role=role, since_at=NOW.replace(year=2020)
    )


def member_role(world: World, part: Part) -> Target:
    return Target(_role(part, "staff").pk, community=part.lark, true="W")


def lead_role(world: World, part: Part) -> Target:
    return Target(_role(part, "community_lead").pk, community=part.lark)


def _invitation(world: World, part: Part, role: str) -> Invitation:
    return Invitation.objects.create(
        network=part.network,
        community=part.lark,
        role=role,
        email=f"{role}@new.example",
        display_name="New",
        secret_hash=f"{role}-{part.network.slug}",
        invited_by=world.cora,
        invited_at=NOW,
        expires_at=NOW,
    )


def member_invitation(world: World, part: Part) -> Target:
    return Target(_invitation(world, part, "staff").pk, community=part.lark, true="W")


def lead_invitation(world: World, part: Part) -> Target:
    return Target(_invitation(world, part, "community_lead").pk, community=part.lark)


def person(world: World, part: Part) -> Target:
    return Target(_account(world, part).pk, is_network=True)


def anybody(world: World, part: Part) -> Target:
    return Target(_account(world, part).pk)


def secret(world: World, part: Part) -> Target:
    secret = f"secret-of-{part.network.slug}"
    Invitation.objects.filter(pk=_invitation(world, part, "reviewer").pk).update(
        secret_hash=hashed(secret), expires_at=NOW.replace(year=2099)
    )
    return Target(secret)


def holiday(world: World, part: Part) -> Target:
    made = Holiday.objects.create(network=part.network, on=NOW.date(), name="A day")
    return Target(made.pk, is_network=True)


def service_type(world: World, part: Part) -> Target:
    return Target(part.lark.service_type_id, is_network=True)


def organisation(world: World, part: Part) -> Target:
    return Target(part.lark.organisation_id, is_network=True)


def import_run(world: World, part: Part) -> Target:
    content = b"code,name,type\nNEW,New House,adult\n"
    stored = files.put(tenant=part.network.tenant, content=content, name="new.csv", media_type="text/csv", at=NOW)
    run = ImportRun.objects.create(tenant=part.network.tenant, kind="communities", file=stored, by=world.cora, at=NOW)
    return Target(run.pk, is_network=True)


BOTH = ("GET", "POST")
CASES = [
    Case("members:directory", row=ANYBODY, public=True),
    Case("members:directory", row=ANYBODY, public=True, query="?format=csv"),
    Case("members:communities", row=SIGNED_IN),
    Case("members:communities", row=SIGNED_IN, query="?format=xlsx"),
    Case("members:community", row=SEEN, of=[lark, elm]),
    Case("members:community_add", row="community.create", methods=BOTH),
    Case("members:community_edit", row="community.update_profile", sees=SEEN, of=[lark, elm], methods=BOTH),
    Case("members:community_change", row="community.change", sees=SEEN, of=[renaming], methods=BOTH),
    Case("members:membership_change", row="membership.manage", sees=SEEN, of=[lark], methods=BOTH),
    Case("members:membership_edit", row="membership.manage", sees=SEEN, of=[fee], methods=BOTH),
    Case("members:community_people", row="community.list_people", sees=SEEN, of=[lark, elm]),
    Case("members:community_invite", row="invitation.send", of=[lark, elm], methods=BOTH),
    Case("members:account_add", row="account.create_without_email", sees=SEEN, of=[lark, elm], methods=BOTH),
    Case("members:code_new", row="account.create_without_email", sees=SEEN, of=[new_code], methods=("POST",)),
    Case("members:people", row="network.list_people"),
    Case("members:people", row="network.list_people", query="?format=csv"),
    Case("members:invite", row="role.grant_lead_or_reviewer", methods=BOTH),
    Case("members:person", row="network.list_people", of=[person], methods=BOTH),
    Case("members:account_suspend", row="account.suspend", of=[anybody], methods=BOTH),
    Case("members:role_end", row="role.end", of=[member_role, lead_role], methods=BOTH),
    Case(
        "members:invitation_resend",
        row="invitation.manage",
        of=[member_invitation, lead_invitation],
        methods=("POST",),
    ),
    Case(
        "members:invitation_withdraw",
        row="invitation.manage",
        of=[member_invitation, lead_invitation],
        methods=("POST",),
    ),
    Case("members:accept", row=ANYBODY, of=[secret], public=True),
    Case("members:settings", row="network.configure", methods=BOTH),
    Case("members:holidays", row="network.configure", methods=BOTH),
    Case("members:holiday_remove", row="network.configure", of=[holiday], methods=("POST",)),
    Case("members:kinds", row="network.configure"),
    Case("members:type_add", row="network.configure", methods=BOTH),
    Case("members:type_edit", row="network.configure", of=[service_type], methods=BOTH),
    Case("members:organisation_add", row="network.configure", methods=BOTH),
    Case("members:organisation_edit", row="network.configure", of=[organisation], methods=BOTH),
    Case("members:import_start", row="community.import", methods=BOTH),
    Case("members:import_check", row="community.import", of=[import_run]),
    Case("members:import_run", row="community.import", of=[import_run], methods=("POST",)),
    Case("members:import_undo", row="community.import", of=[import_run], methods=("POST",)),
]
PERMISSIONS = [
    (policy.configure, Network),
    (policy.send_invitation, Community),
    (policy.read_profile, Community),
    (policy.update_profile, Community),
    (policy.list_people, Community),
    (policy.grant_member, Community),
    (policy.grant_lead, Community),
    (policy.grant_in_network, Network),
    (policy.grant_office, Organisation),
    (policy.create_without_email, Community),
    (policy.manage_invitation, RoleGrant),
    (policy.end_role, RoleGrant),
    (policy.read_contact, RoleGrant),
    (policy.list_network_people, Network),
    (policy.create_community, Network),
    (policy.change_community, Community),
    (policy.import_communities, Network),
    (policy.read_membership, Community),
    (policy.manage_membership, Community),
    (policy.suspend_account, Account),
    (policy.read_directory, Community),
]

"""Roles and invitations: who gives what to whom, and what a link can do."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from communitas.kit import confirmations
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine, OutboxMail, Proposal
from communitas.members import actions, policy
from communitas.members.actors import Actor, actor_for
from communitas.members.models import Invitation, RoleGrant
from communitas.people.models import Account
from tests.cast import NOW, World


def actor(account: Account, *, given: bool = True) -> Actor:
    return actor_for(account, now=NOW, second_factor_given=given, second_factor_demanded=True)


def test_granting_is_recorded_and_asks_for_a_second_step_where_the_role_needs_it(world: World) -> None:
    grant = actions.grant_role(
        account=world.otto, network=world.network, role="lead_reviewer", community=world.elm, by=world.cora, at=NOW
    )

    world.otto.refresh_from_db()
    line = AuditLine.objects.filter(verb="role.grant").get()
    assert world.otto.second_factor_required
    assert (line.object_id, line.by) == (str(grant.pk), world.cora)
    assert "lead_reviewer" in actor(world.otto).roles
    assert "lead_reviewer" not in actor(world.otto, given=False).roles


def test_nobody_grants_for_themselves(world: World) -> None:
    with pytest.raises(NotAllowed, match="themselves"):
        actions.grant_role(account=world.cora, network=world.network, role="reviewer", by=world.cora, at=NOW)


def test_a_role_is_held_once(world: World) -> None:
    with pytest.raises(NotAllowed, match="holds this role already"):
        actions.grant_role(
            account=world.lena,
            network=world.network,
            role="community_lead",
            community=world.lark,
            by=world.cora,
            at=NOW,
        )


def test_a_community_of_another_network_is_refused(world: World) -> None:
    with pytest.raises(NotAllowed, match="another network"):
        actions.grant_role(
            account=world.otto, network=world.network, role="staff", community=world.twin.lark, by=world.cora, at=NOW
        )


def test_an_ended_role_gives_nothing_and_keeps_its_reason(world: World) -> None:
    grant = RoleGrant.objects.get(account=world.stefan)

    with pytest.raises(NotAllowed, match="reason"):
        actions.end_role(grant=grant, reason=" ", by=world.lena, at=NOW)
    actions.end_role(grant=grant, reason="Left the house.", by=world.lena, at=NOW)

    grant.refresh_from_db()
    assert (grant.until_at, grant.ended_reason) == (NOW, "Left the house.")
    assert "staff" not in actor(world.stefan).roles


def test_the_last_person_of_the_office_stays(world: World) -> None:
    with pytest.raises(NotAllowed, match="at least one"):
        actions.end_role(grant=RoleGrant.objects.get(account=world.tess), reason="Gone.", by=world.ada, at=NOW)


def invite(world: World, **more: object) -> str:
    values = {"email": "new@people.example", "display_name": "New", "role": "staff", "community": world.lark, **more}
    actions.invite(network=world.network, by=world.lena, at=timezone.now(), **values)  # type: ignore[arg-type]  # as given
    return last_link()


def last_link() -> str:
    mail = OutboxMail.objects.first()
    return str(re.findall(r"http://testserver(\S+)", mail.text if mail else "")[0])


def test_opening_the_link_changes_nothing_and_accepting_makes_account_and_role(client: Client, world: World) -> None:
    link = invite(world)

    opened = client.get(link)
    untouched = not Account.objects.filter(email="new@people.example").exists()
    accepted = client.post(link, {"display_name": "Noor", "password": "four words in a row"})

    account = Account.objects.get(email="new@people.example")
    assert (opened.status_code, untouched) == (200, True)
    assert accepted["Location"] == "/hearth/home/"
    assert client.get("/hearth/home/").status_code == 200
    assert (account.display_name, account.username) == ("Noor", "new")
    assert RoleGrant.objects.filter(account=account, role="staff", community=world.lark).exists()
    assert Client().get(link).status_code == 404


def test_only_a_hash_of_the_link_is_kept(world: World) -> None:
    secret = invite(world).rstrip("/").rpartition("/")[2]

    assert not Invitation.objects.filter(secret_hash__contains=secret).exists()


def test_a_known_address_signs_in_to_accept(client: Client, world: World) -> None:
    link = invite(world, email="otto@people.example")

    asked = client.get(link).content.decode()
    refused = client.post(link, {"display_name": "Fake", "password": "four words in a row"}).content.decode()
    world.sign_in(client, world.otto)
    client.post(link)

    assert "Sign in to accept" in asked
    assert "Please sign in with it" in refused
    assert RoleGrant.objects.filter(account=world.otto, community=world.lark).exists()


def test_a_link_sent_again_replaces_the_old_one_and_a_withdrawn_one_is_gone(client: Client, world: World) -> None:
    first = invite(world)
    invitation = Invitation.objects.get()
    actions.resend_invitation(invitation=invitation, by=world.lena, at=timezone.now())
    second = last_link()

    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    actions.withdraw_invitation(invitation=invitation, by=world.lena, at=NOW)
    assert client.get(second).status_code == 404
    with pytest.raises(NotAllowed, match="until it is accepted"):
        actions.resend_invitation(invitation=invitation, by=world.lena, at=NOW)


def test_an_invitation_runs_out_after_fourteen_days(client: Client, world: World) -> None:
    link = invite(world)
    Invitation.objects.update(expires_at=timezone.now())

    assert client.get(link).status_code == 404


def test_a_lead_invites_staff_and_client_members_only(client: Client, world: World) -> None:
    world.sign_in(client, world.lena)
    path = path_of("hearth", "members:community_invite", world.lark.pk)

    refused = client.post(path, {"display_name": "X", "email": "x@people.example", "role": "community_lead"})
    accepted = client.post(path, {"display_name": "X", "email": "x@people.example", "role": "client_member"})

    assert (refused.status_code, accepted.status_code) == (200, 302)
    assert list(Invitation.objects.values_list("role", flat=True)) == ["client_member"]


def test_an_administrator_who_may_invite_gives_no_role_of_a_community(client: Client, world: World) -> None:
    world.sign_in(client, world.ada)
    path = path_of("hearth", "members:community_invite", world.lark.pk)

    response = client.post(path, {"display_name": "X", "email": "x@people.example", "role": "staff"})

    assert response.status_code == 403
    assert not Invitation.objects.exists()


def propose(world: World, email: str = "new@people.example") -> Proposal:
    return actions.propose_invitation(
        network=world.network,
        email=email,
        display_name="New",
        role="office",
        duties=["dpo"],
        by=world.cora,
        at=timezone.now(),
    )


def test_the_office_grows_only_by_two_persons(client: Client, world: World) -> None:
    proposal = propose(world)
    nothing_sent = not OutboxMail.objects.exists()

    with pytest.raises(NotAllowed, match="own proposal"):
        confirmations.confirm(proposal=proposal, by=world.cora, at=NOW)
    confirmations.confirm(proposal=proposal, by=world.cyrus, at=NOW)

    assert nothing_sent
    link = re.findall(r"http://testserver(\S+)", OutboxMail.objects.get().text)[0]
    client.post(link, {"display_name": "New", "password": "four words in a row"})
    grant = RoleGrant.objects.get(account__email="new@people.example")
    assert (grant.role, grant.duties) == ("office", ["dpo"])
    assert grant.account.second_factor_required


def test_somebody_known_gets_the_role_when_it_is_confirmed_and_cannot_confirm_it(world: World) -> None:
    proposal = propose(world, "dee@people.example")

    with pytest.raises(NotAllowed, match="for themselves"):
        confirmations.confirm(proposal=proposal, by=world.dee, at=NOW)
    confirmations.confirm(proposal=proposal, by=world.cyrus, at=NOW)

    assert RoleGrant.objects.get(account=world.dee).duties == ["dpo"]


def test_only_the_office_proposes_for_the_office(world: World) -> None:
    invitation = Invitation(network=world.network, role="office")

    policy.grant_office.require(actor(world.cora), invitation)
    with pytest.raises(PermissionDenied, match="second person"):
        policy.grant_office.require(actor(world.lena), invitation)


def test_a_card_is_shown_once_and_its_account_signs_in_with_the_code(client: Client, world: World) -> None:
    world.sign_in(client, world.lena)
    path = path_of("hearth", "members:account_add", world.lark.pk)

    response = client.post(path, {"display_name": "Moss", "username": "lark-moss", "role": "client_member"})

    html = response.content.decode()
    assert "http://testserver/hearth/accounts/code/" in html
    assert "no-store" in response["Cache-Control"]
    assert re.search(r"[A-Z0-9]{5}-[A-Z0-9]{5}", html)
    assert RoleGrant.objects.filter(account__username="lark-moss", community=world.lark, role="client_member").exists()


def test_a_suspended_account_needs_a_reason(client: Client, world: World) -> None:
    world.sign_in(client, world.ada)
    path = path_of("hearth", "members:account_suspend", world.otto.pk)

    client.post(path, {"reason": ""})
    world.otto.refresh_from_db()
    still = world.otto.is_active
    client.post(path, {"reason": "Lost the telephone."})
    world.otto.refresh_from_db()

    assert (still, world.otto.is_active) == (True, False)
    assert AuditLine.objects.get(verb="account.suspend").reason == "Lost the telephone."

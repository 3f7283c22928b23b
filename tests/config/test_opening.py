"""`communitas new-network`: an installation gets its first network and the people who keep it."""

from datetime import UTC, datetime

import pytest

from communitas.cli import main
from communitas.kit.models import Tenant
from communitas.members.models import RoleGrant
from communitas.people import actions
from communitas.people.models import Account

pytestmark = pytest.mark.django_db
OFFICE = ("--office", "cora.f=Cora Field", "--office", "cyrus.m=Cyrus Marsh")


def test_a_network_begins_with_two_persons_in_its_office(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["new-network", "meadow", "Meadow Network", *OFFICE, "--administrator", "ada.w=Ada Wood"])

    said = capsys.readouterr().out.splitlines()
    assert status == 0
    assert said[0] == "Made: Meadow Network, at /meadow/"
    assert [line.split()[0] for line in said[2:]] == ["cora.f", "cyrus.m", "ada.w"]
    granted = RoleGrant.objects.filter(network__tenant__slug="meadow").values_list("account__username", "role")
    assert sorted(granted) == [("cora.f", "office"), ("cyrus.m", "office")]
    assert Account.objects.get(username="ada.w").is_administrator


def test_the_printed_code_sets_a_password(capsys: pytest.CaptureFixture[str]) -> None:
    main(["new-network", "meadow", "Meadow Network", *OFFICE])
    username, code = capsys.readouterr().out.splitlines()[2].split()

    account = actions.use_code(username=username, typed=code, password="a quiet meadow", at=datetime.now(UTC))

    assert account.check_password("a quiet meadow")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("meadow", "Meadow", *OFFICE[:2]), "An office has two persons at least"),
        (("meadow", "Meadow", *OFFICE[:2], *OFFICE[:2]), "An office has two persons at least"),
        (("static", "Meadow", *OFFICE), "'static' is an address of the installation itself"),
        (("meadow", "Meadow", *OFFICE, "--administrator", "cora.f=Cora Again"), "username"),
    ],
)
def test_what_is_refused_leaves_nothing(
    arguments: tuple[str, ...], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["new-network", *arguments])

    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    assert reason in said.err
    assert (Tenant.objects.count(), Account.objects.count()) == (0, 0)

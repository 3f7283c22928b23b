"""`communitas new-network`: make a network and the first people of its office, each with a printed one-time code."""

import argparse
import importlib
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from communitas.kit.exceptions import NotAllowed

if TYPE_CHECKING:
    from communitas.people.models import Account


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The network's address and name, and who keeps its office."""
    parser.add_argument("slug", type=_slug, help="first step of the address of all its pages, such as hearth")
    parser.add_argument("name", help="the name of the network")
    parser.add_argument(
        "--office",
        action="append",
        required=True,
        metavar="USERNAME=NAME",
        type=_person,
        help="a person of the office; give it twice at least, because some acts need a second person",
    )
    parser.add_argument(
        "--administrator",
        metavar="USERNAME=NAME",
        type=_person,
        help="a person who looks after the installation and sees nothing of the networks' answers",
    )


def run(options: argparse.Namespace) -> int:
    """Make all of it or nothing: 0, or 2 with the reason when something was refused."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communitas.config.settings.prod")
    if len({username.casefold() for username, _ in options.office}) < 2:
        return _refuse("An office has two persons at least: some acts need a second person. Give --office twice.")
    django = importlib.import_module("django")
    django.setup()
    if options.slug in importlib.import_module("django.conf").settings.RESERVED_SLUGS:
        return _refuse(f"'{options.slug}' is an address of the installation itself. Choose another one.")
    try:
        codes = _make(options, at=datetime.now(UTC))
    except NotAllowed as refused:
        return _refuse(refused.why)
    sys.stdout.write(f"Made: {options.name}, at /{options.slug}/\n")
    sys.stdout.write("Each person sets a password with their code, once, within 14 days, at /accounts/code/\n")
    for username, code in codes:
        sys.stdout.write(f"  {username}  {code}\n")
    return 0


def _make(options: argparse.Namespace, *, at: datetime) -> list[tuple[str, str]]:
    from django.db import transaction  # Django reads its settings when these are imported

    from communitas.members import actions as members
    from communitas.people import actions as people

    def welcome(account: "Account") -> tuple[str, str]:
        return account.username, people.make_code(account=account, by=account, at=at)

    with transaction.atomic():
        network = members.create_network(slug=options.slug, name=options.name, by=None, at=at)
        codes = []
        for username, name in options.office:
            account = people.create_account(username=username, display_name=name, by=None, at=at)
            members.grant_role(account=account, network=network, role="office", by=None, at=at)
            codes.append(welcome(account))
        if options.administrator:
            username, name = options.administrator
            account = people.create_account(username=username, display_name=name, by=None, at=at)
            account.is_administrator = True
            account.save(update_fields=["is_administrator"])
            people.require_second_factor(account=account, by=None, at=at)
            codes.append(welcome(account))
    return codes


def _refuse(why: str) -> int:
    sys.stderr.write(f"error: {why} Nothing was made.\n")
    return 2


def _person(text: str) -> tuple[str, str]:
    username, found, name = text.partition("=")
    if not found or not username.strip() or not name.strip():
        raise argparse.ArgumentTypeError(f"'{text}' is not a username and a name, such as cora='Cora Field'")
    return username.strip(), name.strip()


def _slug(text: str) -> str:
    if not text or not text.isascii() or not text.replace("-", "a").isalnum() or text != text.lower():
        raise argparse.ArgumentTypeError(f"'{text}' is no address: use small letters, digits and hyphens")
    return text

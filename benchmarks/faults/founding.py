"""A network for fault tests, in an installation of its own.

    python -m benchmarks.faults.founding TICKET WRITERS COMMUNITIES
    python -m benchmarks.faults.founding TICKET     (signs everybody of the ticket in again)

It migrates the database of the environment, makes communities with an open self-review, as many community leads as
writers, and writes to TICKET (JSON) with what they sign in and where they write.
"""

import json
import sys
from importlib import import_module
from pathlib import Path


def main(ticket: Path, writers: int, communities: int) -> None:
    """One network 'meadow': its writers share one community's workbook; every lead has a workbook of their own."""
    django = import_module("django")
    django.setup()
    import_module("django.core.management").call_command("migrate", verbosity=0)
    import_module("django.core.management").call_command("collectstatic", verbosity=0, interactive=False)
    network = import_module("benchmarks.ground.network")
    site = import_module("benchmarks.ground.site")
    factories = import_module("tests.factories")
    models = import_module("communitas.workbooks.models")
    made = network.make("meadow", communities=communities, criteria=15)
    people = []
    for number in range(writers):
        account = factories.make_account(f"meadow.writer{number:03}", f"Writer {number}")
        factories.grant(account, made.network, "community_lead", community=made.enrolment.community)
        people.append((account, made.workbook))
    books = models.Workbook.objects.filter(review__kind="self").select_related("review__enrolment__community")
    models.Review.objects.filter(kind="self").update(state="open")
    models.Workbook.objects.update(counts={})  # as nobody has answered yet
    leads = {
        grant.community_id: grant.account
        for grant in import_module("communitas.members.models").RoleGrant.objects.filter(
            role="community_lead", network=made.network
        )
        if not grant.account.username.startswith("meadow.writer")
    }
    people += [(leads[book.review.enrolment.community_id], book) for book in books]
    keys = [f"c{section}-{number}" for section in range(1, 11) for number in range(1, made.criteria + 1)]
    visitors = [(site.signed_in(account, None), account, book) for account, book in people]
    ticket.write_text(
        json.dumps(
            {
                "keys": keys,
                "edition_hash": made.workbook.edition_hash,
                "people": [
                    {"account": account.pk, "cookies": who.cookies, "token": who.token, "workbook": book.pk}
                    for who, account, book in visitors
                ],
            }
        ),
        encoding="utf-8",
    )


def sign_in_again(ticket: Path) -> None:
    """New sessions for everybody: a restore ends those that there were."""
    import_module("django").setup()
    site = import_module("benchmarks.ground.site")
    accounts = import_module("communitas.people.models").Account.objects.in_bulk()
    told = json.loads(ticket.read_text(encoding="utf-8"))
    for person in told["people"]:
        visitor = site.signed_in(accounts[person["account"]], None)
        person |= {"cookies": visitor.cookies, "token": visitor.token}
    ticket.write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) == 2:
        sign_in_again(Path(sys.argv[1]))
    else:
        main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

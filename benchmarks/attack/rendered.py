"""The same attack by somebody who has nothing but the published files, on networks that are released in a database."""

import os
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from tests.benchmarking.rules.disclosure.networks import history

FEW = 3  # exceptions that a band may hide, which is public


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one network: what was found in its files, and how many claims they made."""

    seed: int
    found: tuple[str, ...]
    claims: int


def prepare() -> None:
    """An empty database in the memory of this process, with the settings of the tests."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "communitas.config.settings.test"
    import django

    django.setup()
    import_module("django.test.utils").setup_test_environment()
    import_module("django.db").connection.creation.create_test_db(verbosity=0)


def attack(seed: int) -> Told:
    """Publish two cycles of a network, read everything back, and say what gave somebody away or could not be read."""
    return _attack(seed, naive=False)


def attack_naive(seed: int) -> bool:
    """Whether the same readers and attacker break the files of a network under the naive rule."""
    return bool(_attack(seed, naive=True).found)


def _attack(seed: int, *, naive: bool) -> Told:
    transaction = import_module("django.db").transaction
    with transaction.atomic():
        told = _publish(seed, naive=naive)
        transaction.set_rollback(True)
    return told


def _publish(seed: int, *, naive: bool) -> Told:
    # These need the settings and the database of `prepare`.
    from tests.benchmarking.rendered import claims, naming, outsider, publishing
    from tests.cast import make_world

    size, regions = 5 + seed * 7 % 196, 3 * (seed % 2)
    rounds = [naming.named(each, seed) for each in history(seed, communities=size, cycles=2, regions=regions)]
    more: dict[str, Any] = {"blocks": seed // 2 % 2 == 1, "pdf": seed % 4 < 2, "thorough": size <= 60 and seed % 2 == 1}
    try:
        if naive:
            published = publishing.publish(make_world(), rounds[:1], protect=naming.naive)
        else:
            published = publishing.publish(make_world(), rounds, **more)
    except claims.Unread as unread:
        return Told(seed, (f"not read: {unread}",), 0)
    return Told(seed, tuple(_found(outsider, published, naive=naive)), len(published.claims))


def _found(outsider: Any, published: Any, *, naive: bool) -> list[str]:
    found: list[str] = []
    for name, attacker in outsider.attackers(published, few=0 if naive else FEW):
        if attacker.is_misled():
            found += [] if naive else [f"misled: {name}"]
        else:
            found += [f"{name}: {code}" for code, _kind in attacker.recovers()]
    if not naive:
        found += [f"told twice: {each}" for each in outsider.disagreements(published.claims)]
        found += [f"few: {each}" for each in outsider.people_below(published.claims, 10)]
        found += [f"only in the PDF: {each}" for each in outsider.only_in_pdf(published).items()]
    return found

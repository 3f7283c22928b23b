"""What must hold of the kept rows at every moment. Apps say theirs in `apps.py`; a command and each backup ask them."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from communitas.kit.audit import first_broken_line
from communitas.kit.files import matches
from communitas.kit.models import StoredFile, Tenant

Check = Callable[[], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Broken:
    """One thing that does not hold: which invariant, and what is wrong, in a sentence that names it."""

    invariant: str
    what: str


_checks: dict[str, tuple[str, Check]] = {}


def register(name: str, title: str, check: Check) -> None:
    """Add an invariant. `check` gives a sentence for each thing that is wrong; `title` says what holds when none is."""
    _checks[name] = (title, check)


def titles(*, but: Collection[str] = ()) -> dict[str, str]:
    """Every invariant by its name, with what it says."""
    return {name: title for name, (title, _) in _checks.items() if name not in but}


def broken(name: str) -> Iterator[Broken]:
    """What is wrong with one invariant; nothing when it holds."""
    for what in _checks[name][1]():
        yield Broken(name, what)


def _audit_trail() -> Iterator[str]:
    for tenant in Tenant.objects.order_by("slug"):
        number = first_broken_line(tenant)
        if number is not None:
            yield f"{tenant.slug}: line {number} of the audit trail does not fit the line before it"


def _files() -> Iterator[str]:
    for stored in StoredFile.objects.select_related("tenant").order_by("pk").iterator():
        if not matches(stored):
            yield f"{stored.tenant.slug}: the file '{stored.name}' ({stored.sha256[:12]}…) is missing or was changed"


register("audit", "The audit trail is whole", _audit_trail)
register("files", "Every kept file is there and matches its hash", _files)

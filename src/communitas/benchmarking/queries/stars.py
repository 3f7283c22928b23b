"""The facts of a cycle as one Parquet file: the kept one while it is up to date, else made anew from signed facts."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

from communitas import __version__
from communitas.benchmarking.models import FactSet, FactsFile
from communitas.benchmarking.queries.cohorts import arranged, counted_enrolments
from communitas.benchmarking.rules.freezing import FACTS_FORMAT, refuse_altered_facts
from communitas.cycles.models import Cycle, Enrolment
from communitas.kit import files
from communitas.standards import queries as standards
from communitas.standards.models import Edition


@dataclass(frozen=True, slots=True)
class Star:
    """A facts file before or after it was kept: its bytes, and the hash of what it was made from."""

    cycle_id: int
    content: bytes
    made_from: str

    @property
    def sha256(self) -> str:
        """The hash by which the file is known."""
        return hashlib.sha256(self.content).hexdigest()


def star_of(cycle: Cycle) -> Star:
    """The facts of a cycle as they stand now. The same facts are the same bytes, kept or not.

    NotAllowed where the kept file is up to date, but no longer what was kept.
    """
    made_from = fingerprint(cycle)
    kept = cycle.facts_files.select_related("file__tenant").order_by("-version").first()
    if kept is not None and kept.made_from == made_from:
        return Star(cycle.pk, read_facts(kept), made_from)
    return Star(cycle.pk, _made(cycle), made_from)


def read_facts(kept: FactsFile) -> bytes:
    """The bytes of a kept facts file; NotAllowed, naming the file and both hashes, when they are not what was kept."""
    refuse_altered_facts(kept.file.name, kept=kept.sha256, found=files.found_hash(kept.file))
    return files.read(kept.file)


def fingerprint(cycle: Cycle) -> str:
    """The hash of everything that stands in the facts file of a cycle. Four queries or fewer."""
    enrolments = counted_enrolments(cycle)
    editions = {each.edition_id: each.edition for each in enrolments}
    rows = FactSet.objects.filter(current=True, enrolment__cycle=cycle).values_list("enrolment", "pk", "hash")
    sets = {enrolment: [pk, digest] for enrolment, pk, digest in rows}
    told: dict[str, Any] = {
        "format": FACTS_FORMAT,
        "cycle": [cycle.pk, cycle.network.tenant.slug, cycle.name, cycle.opens_on.isoformat()],
        "editions": [
            [pk, _name(edition), edition.content_hash, sorted(lines_of(edition).items())]
            for pk, edition in sorted(editions.items())
        ],
        "enrolments": [[*_row(each), sorted(map(str, each.modules)), sets[each.pk]] for each in enrolments],
    }
    return hashlib.sha256(rfc8785.dumps(told)).hexdigest()


def lines_of(edition: Edition) -> Mapping[str, str]:
    """For each criterion, the line it belongs to: where it first stood, as far as it descends without a break.

    A line is named by the number of that edition and the criterion's key there, such as '6/c1-1'.
    """
    steps: list[tuple[Edition, dict[str, str]]] = []
    newer = edition
    while (older := standards.predecessor_of(newer)) is not None:
        same = standards.comparable(newer, older)
        if not same:
            break
        steps.append((newer, same))
        newer = older
    lines = {key: f"{newer.number}/{key}" for key in standards.by_key(newer.pk)}
    for later, same in reversed(steps):
        keys = standards.by_key(later.pk)
        lines = {key: lines.get(same.get(key, ""), f"{later.number}/{key}") for key in keys}
    return lines


def _made(cycle: Cycle) -> bytes:
    from communitas.benchmarking.figures import star, writing  # imports Arrow, which takes its time

    enrolments = counted_enrolments(cycle)
    round_ = star.Round(cycle.network.tenant.slug, cycle.pk, cycle.name, cycle.opens_on.isoformat())
    enrolled = [star.Enrolled(*_row(each)) for each in enrolments]
    tables = []
    for pk, edition in sorted({each.edition_id: each.edition for each in enrolments}.items()):
        cohort = arranged(edition, [each for each in enrolments if each.edition_id == pk])
        book = star.Book(pk, _name(edition), cohort.edition.scale.top)
        own = [each for each in enrolled if each.edition == pk]
        tables.append(writing.rows_of(cohort, round_, book, own, lines_of(edition)))
    return star.star_bytes(tables, round_, enrolled, code_version=__version__)


def _row(each: Enrolment) -> tuple[Any, ...]:
    """The fields of `figures.star.Enrolled`, in their order."""
    operator = each.organisation.name if each.organisation else ""
    service_type = each.service_type.code
    return each.pk, each.edition_id, each.community_id, each.community.code, operator, service_type, each.region


def _name(edition: Edition) -> str:
    return f"{edition.standard_set.name}, {edition.number}"

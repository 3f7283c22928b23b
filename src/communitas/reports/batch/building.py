"""Build every report of a cycle from files: read, check, count, protect, set, and only then show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

from communitas.benchmarking.rules.cohort import Cohort, Group, cohort
from communitas.benchmarking.rules.disclosure.lattice import Cells, declare
from communitas.benchmarking.rules.disclosure.protect import protect
from communitas.benchmarking.rules.disclosure.release import ProtectedRelease
from communitas.benchmarking.rules.facts import Fact
from communitas.benchmarking.rules.figures import NationalFigures, national_figures
from communitas.benchmarking.rules.kept import KeptStatistics
from communitas.benchmarking.rules.network import network_figures, ranges_in_words, tables_of
from communitas.kit.typesetting import Order, TypesettingError, compile_many
from communitas.reports.batch.datapackage import data_package
from communitas.reports.batch.figures import head, office_figures, public_figures, to_json
from communitas.reports.batch.folder import NewFolder, refuse_folder, write_files
from communitas.reports.batch.inputs import Inputs, Say, read_inputs
from communitas.reports.batch.peers import peers_of_type
from communitas.reports.batch.sources import find_sources
from communitas.reports.rules.documents.local import build_local
from communitas.reports.rules.documents.national import build_office, build_public
from communitas.reports.rules.documents.national_parts import Audience
from communitas.reports.typesetting.local import local_order
from communitas.reports.typesetting.national import national_order
from communitas.standards.rules.edition import Edition

FAILED = 1
REFUSED = 2
_EVERY = 2.0  # seconds between two lines of progress


@dataclass(frozen=True, slots=True)
class Job:
    """Everything the command was told."""

    edition: str
    communities: str
    scores: tuple[str, ...]
    out: Path
    network: str
    cycle: str
    dated_on: date
    headers: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    pdf: bool = True
    processes: int = 2


@dataclass(frozen=True, slots=True)
class Results:
    """What was counted, before it is written."""

    inputs: Inputs
    cohort: Cohort
    figures: NationalFigures
    cells: Cells
    release: ProtectedRelease


def build(job: Job, *, say: Say) -> int:
    """Build all or nothing: 0 when the reports stand in `job.out`, 2 when anything was refused, 1 on a disk error.

    `say` takes a line at a time: progress, notes, and every problem.
    """
    sources = find_sources(job.edition, job.communities, job.scores, headers=job.headers, sheets=job.sheets)
    reading = read_inputs(sources, say=say)
    refused = refuse_folder(job.out)
    if refused:
        reading.problems.insert(0, refused)
    for note in reading.notes:
        say(f"note: {note}")
    if reading.problems or reading.inputs is None:
        for problem in reading.problems:
            say(f"error: {problem}")
        count = len(reading.problems)
        say(f"{count:,} problem{'s' if count != 1 else ''}. Nothing was written.")
        return REFUSED
    results = _count(reading.inputs, say)
    try:
        with NewFolder(job.out) as place:
            _write_data(job, results, place, say)
            if job.pdf:
                _write_documents(job, results, place, say)
    except (OSError, TypesettingError) as error:
        say(f"error: {job.out}: The reports could not be written: {error}. Nothing was kept.")
        return FAILED
    say(f"Done: {job.out}")
    return 0


def _count(inputs: Inputs, say: Say) -> Results:
    say(f"Counting the scores of {len(inputs.communities):,} communities")
    arranged = cohort(inputs.edition, inputs.communities, inputs.facts)
    figures = national_figures(arranged)
    say("Protecting the public figures")
    cells = declare(arranged)
    return Results(inputs, arranged, figures, cells, protect(cells))


def _write_data(job: Job, results: Results, place: Path, say: Say) -> None:
    say("Writing the figures")
    edition = results.inputs.edition
    package = data_package(
        cohort=results.cohort,
        figures=results.figures,
        facts=results.inputs.facts,
        network=job.network,
        cycle=job.cycle,
        dated_on=job.dated_on,
    )
    office = _head(job, edition, "office") | office_figures(results.figures)
    public = _head(job, edition, "public") | public_figures(edition, results.release, _took_part(results))
    write_files(place / "office", {"national.json": to_json(office), **package})
    write_files(place / "public", {"national.json": to_json(public)})


def _head(job: Job, edition: Edition, audience: Audience) -> dict[str, Any]:
    return head(network=job.network, cycle=job.cycle, edition=edition, dated_on=job.dated_on, audience=audience)


def _write_documents(job: Job, results: Results, place: Path, say: Say) -> None:
    (place / "local").mkdir()
    communities = results.cohort.communities
    names = [Path("office/national.pdf"), Path("public/national.pdf")]
    names += [Path("local", f"{community.code}.pdf") for community in communities]
    told = monotonic()
    for number, (name, content) in enumerate(
        zip(names, compile_many(_orders(job, results), workers=job.processes), strict=True), start=1
    ):
        (place / name).write_bytes(content)
        if monotonic() - told >= _EVERY or number == len(names):
            told = monotonic()
            say(f"Setting the reports: {number:,} of {len(names):,}")


def _orders(job: Job, results: Results) -> Iterator[Order]:
    edition = results.inputs.edition
    office = build_office(
        network=job.network,
        cycle=job.cycle,
        edition=edition,
        figures=results.figures,
        dated_on=job.dated_on,
        statistics=KeptStatistics(network_figures(tables_of(results.cohort)), ranges_in_words()),
    )
    yield national_order(office)
    public = build_public(
        network=job.network,
        cycle=job.cycle,
        edition=edition,
        release=results.release,
        took_part=_took_part(results),
        dated_on=job.dated_on,
    )
    yield national_order(public)
    peers = {
        group.name: peers_of_type(edition, results.cells, results.release, group.name)
        for group in _took_part(results)
        if group.dimension == "type"
    }
    by_community: dict[str, list[Fact]] = {}
    for fact in results.inputs.facts:
        by_community.setdefault(fact.community, []).append(fact)
    for community in results.cohort.communities:
        own = by_community.get(community.code, [])
        report = build_local(
            network=job.network,
            cycle=job.cycle,
            edition=edition,
            community=community,
            self_scores=[fact for fact in own if fact.kind == "self"],
            agreed_scores=[fact for fact in own if fact.kind == "agreed"],
            dated_on=job.dated_on,
            peers=peers[community.service_type],
        )
        yield local_order(report)


def _took_part(results: Results) -> dict[Group, int]:
    return {group.group: group.communities for group in results.figures.groups}

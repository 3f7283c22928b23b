"""The blocks of a cycle's national report, in versions, and the report that is made from them."""

import hashlib
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785

from communitas.benchmarking import queries as benchmarking
from communitas.benchmarking.models import Release
from communitas.benchmarking.rules.cohort import Group
from communitas.benchmarking.rules.disclosure.density import Bin
from communitas.benchmarking.rules.disclosure.lattice import CellKey, Subject
from communitas.benchmarking.rules.disclosure.values import HIDDEN
from communitas.benchmarking.rules.facts import ScoreKind
from communitas.benchmarking.rules.figures import NationalFigures
from communitas.benchmarking.rules.kept import exact_figures
from communitas.cycles.models import Cycle
from communitas.kit import confirmations
from communitas.reports import policy
from communitas.reports.models import NationalReport, Outline
from communitas.reports.queries.telling import told_now, without_withdrawn
from communitas.reports.rules import blocks as rules
from communitas.reports.rules.blocks import Block, Blocks
from communitas.reports.rules.design import Design
from communitas.reports.rules.documents.national_parts import Audience, Figure, exact, protected
from communitas.reports.rules.documents.pieces import Lens
from communitas.reports.rules.documents.told import Told
from communitas.reports.rules.stored import as_json, from_json
from communitas.standards import queries as standards


@dataclass(frozen=True, slots=True)
class Step:
    """One version of the blocks: who changed what and when, and how many blocks there were."""

    number: int
    verb: str
    about: str
    restores: int | None
    by: str
    at: datetime


def outline_of(cycle: Cycle) -> Outline | None:
    """The blocks as they stand now; None while nobody has begun. One query."""
    return Outline.objects.filter(cycle=cycle).first()


def blocks_of(outline: Outline | None) -> Blocks:
    """The blocks of a version."""
    return read_blocks(outline.blocks) if outline else ()


def read_blocks(data: Any) -> Blocks:
    """Blocks as they were kept."""
    return tuple(from_json(Block, each) for each in data)


def kept_blocks(blocks: Blocks) -> list[dict[str, Any]]:
    """Blocks as plain JSON."""
    return [as_json(block) for block in blocks]


def steps_of(cycle: Cycle) -> list[Step]:
    """Every version, newest first. One query."""
    rows = Outline.objects.filter(cycle=cycle).defer("blocks").select_related("by")
    return [Step(row.number, row.verb, row.about, row.restores, row.by.display_name, row.at) for row in rows]


def undo_target(cycle: Cycle) -> int | None:
    """The version that taking the last step back brings back."""
    rows = list(Outline.objects.filter(cycle=cycle).order_by("number").values_list("number", "restores"))
    return rules.before(rows[-1][0], rows) if rows else None


def last_blocks(cycle: Cycle) -> Blocks:
    """The blocks of the report of the cycle before: those that were released, or those that stood last."""
    if cycle.previous_id is None:
        return ()
    report = (
        NationalReport.objects.filter(release__cycle=cycle.previous_id, release__state=Release.State.RELEASED)
        .exclude(outline=None)
        .select_related("outline")
        .first()
    )
    if report is not None:
        return blocks_of(report.outline)
    return blocks_of(Outline.objects.filter(cycle=cycle.previous_id).first())


def report_of(cycle: Cycle) -> NationalReport | None:
    """The report of a cycle that is frozen or released. One query."""
    found = NationalReport.objects.filter(release__cycle=cycle).exclude(release__state=Release.State.SUPERSEDED)
    return found.select_related("release").first()


def is_closed(report: NationalReport | None) -> tuple[bool, bool]:
    """Whether a report is released, and whether it waits for a second person."""
    if report is None:
        return False, False
    released = report.release.state == Release.State.RELEASED
    return released, not released and confirmations.waiting(report, policy.release_national) is not None


def content_of(report: NationalReport) -> tuple[Blocks, Told]:
    """The blocks of a report and what they tell: as pinned once its release is proposed, else as they stand now.

    No blocks where the office built none.
    """
    if report.content is not None and any(is_closed(report)):
        return read_blocks(report.content["blocks"]), without_withdrawn(from_json(Told, report.content["told"]))
    return content_now(report)


def content_now(report: NationalReport) -> tuple[Blocks, Told]:
    """The blocks of a report's cycle and what they tell as it stands now."""
    found = blocks_of(outline_of(report.release.cycle))
    return found, told_now(report.release.cycle, found, report) if found else Told()


def content_plain(blocks: Blocks, told: Told, design: Design) -> dict[str, Any]:
    """Blocks, what they tell and the design, as they are kept with a report."""
    return {"blocks": kept_blocks(blocks), "told": as_json(told), "design": as_json(design)}


def content_hash(content: Mapping[str, Any] | None) -> str:
    """sha256 of the canonical JSON (RFC 8785); empty where nothing was built."""
    return hashlib.sha256(rfc8785.dumps(dict(content))).hexdigest() if content else ""


def tells_change(blocks: Blocks) -> bool:
    """Whether a block tells what changed since the cycle before."""
    return any(block.choice == "change" for block in blocks)


def lens_of(report: NationalReport, audience: Audience) -> Lens:
    """The declared cells of a frozen report for one audience."""
    release = report.release
    kept = benchmarking.protection_of(release)
    names = standards.names_of_types(release.cycle.network)
    groups = {group: names.get(group.name, group.name) for group in kept.release.parents}

    def ground(subject: Subject, group: Group) -> tuple[Bin, ...]:
        return kept.densities.get((subject, group), ())

    if audience == "office":
        figures = exact_figures(release.exact, standards.edition_data(release.cycle.edition))
        return Lens(f"{release.pk} exact", exact_look(figures), groups, kept.spread, ground)

    def look(kind: ScoreKind, subject: Subject, group: Group) -> Figure:
        return protected(kept.value(CellKey(kind, subject, group)))

    return Lens(f"{release.pk} protected", look, groups, kept.spread, ground)


def draft_lens(figures: NationalFigures, names: Mapping[str, str], identity: Hashable) -> Lens:
    """The declared cells while reports still come in: exact, for the office. Only frozen ones have a middle."""
    groups = {each.group: names.get(each.group.name, each.group.name) for each in figures.groups}
    return Lens(f"draft {identity}", exact_look(figures), groups, lambda *_: HIDDEN, lambda *_: ())


def exact_look(figures: NationalFigures) -> Any:
    """Exact figures of the network, its types and its regions; of others none are kept. For the office."""
    criteria = {(row.code, g.group): row.counts for g in figures.groups for row in g.criteria}
    sections = {(row.title, g.group): row.counts for g in figures.groups for row in g.sections}
    overall = {g.group: g.overall for g in figures.groups}

    def look(kind: ScoreKind, subject: Subject, group: Group) -> Figure:
        if group not in overall:
            return protected(HIDDEN)
        match subject.level:
            case "criterion":
                return exact(criteria[subject.name, group].of(kind))
            case "section":
                return exact(sections[subject.name, group].of(kind))
            case "overall":
                return exact(overall[group].of(kind))

    return look

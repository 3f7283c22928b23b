"""The national report: exact for the office, and for everyone else made from protected cells alone."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.disclosure.lattice import OVERALL, CellKey, Subject
from communitas.benchmarking.rules.disclosure.release import ProtectedRelease
from communitas.benchmarking.rules.facts import ScoreKind
from communitas.benchmarking.rules.figures import NationalFigures
from communitas.benchmarking.rules.kept import KeptStatistics
from communitas.reports.rules.design import Design
from communitas.reports.rules.documents import wording
from communitas.reports.rules.documents.national_notes import national_notes
from communitas.reports.rules.documents.national_parts import (
    Audience,
    Figure,
    NationalChange,
    NationalCriterion,
    NationalGroup,
    NationalReport,
    NationalSection,
    exact,
    protected,
    rough_number,
)
from communitas.reports.rules.documents.parts import Note, Signature, State
from communitas.reports.rules.documents.shares import several, whole
from communitas.reports.rules.documents.statistics_notes import statistics_notes
from communitas.standards.rules.edition import Edition

_LISTED = 8
Look = Callable[[ScoreKind, Subject, Group], Figure]


def build_office(
    *,
    network: str,
    cycle: str,
    edition: Edition,
    figures: NationalFigures,
    dated_on: date,
    type_names: Mapping[str, str] | None = None,
    state: State = "final",
    version: int = 1,
    signatures: Iterable[Signature] = (),
    change: NationalChange | None = None,
    texts: Iterable[Note] = (),
    design: Design | None = None,
    statistics: KeptStatistics | None = None,
) -> NationalReport:
    """The office's report is exact, counts included, and never leaves the office."""
    criteria = {(row.code, g.group): row.counts for g in figures.groups for row in g.criteria}
    sections = {(row.title, g.group): row.counts for g in figures.groups for row in g.sections}
    overall = {g.group: g.overall for g in figures.groups}

    def look(kind: ScoreKind, subject: Subject, group: Group) -> Figure:
        match subject.level:
            case "criterion":
                return exact(criteria[subject.name, group].of(kind))
            case "section":
                return exact(sections[subject.name, group].of(kind))
            case "overall":
                return exact(overall[group].of(kind))

    communities = {g.group: g.communities for g in figures.groups}
    return _build(
        network=network,
        cycle=cycle,
        edition=edition,
        audience="office",
        look=look,
        took_part={group: str(number) for group, number in communities.items()},
        dated_on=dated_on,
        type_names=type_names or {},
        state=state,
        version=version,
        signatures=tuple(signatures),
        change=change,
        texts=tuple(texts),
        design=design or Design(),
        annex=statistics_notes(statistics or KeptStatistics(), change.tested if change else ""),
    )


def build_public(
    *,
    network: str,
    cycle: str,
    edition: Edition,
    release: ProtectedRelease,
    took_part: Mapping[Group, int],
    dated_on: date,
    type_names: Mapping[str, str] | None = None,
    state: State = "final",
    version: int = 1,
    signatures: Iterable[Signature] = (),
    change: NationalChange | None = None,
    texts: Iterable[Note] = (),
    last_cycle: str = "",
    design: Design | None = None,
) -> NationalReport:
    """Everything that leaves the office is read from the protected release; numbers of communities are rounded.

    `took_part` is membership, which is public: how many communities of the network and of each group took part.
    `last_cycle` names a cycle with which this one is not compared, so that the report can say why.
    """

    def look(kind: ScoreKind, subject: Subject, group: Group) -> Figure:
        return protected(release.value(CellKey(kind, subject, group)))

    return _build(
        network=network,
        cycle=cycle,
        edition=edition,
        audience="public",
        look=look,
        took_part={group: rough_number(number) for group, number in took_part.items()},
        dated_on=dated_on,
        type_names=type_names or {},
        state=state,
        version=version,
        signatures=tuple(signatures),
        change=change,
        texts=tuple(texts),
        last_cycle=last_cycle,
        design=design or Design(),
    )


def _build(
    *,
    network: str,
    cycle: str,
    edition: Edition,
    audience: Audience,
    look: Look,
    took_part: Mapping[Group, str],
    dated_on: date,
    type_names: Mapping[str, str],
    state: State,
    version: int,
    signatures: tuple[Signature, ...],
    change: NationalChange | None,
    texts: tuple[Note, ...],
    design: Design,
    last_cycle: str = "",
    annex: tuple[Note, ...] = (),
) -> NationalReport:
    sections = tuple(_section(section.title, look) for section in edition.sections)
    criteria = tuple(_criteria(edition, look))

    def of(dimension: str, names: Mapping[str, str]) -> tuple[NationalGroup, ...]:
        return tuple(
            NationalGroup(
                name=names.get(group.name, group.name),
                took_part=number,
                overall=look("agreed", OVERALL, group),
                sections=tuple(look("agreed", Subject("section", s.title), group) for s in edition.sections),
            )
            for group, number in took_part.items()
            if group.dimension == dimension
        )

    groups = of("type", type_names)
    overall_self = look("self", OVERALL, NETWORK)
    overall_agreed = look("agreed", OVERALL, NETWORK)
    drawn = [row for row in criteria if row.agreed.percent is not None]
    return NationalReport(
        network=network,
        cycle=cycle,
        edition_title=edition.title,
        edition_number=edition.number,
        audience=audience,
        state=state,
        version=version,
        dated_on=dated_on,
        signatures=signatures,
        headline=_headline(took_part[NETWORK], overall_agreed, overall_self),
        took_part=tuple((group.name, group.took_part) for group in groups),
        took_part_total=took_part[NETWORK],
        overall_self=overall_self,
        overall_agreed=overall_agreed,
        sections=sections,
        groups=groups,
        most_met=_most(criteria),
        least_met=tuple(sorted(drawn, key=lambda row: row.agreed.percent or 0)[:_LISTED]),
        change=change,
        criteria=criteria,
        texts=texts,
        notes=(
            *national_notes(audience, several(len(criteria), "criterion", "criteria"), last_cycle=last_cycle),
            *annex,
        ),
        regions=of("region", {}),
        design=design,
    )


def _section(title: str, look: Look) -> NationalSection:
    subject = Subject("section", title)
    return NationalSection(title, look("self", subject, NETWORK), look("agreed", subject, NETWORK))


def _criteria(edition: Edition, look: Look) -> Iterable[NationalCriterion]:
    for section in edition.sections:
        for criterion in section.criteria:
            subject = Subject("criterion", criterion.code)
            yield NationalCriterion(
                code=criterion.code,
                section=section.title,
                statement=criterion.statement,
                level=int(criterion.level),
                level_word=wording.LEVELS[criterion.level],
                self_figure=look("self", subject, NETWORK),
                agreed=look("agreed", subject, NETWORK),
            )


def _most(criteria: tuple[NationalCriterion, ...]) -> tuple[NationalCriterion, ...]:
    """'All but at most 3 communities' stands before every percentage; within it the order is that of the book."""
    almost = [row for row in criteria if row.agreed.band == "met"]
    drawn = [row for row in criteria if row.agreed.percent is not None]
    ranked = sorted(drawn, key=lambda row: -(row.agreed.percent or 0))
    return tuple((almost + ranked)[:_LISTED])


def _headline(communities: str, agreed: Figure, own: Figure) -> str:
    took_part = f"{communities[0].upper()}{communities[1:]} communities took part."
    if agreed.percent is None:
        return took_part
    said = f"{took_part} The review teams found {whole(agreed.percent)}% of what they marked to be met"
    if own.percent is None:
        return f"{said}."
    return f"{said}; the communities themselves had said {whole(own.percent)}%."

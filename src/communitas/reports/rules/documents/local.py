"""The local report: what one community is told about its review, on the page, in the PDF and from the command line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from communitas.benchmarking.rules.counts import count
from communitas.benchmarking.rules.facts import Fact, Score, ScoreKind
from communitas.members.rules.community import Community
from communitas.reports.rules.design import Design
from communitas.reports.rules.documents import choosing, wording
from communitas.reports.rules.documents.agreement import Agreement, Change, agreement, change
from communitas.reports.rules.documents.parts import (
    Band,
    Correction,
    Finding,
    LastCycle,
    Note,
    Peers,
    PlannedAction,
    Share,
    Signature,
    State,
    TeamMember,
    shown,
)
from communitas.reports.rules.documents.results import CriterionResult, MarkCount, SectionResult, Summary
from communitas.reports.rules.documents.shares import share
from communitas.standards.rules.edition import Criterion, Edition, Section

HOUSE: Final = Design()


@dataclass(frozen=True, slots=True)
class LocalReport:
    """A whole local report. `basis` says whose marks lead: the agreed ones, or the community's own before a visit."""

    network: str
    cycle: str
    community: Community
    type_name: str
    edition_title: str
    edition_number: int
    state: State
    version: int
    dated_on: date
    visit_on: date | None
    visit_form: str
    signatures: tuple[Signature, ...]
    basis: ScoreKind
    summary: Summary
    overall_self: Share
    overall_agreed: Share
    overall_last: Share | None
    overall_peers: Band
    peers_sentence: str
    peer_group: str
    last_name: str
    agreement: Agreement | None
    change: Change | None
    sections: tuple[SectionResult, ...]
    achievements: tuple[Finding, ...]
    improvements: tuple[Finding, ...]
    actions: tuple[PlannedAction, ...]
    feedback: str
    team: tuple[TeamMember, ...]
    corrections: tuple[Correction, ...]
    notes: tuple[Note, ...]
    earlier_actions: tuple[PlannedAction, ...] = ()  # what was planned after the last review, and what became of it
    design: Design = HOUSE

    @property
    def overall(self) -> Share:
        """The figures that lead the report."""
        return self.overall_agreed if self.basis == "agreed" else self.overall_self

    @property
    def tells_criteria(self) -> bool:
        """Whether criteria are told one by one, as they are not in a reduced edition."""
        return any(section.criteria for section in self.sections)

    @property
    def title(self) -> str:
        """The title of the document and of the page."""
        return f"{self.community.name}: local report, {self.cycle}"


def build_local(
    *,
    network: str,
    cycle: str,
    edition: Edition,
    community: Community,
    self_scores: Iterable[Fact],
    agreed_scores: Iterable[Fact],
    dated_on: date,
    state: State = "final",
    version: int = 1,
    type_name: str = "",
    modules: frozenset[str] = frozenset(),
    reasons: Mapping[str, str] | None = None,
    last: LastCycle | None = None,
    peers: Peers | None = None,
    achievements: Iterable[Finding] = (),
    improvements: Iterable[Finding] = (),
    actions: Iterable[PlannedAction] = (),
    feedback: str = "",
    visit_on: date | None = None,
    visit_form: str = "",
    team: Iterable[TeamMember] = (),
    signatures: Iterable[Signature] = (),
    corrections: Iterable[Correction] = (),
    next_steps: Iterable[str] = (),
    notes: Iterable[Note] = (),
    introduction: str = "",
    earlier_actions: Iterable[PlannedAction] = (),
    design: Design = HOUSE,
) -> LocalReport:
    """A local report holds every criterion that applies, in the order of the book, and nothing that nobody said.

    Scores of other communities among the facts are left out. What is not given is not printed: scores alone are enough.
    """
    own = {fact.criterion: fact for fact in self_scores if fact.community == community.code}
    team_facts = {fact.criterion: fact for fact in agreed_scores if fact.community == community.code}
    basis: ScoreKind = "agreed" if any(fact.score is not None for fact in team_facts.values()) else "self"
    applicable = {criterion.code for criterion in edition.applicable(community.service_type, modules)}
    planned, good, weak = tuple(actions), tuple(achievements), tuple(improvements)
    top = edition.scale.top
    sides = _Sides(own, team_facts, last, basis)
    peers_shown = peers or Peers("", Band(reason=wording.NO_PEERS))
    sections = tuple(
        _section(section, criteria, edition, sides, peers_shown, reasons or {}, planned)
        for section in edition.sections
        if (criteria := tuple(c for c in section.criteria if c.code in applicable))
    )
    codes = [criterion.code for section in sections for criterion in section.criteria]
    overall_self = share(count((sides.own(code) for code in codes), top=top))
    overall_agreed = share(count((sides.team(code) for code in codes), top=top))
    leading = overall_agreed if basis == "agreed" else overall_self
    marks = [sides.leading(code) for code in codes]
    return LocalReport(
        network=network,
        cycle=cycle,
        community=community,
        type_name=type_name or community.service_type,
        edition_title=edition.title,
        edition_number=edition.number,
        state=state,
        version=version,
        dated_on=dated_on,
        visit_on=visit_on,
        visit_form=visit_form,
        signatures=tuple(signatures),
        basis=basis,
        summary=Summary(
            headline=wording.headline(community.name, leading, basis),
            marks=_mark_counts(edition, marks),
            done_well=good[:3] or choosing.done_well(sections, basis),
            work_on=weak[:3] or choosing.work_on(sections, basis, peers_shown),
            next_steps=tuple(next_steps) or wording.next_steps(state, basis, planned),
            introduction=introduction.strip(),
        ),
        overall_self=overall_self,
        overall_agreed=overall_agreed,
        overall_last=share(count((sides.last(code) for code in codes if sides.comparable(code)), top=top))
        if last
        else None,
        overall_peers=peers_shown.overall,
        peers_sentence=wording.among_peers(leading, peers_shown.overall, peers_shown.group),
        peer_group=peers_shown.group,
        last_name=last.name if last else "",
        agreement=agreement(((sides.own(code), sides.team(code)) for code in codes), top=top)
        if basis == "agreed" and own
        else None,
        change=change(last.name, ((code, sides.last(code), sides.leading(code)) for code in codes), top=top)
        if last
        else None,
        sections=sections,
        achievements=good,
        improvements=weak,
        actions=planned,
        feedback=feedback,
        team=tuple(_sparing(member) for member in team),
        corrections=tuple(corrections),
        notes=tuple(notes) or wording.method(edition, basis, len(codes), peers_shown),
        earlier_actions=tuple(earlier_actions),
        design=design,
    )


@dataclass(frozen=True, slots=True)
class _Sides:
    """Marks of both sides and of the last cycle, by criterion code."""

    own_facts: Mapping[str, Fact]
    team_facts: Mapping[str, Fact]
    last_cycle: LastCycle | None
    basis: ScoreKind

    def own(self, code: str) -> Score:
        fact = self.own_facts.get(code)
        return fact.score if fact else None

    def team(self, code: str) -> Score:
        fact = self.team_facts.get(code)
        return fact.score if fact else None

    def leading(self, code: str) -> Score:
        return self.team(code) if self.basis == "agreed" else self.own(code)

    def last(self, code: str) -> Score:
        if not self.last_cycle:
            return None
        scores = self.last_cycle.agreed_scores if self.basis == "agreed" else self.last_cycle.self_scores
        return scores.get(code)

    def comparable(self, code: str) -> bool:
        return isinstance(self.last(code), int) and isinstance(self.leading(code), int)


def _section(
    section: Section,
    criteria: tuple[Criterion, ...],
    edition: Edition,
    sides: _Sides,
    peers: Peers,
    reasons: Mapping[str, str],
    planned: tuple[PlannedAction, ...],
) -> SectionResult:
    top = edition.scale.top
    codes = [criterion.code for criterion in criteria]
    self_share = share(count((sides.own(code) for code in codes), top=top))
    agreed_share = share(count((sides.team(code) for code in codes), top=top))
    both = [code for code in codes if sides.comparable(code)]
    band = peers.sections.get(section.title, Band(reason=peers.overall.reason or wording.NO_PEERS))
    leading = agreed_share if sides.basis == "agreed" else self_share
    return SectionResult(
        title=section.title,
        code=section.code,
        self_share=self_share,
        agreed_share=agreed_share,
        last_share=share(count(map(sides.last, both), top=top)) if both else None,
        last_comparable=share(count(map(sides.leading, both), top=top)) if both else None,
        peers=band,
        peers_sentence=wording.among_peers(leading, band, peers.group),
        criteria=tuple(_criterion(c, edition, sides, peers, reasons, planned) for c in criteria),
    )


def _criterion(
    criterion: Criterion,
    edition: Edition,
    sides: _Sides,
    peers: Peers,
    reasons: Mapping[str, str],
    planned: tuple[PlannedAction, ...],
) -> CriterionResult:
    words = {mark.value: mark.word for mark in edition.scale.marks}
    top, code, last = edition.scale.top, criterion.code, sides.last_cycle
    own, team = sides.own_facts.get(code), sides.team_facts.get(code)
    return CriterionResult(
        code=code,
        statement=criterion.statement,
        plain_text=criterion.plain_text,
        level=int(criterion.level),
        level_word=wording.LEVELS[criterion.level],
        self_mark=shown(sides.own(code), words, top),
        agreed_mark=shown(sides.team(code), words, top),
        self_comment=own.comment if own else "",
        agreed_comment=team.comment if team else "",
        reason=reasons.get(code, ""),
        last_self=shown(last.self_scores[code], words, top) if last and code in last.self_scores else None,
        last_agreed=shown(last.agreed_scores[code], words, top) if last and code in last.agreed_scores else None,
        met_by=peers.criteria.get(code, ""),
        actions=tuple(action for action in planned if code in action.criteria),
    )


def _mark_counts(edition: Edition, scores: list[Score]) -> tuple[MarkCount, ...]:
    """Each mark of the scale, then not applicable; not scored only when it occurs."""
    words = {mark.value: mark.word for mark in edition.scale.marks}
    values: list[Score] = [mark.value for mark in edition.scale.marks]
    values.append("NA")
    if None in scores:
        values.append(None)
    rows = []
    for value in values:
        mark = shown(value, words, edition.scale.top)
        rows.append(MarkCount(mark, sum(score == value for score in scores), wording.MEANINGS[mark.kind]))
    return tuple(rows)


def _sparing(member: TeamMember) -> TeamMember:
    """A client member is named by display name and role alone: the community would reveal where they live."""
    return TeamMember(member.display_name, member.role, "", True) if member.client_member else member

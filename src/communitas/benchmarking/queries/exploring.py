"""What a member may explore: frozen cells of released cycles, and the community's own frozen marks beside them.

Nothing else is read: no workbook, no answer, no fact of another community, no exact figure.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from communitas.benchmarking.models import Fact, FrozenSubject, Release
from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.counts import Counts, count
from communitas.benchmarking.rules.disclosure.lattice import OVERALL, Subject
from communitas.benchmarking.rules.disclosure.values import HIDDEN
from communitas.benchmarking.rules.exploring import Explored, Moment, Part, Wanted, broken_words, chosen_subject
from communitas.benchmarking.rules.facts import ScoreKind
from communitas.benchmarking.rules.freezing import read
from communitas.benchmarking.rules.subjects import GROUPS, Given, Groups, SubjectCells, give_way, groups_of
from communitas.members.models import Community, Network
from communitas.standards import queries as standards
from communitas.standards.rules.edition import Edition

NOTHING = SubjectCells({})


@dataclass(frozen=True, slots=True)
class _Row:
    """One frozen subject of one cycle."""

    cells: SubjectCells
    line: str = ""
    before: str = ""
    change: str = ""
    keys: tuple[str, ...] = ()


def explore(network: Network, community: Community | None, wanted: Wanted) -> Explored | None:
    """What may be seen of the wanted figures; None before the first release of the network. Unknown wishes are dropped.

    Six queries, whatever the size, once the standards of the newest cycle were read.
    """
    released = list(_released(network))
    if not released:
        return None
    until = next((each for each in released if each.cycle_id == wanted.until), released[-1])
    place = released.index(until)
    since = next((i for i, each in enumerate(released) if each.cycle_id == wanted.since), max(place - 4, 0))
    chosen = released[min(since, place) : place + 1]
    edition = standards.edition_data(until.cycle.edition)
    subject = chosen_subject(edition, wanted)
    here = _newest(until, subject, edition)
    groups = groups_of(here.groups)
    group = _wanted_group(groups, wanted.group)
    own = _Own(community, chosen, wanted.kind)
    rows = {until.pk: here.rows[subject], **_earlier(chosen[:-1], subject, here.rows[subject])}
    given = give_way(here.rows[subject].cells, groups, wanted.kind, group)
    marks = own.marks(subject, rows, here.rows)
    return Explored(
        cycles=tuple((each.cycle_id, each.cycle.name) for each in released),
        since=chosen[0].cycle_id,
        until=until.cycle_id,
        cycle=until.cycle.name,
        address=(until.cycle.edition.standard_set.slug, until.cycle.edition.number),
        edition=edition,
        subject=subject,
        kind=wanted.kind,
        group=group,
        groups=groups,
        given=given,
        cells=here.rows[subject].cells,
        own=marks.whole.get(until.cycle_id),
        moments=_moments(chosen, rows, given.group, wanted.kind, marks.whole),
        parts=tuple(
            Part(part, row.cells, give_way(row.cells, groups, wanted.kind, group), marks.parts.get(part))
            for part, row in here.rows.items()
            if part != subject
        ),
    )


def _released(network: Network) -> QuerySet[Release]:
    found = Release.objects.filter(cycle__network=network, state=Release.State.RELEASED)
    slim = found.defer("exact", "protected", "audit").select_related("cycle__edition__standard_set")
    return slim.order_by("cycle__opens_on", "pk")


@dataclass(frozen=True, slots=True)
class _Newest:
    groups: Mapping[str, object]
    rows: Mapping[Subject, _Row]


def _newest(release: Release, subject: Subject, edition: Edition) -> _Newest:
    """The subject, its parts, and the groups of the newest chosen cycle. One query."""
    wish = Q(level=GROUPS) | Q(level=subject.level, name=subject.name)
    if subject == OVERALL:
        names = [section.title for section in edition.sections]
        wish |= Q(level="section")
        order = [OVERALL, *(Subject("section", name) for name in names)]
    elif subject.level == "section":
        codes = [c.code for section in edition.sections if section.title == subject.name for c in section.criteria]
        wish |= Q(level="criterion", name__in=codes)
        order = [subject, *(Subject("criterion", code) for code in codes)]
    else:
        order = [subject]
    rows: dict[Subject, _Row] = {}
    plain: Mapping[str, object] = {"parents": [["network", "", "", ""]], "took_part": []}
    for level, name, row, cells in _read(FrozenSubject.objects.filter(wish, release=release)):
        if level == GROUPS:
            plain = cells
        else:
            rows[_subject(level, name)] = row
    return _Newest(plain, {each: rows.get(each, _Row(NOTHING)) for each in order})


def _subject(level: str, name: str) -> Subject:
    return OVERALL if level == "overall" else Subject("section" if level == "section" else "criterion", name)


def _earlier(releases: Sequence[Release], subject: Subject, newest: _Row) -> dict[int, _Row]:
    """The subject in earlier cycles by the id of the release: on its line, or on the line before. One query."""
    found = FrozenSubject.objects.filter(release__in=[each.pk for each in releases], level=subject.level)
    if subject.level == "criterion":
        lines = [line for line in (newest.line, newest.before) if line]
        found = found.filter(line__in=lines)
    else:
        found = found.filter(name=subject.name)
    rows: dict[int, _Row] = {}
    for pk, _level, _name, row, _cells in _read_with(found):
        if pk not in rows or row.line == newest.line:
            rows[pk] = row
    return rows


def _read(found: QuerySet[FrozenSubject]) -> Iterable[tuple[str, str, _Row, Mapping[str, object]]]:
    for _pk, level, name, row, cells in _read_with(found):
        yield level, name, row, cells


def _read_with(found: QuerySet[FrozenSubject]) -> Iterable[tuple[int, str, str, _Row, Mapping[str, object]]]:
    columns = found.values_list("release", "level", "name", "line", "before", "change", "keys", "cells")
    for release, level, name, line, before, change, keys, cells in columns:
        held = NOTHING if level == GROUPS else SubjectCells(cells)
        yield release, level, name, _Row(held, line, before, change, tuple(keys)), cells


def _wanted_group(groups: Groups, wanted: Sequence[Group]) -> Group:
    return next((each for each in wanted if each in groups.parents), NETWORK)


def _moments(
    releases: Sequence[Release],
    rows: Mapping[int, _Row],
    group: Group,
    kind: ScoreKind,
    own: Mapping[int, Counts],
) -> tuple[Moment, ...]:
    moments: list[Moment] = []
    before: _Row | None = None
    for release in releases:
        row = rows.get(release.pk)
        broken = ""
        if row is not None and before is not None and row.line != before.line:
            broken = broken_words(row.change)
        value = row.cells.value(kind, group) if row else HIDDEN
        moments.append(
            Moment(release.cycle.name, Given(value, group), own.get(release.cycle_id), broken, row is not None)
        )
        before = row or before
    return tuple(moments)


@dataclass(frozen=True, slots=True)
class _Marks:
    """The own marks on the subject by cycle, and on its parts in the newest one."""

    whole: Mapping[int, Counts]
    parts: Mapping[Subject, Counts]


@dataclass(frozen=True, slots=True)
class _Own:
    """The frozen marks of one community. Two queries, none without a community."""

    community: Community | None
    releases: Sequence[Release]
    kind: ScoreKind

    def marks(self, subject: Subject, rows: Mapping[int, _Row], newest: Mapping[Subject, _Row]) -> _Marks:
        """Counted over the criteria that the frozen subjects name."""
        if self.community is None:
            return _Marks({}, {})
        last = self.releases[-1]
        if subject == OVERALL:
            return _Marks(self._together(), self._parts(newest, self._scores([last.cycle_id], None)[last.cycle_id]))
        keys = {key for row in rows.values() for key in row.keys}
        scores = self._scores([each.cycle_id for each in self.releases], keys)
        whole = {
            each.cycle_id: self._count(each, [scores[each.cycle_id][key] for key in found])
            for each in self.releases
            if each.pk in rows and (found := [key for key in rows[each.pk].keys if key in scores[each.cycle_id]])
        }
        return _Marks(whole, self._parts(newest, scores[last.cycle_id]))

    def _parts(self, newest: Mapping[Subject, _Row], scores: Mapping[str, int | None]) -> dict[Subject, Counts]:
        last = self.releases[-1]
        return {
            subject: self._count(last, [scores[key] for key in row.keys if key in scores])
            for subject, row in newest.items()
            if any(key in scores for key in row.keys)
        }

    def _together(self) -> dict[int, Counts]:
        found: dict[int, Counts] = {}
        rows = self._facts([each.cycle_id for each in self.releases])
        by_cycle = {each.cycle_id: each for each in self.releases}
        summed = rows.values_list("fact_set__enrolment__cycle", "score").annotate(number=Count("pk"))
        for cycle, score, number in summed.order_by():
            found[cycle] = found.get(cycle, Counts()) + self._count(by_cycle[cycle], [score] * number)
        return found

    def _scores(self, cycles: Sequence[int], keys: Collection[str] | None) -> dict[int, dict[str, int | None]]:
        rows = self._facts(cycles)
        if keys is not None:
            rows = rows.filter(criterion_key__in=sorted(keys))
        found: dict[int, dict[str, int | None]] = {cycle: {} for cycle in cycles}
        for cycle, key, score in rows.values_list("fact_set__enrolment__cycle", "criterion_key", "score"):
            found[cycle][key] = score
        return found

    def _facts(self, cycles: Sequence[int]) -> QuerySet[Fact]:
        return Fact.objects.filter(
            fact_set__current=True,
            fact_set__enrolment__community=self.community,
            fact_set__enrolment__cycle__in=cycles,
            kind=self.kind,
        )

    def _count(self, release: Release, scores: Iterable[int | None]) -> Counts:
        return count(map(read, scores), top=standards.scale_of(release.cycle.edition).top)

"""Frozen facts as plain data, and what a community scored the last time on criteria that compare."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from communitas.benchmarking import models
from communitas.benchmarking.rules.facts import Fact, Score, ScoreKind
from communitas.benchmarking.rules.freezing import read
from communitas.cycles.models import Enrolment
from communitas.standards import queries as standards
from communitas.standards.rules.descent import Ancestor

KINDS: dict[str, ScoreKind] = {"self": "self", "agreed": "agreed"}


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last cycle of a community for which facts are kept.

    `facts` stand under the keys of that cycle's edition; `ancestors` leads from each criterion of the present edition
    to those of which it is made there, `same` only to the one that can be compared.
    """

    enrolment: Enrolment
    facts: Mapping[tuple[str, ScoreKind], Fact]
    ancestors: Mapping[str, tuple[Ancestor, ...]]
    same: Mapping[str, str]

    @property
    def cycle(self) -> str:
        """The name of that cycle."""
        return self.enrolment.cycle.name

    def score(self, key: str, kind: ScoreKind) -> Score:
        """What was scored on a criterion of that edition; None where nothing was."""
        fact = self.facts.get((key, kind))
        return fact.score if fact else None


def facts_of(enrolment: Enrolment) -> tuple[Fact, ...]:
    """The facts of an enrolment that count now, `criterion` being the key; empty where none are frozen. One query."""
    return facts_of_all([enrolment]).get(enrolment.pk, ())


def facts_of_all(enrolments: Iterable[Enrolment]) -> dict[int, tuple[Fact, ...]]:
    """The facts that count now by the id of their enrolment. One query."""
    found: dict[int, list[Fact]] = {}
    rows = (
        models.Fact.objects.filter(fact_set__current=True, fact_set__enrolment__in=list(enrolments))
        .order_by("fact_set", "pk")
        .values_list(
            *("fact_set__enrolment", "fact_set__enrolment__community__code", "criterion_key", "kind", "score"),
            "comment",
        )
    )
    for enrolment, community, key, kind, score, comment in rows:
        found.setdefault(enrolment, []).append(Fact(community, key, KINDS[kind], read(score), comment))
    return {pk: tuple(facts) for pk, facts in found.items()}


def earlier(enrolment: Enrolment) -> Earlier | None:
    """The community's last cycle before this enrolment's with frozen facts; None where there is none."""
    found = (
        Enrolment.objects.filter(
            community=enrolment.community_id,
            cycle__network=enrolment.cycle.network_id,
            cycle__opens_on__lt=enrolment.cycle.opens_on,
            fact_sets__current=True,
        )
        .select_related("cycle", "edition", "community")
        .order_by("-cycle__opens_on", "-pk")
        .first()
    )
    if found is None:
        return None
    facts = {(fact.criterion, fact.kind): fact for fact in facts_of(found)}
    if found.edition_id == enrolment.edition_id:
        return Earlier(found, facts, {}, standards.comparable(enrolment.edition, found.edition))
    ancestors = standards.ancestors(enrolment.edition, found.edition)
    same = {key: who[0].key for key, who in ancestors.items() if len(who) == 1 and who[0].comparable}
    return Earlier(found, facts, ancestors, same)


def last_cycle(enrolment: Enrolment) -> dict[str, tuple[Score, Score]]:
    """What the community scored the last time, (self, agreed), by the key of the present edition's criterion.

    Only criteria that compare are there: one that became one other with the same meaning, and that was scored then.
    """
    before = earlier(enrolment)
    if before is None:
        return {}
    found = {key: (before.score(older, "self"), before.score(older, "agreed")) for key, older in before.same.items()}
    return {key: scores for key, scores in found.items() if scores != (None, None)}

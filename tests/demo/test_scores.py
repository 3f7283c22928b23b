"""What the demo's communities score: believable, and the same again for the same seed."""

from datetime import date

import pytest
from django.db import transaction

from communitas.benchmarking.models import Fact
from communitas.demo.network import build
from communitas.demo.network.calendar import Calendar, weekday
from communitas.demo.network.data import hearth_edition, places
from communitas.demo.network.scoring import Scorer
from communitas.standards.rules.edition import Level

TODAY = date(2026, 11, 23)
FEW = frozenset({"LARK", "MILL", "BECK", "GATE", "TABL", "HAVN", "HAZE", "WINT"})


def quiet(text: str) -> None:
    """Say nothing."""


@pytest.mark.slow
@pytest.mark.django_db
def test_the_same_seed_gives_the_same_scores_and_words() -> None:
    first, second = ([*_facts(seed=7)] for _ in range(2))

    assert first == second


def _facts(*, seed: int) -> list[tuple[str, str, int | None, str]]:
    with transaction.atomic():
        build(today=TODAY, seed=seed, say=quiet, codes=FEW)
        facts = Fact.objects.order_by("fact_set__enrolment__cycle__opens_on", "fact_set__enrolment__community__code")
        found = list(facts.order_by("pk").values_list("criterion_key", "kind", "score", "comment"))
        transaction.set_rollback(True)
    return found


def test_another_seed_gives_other_scores() -> None:
    criteria = list(hearth_edition(3).criteria())
    first, second = (Scorer(seed, "LARK", 0.86, 0.05).agreed(criteria, year=5) for seed in (7, 8))

    assert first != second


def test_scores_look_like_those_of_real_networks() -> None:
    criteria = list(hearth_edition(3).criteria())
    met: dict[str, list[bool]] = {"self": [], "agreed": [], **{level.name: [] for level in Level}}
    for place in places():
        scorer = Scorer(1, place.code, place.data["strength"], place.data["candour"])
        agreed = scorer.agreed(criteria, year=4)
        own = scorer.own(agreed, year=4)
        met["agreed"] += [score == 2 for score in agreed.values() if score != "NA"]
        met["self"] += [score == 2 for score in own.values() if score != "NA"]
        for criterion in criteria:
            if agreed[criterion.key] != "NA":
                met[criterion.level.name].append(agreed[criterion.key] == 2)
    percent = {name: 100 * sum(rows) / len(rows) for name, rows in met.items()}

    assert 3 <= percent["self"] - percent["agreed"] <= 8
    assert 88 <= percent["ESSENTIAL"] <= 95
    assert 78 <= percent["EXPECTED"] <= 88
    assert 60 <= percent["DESIRABLE"] <= 75


def test_visits_are_never_on_a_weekend_or_a_day_off() -> None:
    days = {Calendar(TODAY).visit(offset) for offset in range(-160, 120)}

    assert all(day == weekday(day) for day in days)
    assert date(2026, 12, 25) not in days

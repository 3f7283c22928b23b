"""How much does answering one criterion cost beside a view that only inserts one row?"""

from collections.abc import Callable
from itertools import islice, product
from typing import TYPE_CHECKING

from benchmarks.ground.site import Answer, Visitor, application, installation, p95, signed_in
from benchmarks.results import Result, at_least, for_information

if TYPE_CHECKING:
    from benchmarks.ground.network import LargeNetwork

COMMUNITIES = 40
WARM_UP = 5  # of each view: the first request of a process reads templates and writes SQL that later ones find ready
Ask = Callable[[], Answer]


def run(full: bool) -> list[Result]:
    """Three views in turn, so that all meet the same machine: SQLite that syncs each commit, one process."""
    count = 480 if full else 150
    with installation():
        from django.test import override_settings  # settings are ready only inside an installation

        from benchmarks.ground import network

        with override_settings(ROOT_URLCONF="benchmarks.ground.urls"):
            serve = application()
            with override_settings(MIDDLEWARE=[]):
                bare = application()
            made = network.make("meadow", communities=COMMUNITIES, criteria=count // 10)
            asks = _asks(made, signed_in(made.lead, serve), signed_in(made.lead, bare), count)
            times = [[_took(ask) for ask in each] for each in asks]
        assert made.workbook.events.count() == len(times), "every answer is an event"
    del times[:WARM_UP]
    answering, inserting, naked = ([each[view] for each in times] for view in range(3))
    note = f"{len(times)} of each in turn; p95 {p95(answering):.0f} ms against {p95(inserting):.0f} ms"
    return [
        at_least("answering, share of an insert's rate", sum(inserting) / sum(answering), "", 0.5, note),
        for_information("answering a criterion", _rate(answering), "/s", "htmx, one new score"),
        for_information("inserting a row", _rate(inserting), "/s", "same middleware, session and durability"),
        for_information("inserting a row, naked", _rate(naked), "/s", "no middleware, no session"),
    ]


def _asks(made: "LargeNetwork", lead: Visitor, nobody: Visitor, count: int) -> list[tuple[Ask, Ask, Ask]]:
    from communitas.kit.addresses import path_of

    def answer(key: str, score: int) -> Ask:
        path = path_of("meadow", "workbooks:answer", made.workbook.pk, key)
        fields = {"score": str(score), "reason": "", "comment": "", "seen": "", "seen_comments": ""}
        return lambda: lead.post(path, fields, {"HX-Request": "true"})

    row = {"enrolment": str(made.enrolment.pk)}
    keys = [f"c{section}-{number}" for section, number in product(range(1, 11), range(1, made.criteria + 1))]
    return [
        (
            answer(key, number % 3),
            lambda: lead.post("/meadow/plain/insert/", row),
            lambda: nobody.post("/plain/naked/", row),
        )
        for number, key in enumerate(islice(keys, count))
    ]


def _took(ask: Ask) -> float:
    answer = ask()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status}: {answer.body[:300]!r}")
    return answer.took


def _rate(times: list[float]) -> float:
    return 1000 * len(times) / sum(times)

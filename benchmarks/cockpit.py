"""How quickly does the cockpit of a cycle open with 1,600 enrolments, however it is filtered?"""

from benchmarks.ground.site import application, installation, p95, queries_of, signed_in, times_of
from benchmarks.results import Result, at_most

LARGE, SMALL = 1600, 30
LIMIT = 150
VIEWS = {
    "as it opens": "",
    "one stage": "?stage=self_review",
    "late ones": "?due=late",
    "a search": "?q=House+0004",
    "last page": "?page=64",
}


def run(full: bool) -> list[Result]:
    """The page as the office opens it, through the whole of WSGI in one process on SQLite."""
    count = 200 if full else 40
    results = []
    with installation():
        from benchmarks.ground import network  # models are ready only inside an installation
        from communitas.kit.addresses import path_of

        serve = application()
        large, small = network.make("large", communities=LARGE), network.make("small", communities=SMALL)
        office, neighbour = signed_in(large.office, serve), signed_in(small.office, serve)
        path = path_of("large", "cycles:cockpit", large.cycle.pk)
        same = path_of("small", "cycles:cockpit", small.cycle.pk)
        for name, query in VIEWS.items():
            times = times_of(office, path + query, count=count)
            results.append(at_most(f"cockpit, {name}, p95", p95(times), "ms", LIMIT, f"{LARGE} enrolments"))
        asked, limit = queries_of(office, path), queries_of(neighbour, same)
        results.append(at_most("cockpit, queries", asked, "queries", limit, f"the limit is what {SMALL} take"))
    return results

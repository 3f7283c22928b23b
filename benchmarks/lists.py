"""How quickly do the lists of a large network open, and do they ask the same number of queries as in a small one?"""

from benchmarks.ground.site import application, installation, p95, queries_of, signed_in, times_of
from benchmarks.results import Result, at_most

LARGE, SMALL = 1600, 30  # communities; the small one fills more than one page of a list too
LIMIT = 150
PAGES = {
    "communities": "members:communities",
    "people": "members:people",
    "visits": "visits:list",
    "certificates": "recognition:list",
    "reports": "reports:locals",
}


def run(full: bool) -> list[Result]:
    """Each list as the office opens it, first page, through the whole of WSGI in one process on SQLite."""
    count = 200 if full else 40
    results = []
    with installation():
        from benchmarks.ground import network  # models are ready only inside an installation
        from communitas.kit.addresses import path_of

        serve = application()
        large, small = network.make("large", communities=LARGE), network.make("small", communities=SMALL)
        office, neighbour = signed_in(large.office, serve), signed_in(small.office, serve)
        for name, page in PAGES.items():
            path, same = path_of("large", page), path_of("small", page)
            results += [
                at_most(f"list of {name}, p95", p95(times_of(office, path, count=count)), "ms", LIMIT, f"{LARGE} rows"),
                _constant(name, queries_of(office, path), queries_of(neighbour, same)),
            ]
    return results


def _constant(name: str, here: int, there: int) -> Result:
    return at_most(f"list of {name}, queries", here, "queries", there, f"the limit is what {SMALL} rows take")

"""Is anything lost or doubled that the office had acknowledged, whatever breaks?"""

from benchmarks.results import Result


def run(full: bool) -> list[Result]:
    """The tests of durability, each with its count. Full sizes take an hour; the quick ones find a gross mistake."""
    from benchmarks.faults import carriers, flushes, folds, kills, returns, storm, troubles

    return [
        *kills.run(200 if full else 3),
        *flushes.run(1000 if full else 60),
        *carriers.run(10_000 if full else 120),
        *folds.run(10_000 if full else 300),
        *troubles.run(100 if full else 20, busy=30 if full else 3),
        *returns.run(200 if full else 40),
        *storm.run(*((200, 300, 20, 600) if full else (10, 60, 2, 5))),
    ]

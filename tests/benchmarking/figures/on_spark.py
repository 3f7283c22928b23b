"""`python -m tests.benchmarking.figures.on_spark`: a local Spark counts what the rules count, or this ends with 1."""

from communitas.benchmarking.figures.engines import Choice
from communitas.benchmarking.rules.facts import Score
from tests.benchmarking.figures.comparing import compare
from tests.benchmarking.figures.ground import played

SCORES: list[Score] = [2, 1, 0, "NA", None, 2, 2, 0, 1, 2, "NA", 2, 2]


def main() -> None:
    """Two cycles with a community that joined and one that left, in which every state of a score is there."""
    earlier = played(["C1", "C2", "C3", "C5"], SCORES * 4, cycle=1)
    later = played(["C1", "C2", "C4", "C5"], [*SCORES[5:], *SCORES[::-1], *SCORES, *SCORES], cycle=2)

    compare(Choice(engine="spark"), earlier, later)


if __name__ == "__main__":
    main()

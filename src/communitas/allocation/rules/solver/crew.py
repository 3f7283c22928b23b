"""Several processes that look at neighbourhoods at the same time, and answer in a fixed order."""

from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from communitas.allocation.rules.problem import Problem
from communitas.allocation.rules.solver.instance import Column, Instance
from communitas.allocation.rules.solver.pricing import Prices, Pricing
from communitas.allocation.rules.solver.search import Effort, Found, Searcher

Task = tuple[list[Column | None], list[int], Effort]
Message = Prices | Task | None  # new prices, a neighbourhood, or the end


class Crew:
    """This process and `workers - 1` more, each with its own copy of the problem. A context manager."""

    def __init__(self, problem: Problem, searcher: Searcher, workers: int) -> None:
        self._searcher = searcher
        context = get_context("spawn")  # a fork would copy the threads' locks of HiGHS and of a server
        self._lines: list[Connection] = []
        self._processes = []
        for _ in range(workers - 1):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs, problem), daemon=True)
            process.start()
            theirs.close()
            self._lines.append(ours)
            self._processes.append(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.terminate()
            process.join()
        for line in self._lines:
            line.close()

    def tell(self, prices: Prices) -> None:
        """Give everybody the prices that say which teams are worth having."""
        self._searcher.prices = prices
        for line in self._lines:
            line.send(prices)

    def improve(self, chosen: list[Column | None], groups: Sequence[list[int]], effort: Effort) -> list[Found]:
        """Look at one group each; the answers stand in the order of the groups."""
        for line, group in zip(self._lines, groups[1:], strict=False):
            line.send((chosen, group, effort))
        found = [self._searcher.improve(chosen, groups[0], effort)]
        for line, _ in zip(self._lines, groups[1:], strict=False):
            found.append(line.recv())
        return found

    def improve_all(self, chosen: list[Column | None], hosts: list[int], efforts: Sequence[Effort]) -> list[Found]:
        """Look at all hosts with different efforts; the answers stand in their order."""
        for line, effort in zip(self._lines, efforts[1:], strict=False):
            line.send((chosen, hosts, effort))
        found = [self._searcher.improve(chosen, hosts, efforts[0])]
        for line, _ in zip(self._lines, efforts[1:], strict=False):
            found.append(line.recv())
        return found


def _serve(line: Connection, problem: Problem) -> None:
    instance = Instance(problem)
    searcher = Searcher(instance, Pricing(instance))
    while True:
        message: Message = line.recv()
        if message is None:
            return
        if isinstance(message, Prices):
            searcher.prices = message
        else:
            chosen, group, effort = message
            line.send(searcher.improve(chosen, group, effort))

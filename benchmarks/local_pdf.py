"""How quickly is a local report a PDF, beside Typst alone and WeasyPrint, and does memory stay flat over many?"""

import hashlib
import os
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module
from io import BytesIO
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.ground.memory import memory_of, watched
from benchmarks.ground.site import installation
from benchmarks.results import Result, at_least, at_most, for_information
from communitas.kit.typesetting import ROOT, Order, compile_many, fonts, inputs_of

# As many as keep each from being remembered: Typst keeps what its last ten documents laid out.
REPORTS = 12
PEER_REPORTS = 3
WORKERS = 2


def run(full: bool) -> list[Result]:
    """Three processes set the same reports in turn, so that each meets the same machine; then two set many."""
    with installation():
        reports = import_module("benchmarks.ground.reviewed").make(REPORTS)
        return [*_beside(reports, rounds=5 if full else 1), *_many(reports, 1000 if full else 60)]


@dataclass(frozen=True, slots=True)
class Made:
    """One PDF, its seconds by the clock and of the processor, and what its process held afterwards."""

    seconds: float
    processor: float
    pdf: bytes
    memory: int


def _beside(reports: Sequence[int], *, rounds: int) -> Iterator[Result]:
    with _process(_start_django) as ours, _process() as bare, _process() as peer:
        orders = {pk: ours.submit(_order, pk).result() for pk in reports}
        made: dict[str, list[Made]] = {"ours": [], "bare": [], "peer": []}
        there = peer.submit(_has_weasyprint).result()
        for turn in range(rounds + 1):  # the first warms up and is not measured
            for place, pk in enumerate(reports):
                set_now = {"ours": ours.submit(_ours, pk).result(), "bare": bare.submit(_bare, orders[pk]).result()}
                if there and place < (PEER_REPORTS if turn else 1):
                    set_now["peer"] = peer.submit(_weasyprint, orders[pk].data).result()
                for who, one in set_now.items():
                    made[who] += [one] if turn else []
    differing = sum(one.pdf != other.pdf for one, other in zip(made["ours"], made["bare"], strict=True))
    yield from _ratios(made, _content_of(orders[reports[0]], made["ours"][0].pdf))
    yield at_most("local report, set again by another process", differing, "documents that differ", 0)
    held = [each.memory for each in made["ours"]]
    grown = held[-1] / held[0]
    yield at_most("local report, one process that goes on", grown, "times", 1.1, f"memory after {len(held)} more")


def _ratios(made: Mapping[str, list[Made]], content: str) -> Iterator[Result]:
    """All by the clock, as people wait; beside it by processor time, which other work on the machine leaves alone."""
    ours, bare = _mean(made["ours"]), _mean(made["bare"])
    note = f"{len(made['ours'])} of {content}; from rows to PDF {_ms(ours)}, Typst alone {_ms(bare)}"
    yield at_most("local report beside Typst alone", ours.seconds / bare.seconds, "times", 1.25, note)
    note = f"{_ms(ours, processor=True)} and {_ms(bare, processor=True)}"
    yield for_information("local report beside Typst alone, processor", ours.processor / bare.processor, "times", note)
    if not made["peer"]:
        yield for_information("WeasyPrint is not installed here", 0, "documents", "requirements/bench.txt and Pango")
        return
    peer = _mean(made["peer"])
    note = f"{_ms(peer)} for the same content, {_pages(made['peer'][0].pdf)} pages of HTML that is ready"
    yield at_least("local report beside WeasyPrint", peer.seconds / ours.seconds, "times the rate", 8, note)
    note = _ms(peer, processor=True)
    yield for_information(
        "local report beside WeasyPrint, processor", peer.processor / ours.processor, "times the rate", note
    )


def _mean(made: Sequence[Made]) -> Made:
    """A mean over all, because our process clears its memory once in some documents."""
    return Made(
        statistics.fmean(each.seconds for each in made), statistics.fmean(each.processor for each in made), b"", 0
    )


def _ms(made: Made, *, processor: bool = False) -> str:
    return f"{(made.processor if processor else made.seconds) * 1000:,.0f} ms"


def _many(reports: Sequence[int], number: int) -> Iterator[Result]:
    """A run of many through the pool that `communitas build-reports` sets its reports with."""
    used = _processor_time()
    started = time.perf_counter()
    with watched() as seen:
        middle = 0
        hashes = set()
        for place, pdf in enumerate(compile_many(_orders(reports, number), workers=WORKERS), start=1):
            hashes.add(hashlib.sha256(pdf).digest())
            if place == number // 2:
                middle = len(seen)
    took = time.perf_counter() - started
    assert len(hashes) == number, "Each report is another one."
    first, second = max(seen[:middle]), max(seen[middle:])
    size = f"{number} reports, {WORKERS} processes and this one; {first / 1e6:.0f} and {second / 1e6:.0f} MB"
    yield at_most("run of local reports, memory of its second half", second / first, "times", 1.1, size)
    yield for_information("run of local reports", number / took, "reports/s")
    yield for_information("run of local reports, cores at work", (_processor_time() - used) / took, "cores")


def _orders(reports: Sequence[int], number: int) -> Iterator[Order]:
    for place, pk in enumerate(islice(cycle(reports), number), start=1):
        yield _order(pk, version=place)


def _document(pk: int) -> Any:
    queries = import_module("communitas.reports.queries")
    return queries.document_of(queries.reports().get(pk=pk), at=import_module("benchmarks.ground.reviewed").AT)


def _order(pk: int, version: int = 1) -> Order:
    order: Order = import_module("communitas.reports.typesetting.local").local_order(
        replace(_document(pk), version=version)
    )
    return order


def _ours(pk: int) -> Made:
    local_pdf = import_module("communitas.reports.typesetting.local").local_pdf
    return _timed(lambda: local_pdf(_document(pk)))


def _bare(order: Order) -> Made:
    """Typst alone: the template as it is, the data as it goes into it."""
    given = inputs_of(order.data)
    return _timed(lambda: _compile(ROOT / order.template, given, order.timestamp))


def _compile(template: Path, given: dict[str, str], timestamp: datetime) -> bytes:
    typst = import_module("typst")
    if not hasattr(_compile, "compiler"):
        _compile.compiler = typst.Compiler(root=ROOT, font_paths=fonts())  # type: ignore[attr-defined]  # kept with it
    made: bytes = _compile.compiler.compile(  # type: ignore[attr-defined]  # likewise
        input=str(template), format="pdf", sys_inputs=given, pdf_standards=["ua-1"], timestamp=timestamp
    )
    return made


def _weasyprint(data: Mapping[str, Any]) -> Made:
    html = import_module("benchmarks.ground.printed").as_html(data)
    weasyprint = import_module("weasyprint")
    return _timed(lambda: weasyprint.HTML(string=html).write_pdf())


def _has_weasyprint() -> bool:
    try:
        import_module("weasyprint")
    except (ImportError, OSError):  # OSError where Pango is missing
        return False
    return True


def _timed(make: Callable[[], bytes]) -> Made:
    started, used = time.perf_counter(), time.process_time()
    pdf = make()
    return Made(time.perf_counter() - started, time.process_time() - used, pdf, memory_of(os.getpid()))


def _process(start: Callable[[], None] | None = None) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=start)


def _start_django() -> None:
    import_module("django").setup()


def _processor_time() -> float:
    """Seconds of this process and of those that it has waited for."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _content_of(order: Order, pdf: bytes) -> str:
    rows = sum(len(section["criteria"]) for section in order.data["sections"])
    charts = sum(chart is not None for chart in order.data["charts"].values())
    charts += sum(section["chart"] is not None for section in order.data["sections"])
    return f"{_pages(pdf)} pages, {rows} rows, {charts} charts"


def _pages(pdf: bytes) -> int:
    pages: int = import_module("pypdf").PdfReader(BytesIO(pdf)).get_num_pages()
    return pages

"""What a piece of a national report holds. Plain data; every text in it is already worded."""

from dataclasses import dataclass

from communitas.benchmarking.rules.charts.drawing import Chart
from communitas.reports.rules.documents.told import QuoteTold


@dataclass(frozen=True, slots=True)
class TableData:
    """A table of words; `numbers` are the columns that hold numbers."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: what it is about, how it stands, and what helped others with it."""

    title: str
    text: str = ""
    tag: str = ""
    helped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """One block as it is read, on the page and in the PDF alike."""

    id: str
    kind: str
    heading: str
    text: str = ""
    chart: Chart | None = None
    tables: tuple[TableData, ...] = ()
    items: tuple[Item, ...] = ()
    quotes: tuple[QuoteTold, ...] = ()
    notes: tuple[str, ...] = ()

"""The facts of a cycle as one table: a row for each enrolment, criterion that applies to it, and kind of score.

The codebook of the columns is docs/operate/scale.md. The same input gives the same bytes.
"""

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from communitas.benchmarking.rules.freezing import FACTS_FORMAT

NOT_APPLICABLE: Final = -1
NOT_SCORED: Final = -2
MET, PARTLY_MET, NOT_MET, NA, NS = "met", "partly met", "not met", "not applicable", "not scored"
KINDS: Final = ("self", "agreed")
ROWS_OF_A_GROUP: Final = 122_880  # what one thread reads at a time
_ABOUT: Final = b"communitas"

SCHEMA: Final = pa.schema(
    [
        pa.field("network", pa.string(), nullable=False),
        pa.field("cycle", pa.int32(), nullable=False),
        pa.field("cycle_name", pa.string(), nullable=False),
        pa.field("cycle_opens_on", pa.date32(), nullable=False),
        pa.field("edition", pa.int32(), nullable=False),
        pa.field("edition_name", pa.string(), nullable=False),
        pa.field("enrolment", pa.int32(), nullable=False),
        pa.field("community", pa.int32(), nullable=False),
        pa.field("community_code", pa.string(), nullable=False),
        pa.field("organisation", pa.string(), nullable=False),
        pa.field("service_type", pa.string(), nullable=False),
        pa.field("region", pa.string(), nullable=False),
        pa.field("criterion", pa.string(), nullable=False),
        pa.field("criterion_code", pa.string(), nullable=False),
        pa.field("section", pa.string(), nullable=False),
        pa.field("level", pa.int8(), nullable=False),
        pa.field("lineage", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("mark", pa.string(), nullable=False),
        pa.field("score", pa.int8(), nullable=True),
        pa.field("top", pa.int8(), nullable=False),
    ]
)


@dataclass(frozen=True, slots=True)
class Round:
    """The cycle that a file is of; `opens_on` is an ISO date."""

    network: str
    cycle: int
    name: str
    opens_on: str


@dataclass(frozen=True, slots=True)
class Book:
    """An edition by which communities were reviewed; `top` is the score that counts as met."""

    edition: int
    name: str
    top: int


@dataclass(frozen=True, slots=True)
class Enrolled:
    """One enrolment, with the community's number, code, operator, type and region as they were in that cycle."""

    enrolment: int
    edition: int
    community: int
    code: str
    organisation: str
    service_type: str
    region: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One criterion. `lineage` is the key of the criterion from which it descends without a break."""

    key: str
    code: str
    section: str
    level: int
    lineage: str


@dataclass(frozen=True, slots=True)
class Answers:
    """Four columns of equal length: places in the enrolments, criteria and KINDS, and the score or a state below 0."""

    enrolment: NDArray[np.int32]
    criterion: NDArray[np.int32]
    kind: NDArray[np.int8]
    score: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Header:
    """What a file of facts says about itself, without its rows."""

    format: int
    code_version: str
    round: Round
    enrolled: tuple[Enrolled, ...]
    criteria: int
    rows: int


def answers(rows: Iterable[tuple[int, int, int, int]]) -> Answers:
    """Answers from rows of the four numbers, in any order."""
    columns = np.array(list(rows), dtype=np.int32).reshape(-1, 4).T
    return Answers(columns[0], columns[1], columns[2].astype(np.int8), columns[3].astype(np.int8))


def star_table(
    round_: Round, book: Book, enrolled: Sequence[Enrolled], criteria: Sequence[Asked], given: Answers
) -> pa.Table:
    """The rows of one edition, in a fixed order: by enrolment, kind and criterion, each in the order given."""
    order = np.lexsort((given.criterion, given.kind, given.enrolment))
    who, what = given.enrolment[order], given.criterion[order]
    kind, score = given.kind[order], given.score[order]
    rows = len(order)

    def constant(value: object, type_: pa.DataType) -> pa.Array:
        return pa.repeat(pa.scalar(value, type_), rows)

    def of(values: Sequence[object], places: NDArray[Any], type_: pa.DataType) -> pa.Array:
        return pa.array(values, type_).take(pa.array(places))

    columns = {
        "network": constant(round_.network, pa.string()),
        "cycle": constant(round_.cycle, pa.int32()),
        "cycle_name": constant(round_.name, pa.string()),
        "cycle_opens_on": pc.cast(constant(round_.opens_on, pa.string()), pa.date32()),
        "edition": constant(book.edition, pa.int32()),
        "edition_name": constant(book.name, pa.string()),
        "enrolment": of([each.enrolment for each in enrolled], who, pa.int32()),
        "community": of([each.community for each in enrolled], who, pa.int32()),
        "community_code": of([each.code for each in enrolled], who, pa.string()),
        "organisation": of([each.organisation for each in enrolled], who, pa.string()),
        "service_type": of([each.service_type for each in enrolled], who, pa.string()),
        "region": of([each.region for each in enrolled], who, pa.string()),
        "criterion": of([each.key for each in criteria], what, pa.string()),
        "criterion_code": of([each.code for each in criteria], what, pa.string()),
        "section": of([each.section for each in criteria], what, pa.string()),
        "level": of([each.level for each in criteria], what, pa.int8()),
        "lineage": of([each.lineage for each in criteria], what, pa.string()),
        "kind": of(KINDS, kind, pa.string()),
        "mark": of([NS, NA, NOT_MET, PARTLY_MET, MET], _place_of_mark(score, book.top), pa.string()),
        "score": pa.array(score, pa.int8(), mask=score < 0),
        "top": constant(book.top, pa.int8()),
    }
    return pa.table([columns[name] for name in SCHEMA.names], schema=SCHEMA)


def star_bytes(tables: Sequence[pa.Table], round_: Round, enrolled: Sequence[Enrolled], *, code_version: str) -> bytes:
    """The tables as a Parquet file that names its cycle, its enrolments and the version of the code that wrote it.

    An enrolment to which no criterion applies has no row, but stands among the enrolments.
    """
    about = {
        "format": FACTS_FORMAT,
        "code_version": code_version,
        "round": asdict(round_),
        "criteria": sum(len(pc.unique(table["criterion"])) for table in tables),
        "enrolled": [list(asdict(each).values()) for each in enrolled],
    }
    told = {_ABOUT: json.dumps(about, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()}
    sink = io.BytesIO()
    whole = pa.concat_tables([SCHEMA.empty_table(), *tables]).combine_chunks().replace_schema_metadata(told)
    pq.write_table(whole, sink, compression="zstd", version="2.6", row_group_size=ROWS_OF_A_GROUP)
    return sink.getvalue()


def header_of(content: bytes) -> Header:
    """What a file of facts says about itself; KeyError for a Parquet file that is not one of ours."""
    read = pq.read_metadata(io.BytesIO(content))
    about = json.loads((read.metadata or {})[_ABOUT])
    return Header(
        about["format"],
        about["code_version"],
        Round(**about["round"]),
        tuple(Enrolled(*each) for each in about["enrolled"]),
        about["criteria"],
        read.num_rows,
    )


def _place_of_mark(score: NDArray[np.int8], top: int) -> NDArray[np.int8]:
    """0 not scored, 1 not applicable, 2 not met, 3 partly met, 4 met: the collapsed mark of each score."""
    places: NDArray[np.int8] = np.select(
        [score == NOT_SCORED, score == NOT_APPLICABLE, score == top, score == 0], [0, 1, 4, 2], default=3
    ).astype(np.int8)
    return places

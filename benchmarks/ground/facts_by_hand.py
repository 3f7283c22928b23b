"""The same national figures as somebody would write them by hand: in DuckDB's SQL, and in pandas."""

from pathlib import Path
from typing import Any

from communitas.benchmarking.figures.change import Line

MEMORY_MB, THREADS = 700, 2
_MARKS = {
    "met": "met",
    "partly_met": "partly met",
    "not_met": "not met",
    "not_applicable": "not applicable",
    "not_scored": "not scored",
}
STATEMENTS = Path(__file__).with_suffix(".sql")


def parts_of(compared: list[Line]) -> list[tuple[int, int, str, str, bool]]:
    """A row for each criterion of each line: line, cycle, criterion, side, whether the side has several."""
    return [
        (line.number, cycle, code, side, len(codes) > 1)
        for line in compared
        for side, cycle, codes in (("earlier", line.since, line.earlier), ("later", line.cycle, line.later))
        for code in codes
    ]


def sql(folder: Path, compared: list[Line]) -> list[Any]:
    """Four statements of SQL, given the same memory and threads, and joins in the order in which they are written."""
    import duckdb
    import pyarrow as pa

    statements = STATEMENTS.read_text(encoding="utf-8").split(";\n")
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{MEMORY_MB}MB",
        "threads": THREADS,
        "temp_directory": str(folder),
    }
    with duckdb.connect(config=settings | {"preserve_insertion_order": False}) as connection:
        connection.execute("SET disabled_optimizers = 'join_order'")
        connection.read_parquet(f"{folder}/*.parquet").create_view("facts")
        line, cycle, code, side, several = map(list, zip(*parts_of(compared), strict=True))
        names = ["line", "cycle", "criterion_code", "side", "several"]
        parts = pa.table([pa.array(line, pa.int32()), pa.array(cycle, pa.int32()), code, side, several], names=names)
        connection.register("parts", parts)
        return [connection.sql(each).to_arrow_table() for each in statements]


def pandas(folder: Path, compared: list[Line]) -> list[Any]:
    """The same in pandas, with words as categories and only the columns that are needed."""
    import numpy as np
    import pandas as pd
    import pyarrow.parquet as pq

    words = ["section", "criterion_code", "service_type", "region", "kind", "mark"]
    columns = ["cycle", "enrolment", "community", "score", *words]
    files = sorted(folder.glob("*.parquet"))
    facts = pq.read_table(files, columns=columns, read_dictionary=words).to_pandas()
    by_mark = {"observed": True, "sort": False}

    def marks(frame: Any, by: list[str]) -> Any:
        return frame.groupby([*by, "mark"], **by_mark).size().unstack("mark", fill_value=0)

    fine = marks(facts, ["cycle", "kind", "criterion_code", "service_type", "region"]).reset_index()
    of_criterion = ["cycle", "kind", "criterion_code"]
    counts = list(_MARKS.values())
    groups = [fine.groupby([*of_criterion, *by], **by_mark)[counts].sum() for by in ([], ["service_type"], ["region"])]
    services = marks(facts, ["enrolment", "kind", "section"])

    states = np.where(facts["mark"] == "not applicable", -1, -2)
    facts["answer"] = np.where(facts["score"].isna(), states, facts["score"].fillna(0)).astype("int8")
    is_agreed = facts["kind"] == "agreed"
    theirs = facts.loc[is_agreed, ["enrolment", "criterion_code", "section", "answer"]]
    ours = facts.loc[~is_agreed, ["enrolment", "criterion_code", "answer"]]
    both = theirs.merge(ours, on=["enrolment", "criterion_code"], suffixes=("_agreed", "_self"))
    pairs = both.groupby(["enrolment", "section", "answer_self", "answer_agreed"], **by_mark).size()

    agreed = facts.loc[is_agreed, ["cycle", "criterion_code", "community", "mark"]]
    parts = pd.DataFrame(parts_of(compared), columns=["line", "cycle", "criterion_code", "side", "several"])
    parts["criterion_code"] = pd.Categorical(parts["criterion_code"], agreed["criterion_code"].cat.categories)

    def met(side: str) -> Any:
        named = agreed.merge(parts[parts["side"] == side], on=["cycle", "criterion_code"])
        single = named[~named["several"] & named["mark"].isin(["met", "partly met", "not met"])]
        alone = pd.DataFrame({"line": single["line"], "community": single["community"], "met": single["mark"] == "met"})
        many = named[named["several"] & (named["mark"] != "not applicable")]
        many = many.assign(met=many["mark"] == "met", unscored=many["mark"] == "not scored")
        whole = many.groupby(["line", "community"], sort=False).agg({"met": "all", "unscored": "any"}).reset_index()
        return pd.concat([alone, whole.loc[~whole["unscored"], ["line", "community", "met"]]])

    now_and_then = met("later").merge(met("earlier"), on=["line", "community"], suffixes=("_later", "_earlier"))
    change = now_and_then.groupby(["line", "met_earlier", "met_later"], sort=False).size()
    return [groups, services, pairs, change]


def sums(found: list[Any]) -> list[int]:
    """One number for each of the four: all that was counted, so that nobody wins by leaving something out."""
    if isinstance(found[0], list):  # pandas
        groups, *others = found
        return [int(sum(each.to_numpy().sum() for each in groups)), *(int(each.to_numpy().sum()) for each in others)]
    columns = (list(_MARKS), list(_MARKS), ["n"], ["both", "first_only", "second_only", "neither"])
    return [sum(sum(table[name].to_pylist()) for name in names) for table, names in zip(found, columns, strict=True)]

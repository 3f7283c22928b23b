"""Where expressions run: DuckDB in this process, or Spark. Both read the same files and give the same rows."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

# Joins run in the order in which they are written, the small side second: DuckDB knows too little of a Parquet file to
# find a better one, and may take hours over a worse one.
_AS_WRITTEN = "SET disabled_optimizers = 'join_order'"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which engine, and what it may use. `folder` is where it finds the files; None is a temporary folder.

    `master` is the address of Spark: local[2], spark://…, yarn, or sc://… for Spark Connect.
    """

    engine: str = "duckdb"  # or spark
    memory_mb: int = 1024
    threads: int = 2
    folder: Path | None = None
    master: str = "local[2]"


@dataclass(frozen=True, slots=True)
class Engine:
    """An open engine. It belongs to one thread."""

    backend: Any
    pattern: str

    def facts(self, folder: Path) -> ir.Table:
        """The rows of all files of facts in a folder as one table."""
        return self.backend.read_parquet(f"{folder}{self.pattern}")

    def run(self, expression: ir.Table) -> pa.Table:
        """The rows of an expression."""
        found: pa.Table = self.backend.to_pyarrow(expression)
        return found


@contextmanager
def opened(choice: Choice) -> Iterator[Engine]:
    """An engine for a while."""
    if choice.engine == "spark":
        yield Engine(_spark(choice), "")
        return
    backend = _duckdb(choice)
    try:
        yield Engine(backend, "/*.parquet")
    finally:
        backend.disconnect()


@contextmanager
def facts_in(choice: Choice, files: Sequence[bytes]) -> Iterator[tuple[Engine, ir.Table]]:
    """An engine with the facts of some files, which lie in its folder for as long as it is open."""
    with tempfile.TemporaryDirectory(prefix="facts-", dir=choice.folder) as folder, opened(choice) as engine:
        for place, content in enumerate(files):
            (Path(folder) / f"{place}.parquet").write_bytes(content)
        yield engine, engine.facts(Path(folder))


def _duckdb(choice: Choice) -> Any:
    """DuckDB never fetches an extension: what we use is built in."""
    backend = ibis.duckdb.connect(
        threads=choice.threads,
        memory_limit=f"{choice.memory_mb}MB",
        temp_directory=str(choice.folder or tempfile.gettempdir()),
        preserve_insertion_order=False,
        autoinstall_known_extensions=False,
        autoload_known_extensions=False,
    )
    backend.raw_sql(_AS_WRITTEN)
    return backend


def _spark(choice: Choice) -> Any:
    """The session of this process; it is made with the first use and shared from then on."""
    from pyspark.sql import SparkSession  # an optional requirement

    builder = SparkSession.builder.appName("communitas").config("spark.sql.session.timeZone", "UTC")
    if choice.master.startswith("sc://"):
        return ibis.pyspark.connect(builder.remote(choice.master).getOrCreate())
    local = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": f"{choice.memory_mb}m",
        "spark.sql.shuffle.partitions": str(choice.threads),
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
    }
    for name, value in local.items() if choice.master.startswith("local") else ():
        builder = builder.config(name, value)
    return ibis.pyspark.connect(builder.master(choice.master).getOrCreate())

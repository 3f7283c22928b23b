"""Queries that are asked with every keystroke, written by Django once and asked again with other values.

Writing the SQL of a query takes Django several times as long as SQLite takes to answer it. A prepared query is an
ordinary queryset of plain rows, so it says what it asks in the words of the model, and both databases understand it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import CharField, ForeignKey, IntegerField, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql import InsertQuery, UpdateQuery

Kind = TypeVar("Kind", bound=Model)
Shape = tuple[Any, ...]
Rows = QuerySet[Any, Any]
_Converter = Callable[[Any, Any, Any], Any]
_inserts: dict[tuple[str, type[Model]], str] = {}
_updates: dict[tuple[str, type[Model], tuple[str, ...]], str] = {}
_FIRST_DAY = datetime(1801, 1, 1, tzinfo=UTC)
FEW = 4  # rows that are inserted one by one
MOST_KEPT = 64  # shapes of values whose SQL is remembered
_NUMBERS = (IntegerField, ForeignKey)  # a key that is a number is one in every database
_LARGEST = 2**63 - 1
_FAR = 7_000_000_000_000  # stand-ins for numbers: no key of a table comes near them


@dataclass(frozen=True, slots=True)
class _Written:
    """The SQL for one shape of values. `places` says for each parameter which value it is, or the constant."""

    sql: str
    places: tuple[tuple[str, int | None] | None, ...]
    constants: tuple[Any, ...]
    converters: tuple[tuple[int, tuple[_Converter, ...], Any], ...]


class Prepared:
    """A question to the database. Ask it by calling it with the values that `write` takes as keywords.

    `write` gives a queryset of `values_list` whose SQL depends on the kind of its values alone: numbers, texts,
    moments, UUIDs, lists of these (by their length) or None. It must not look into them.
    """

    def __init__(self, write: Callable[..., Rows]) -> None:
        self.write = write
        self._written: dict[Shape, _Written | None] = {}

    def __call__(self, **given: Any) -> list[tuple[Any, ...]]:
        """The rows, each with its values in the order of the `values_list`."""
        connection = connections[DEFAULT_DB_ALIAS]
        shape = (connection.vendor, *(_shape(value) for value in given.values()))
        if shape not in self._written:
            if len(self._written) >= MOST_KEPT:
                self._written.clear()
            self._written[shape] = self._write(connection, given)
        written = self._written[shape]
        if written is None:
            return []
        values = [
            constant if place is None else _adapt(_value(given, *place), connection)
            for place, constant in zip(written.places, written.constants, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, values)
            rows = cursor.fetchall()
        return [_converted(row, written, connection) for row in rows] if written.converters else rows

    def _write(self, connection: Any, given: Mapping[str, Any]) -> _Written | None:
        stand_ins, count = {}, 0
        asked: dict[str, Any] = {}
        for name, value in given.items():
            several = isinstance(value, list)
            made = []
            for place, one in enumerate(value if several else [value]):
                count += 1
                made.append(_stand_in(one, count))
                if one is not None:
                    stand_ins[_adapt(made[-1], connection)] = (name, place if several else None)
            asked[name] = made if several else made[0]
        compiler = self.write(**asked).query.get_compiler(connection=connection)
        try:
            return _frozen(compiler, stand_ins)
        except EmptyResultSet:
            return None


class Finder(Generic[Kind]):
    """Finds one row by a unique field, with the related rows that `source` selects. It answers as the queryset does.

    `source` gives the same queryset at every call: no prefetches, annotations or filters by values that change.
    """

    def __init__(self, source: Callable[[], QuerySet[Kind]], by: str = "pk") -> None:
        self.source, self.by = source, by
        self._written: dict[tuple[str, type], tuple[_Written, Callable[[Sequence[Any]], Kind]]] = {}

    def __call__(self, value: int | str | UUID) -> Kind | None:
        """The row with this value, or None. One query."""
        if isinstance(value, int) and not -_LARGEST <= value <= _LARGEST:
            return None  # more than a column holds
        connection = connections[DEFAULT_DB_ALIAS]
        kind = (connection.vendor, type(value))
        if kind not in self._written:
            self._written[kind] = self._write(connection, value)
        written, build = self._written[kind]
        own = _adapt(value, connection)
        values = [own if place else constant for place, constant in zip(written.places, written.constants, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, values)
            row = cursor.fetchone()
        return None if row is None else build(_converted(row, written, connection))

    def _write(self, connection: Any, value: Any) -> tuple[_Written, Callable[[Sequence[Any]], Kind]]:
        stand_in = _stand_in(value, 1)
        found = self.source().filter(**{self.by: stand_in}).order_by()[:1]
        compiler = found.query.get_compiler(connection=connection)
        written = _frozen(compiler, {_adapt(stand_in, connection): (self.by, None)})
        info = compiler.klass_info
        first, last = info["select_fields"][0], info["select_fields"][-1] + 1
        names = [column.target.attname for column, _, _ in compiler.select[first:last]]
        populators = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # of a later Django

        def build(row: Sequence[Any]) -> Kind:
            obj: Kind = info["model"].from_db(DEFAULT_DB_ALIAS, names, row[first:last])
            for populator in populators:
                populator.populate(row, obj)
            return obj

        return written, build


def _frozen(compiler: Any, stand_ins: Mapping[Any, tuple[str, int | None]]) -> _Written:
    """The SQL of a compiler and the places of the values in it. EmptyResultSet when it can find nothing."""
    sql, constants = compiler.as_sql()
    selected = [entry[0] for entry in compiler.select[: compiler.col_count]]
    return _Written(
        sql,
        tuple(stand_ins.get(one) if isinstance(one, str | int | datetime | UUID) else None for one in constants),
        tuple(constants),
        tuple((place, tuple(to), column) for place, (to, column) in compiler.get_converters(selected).items()),
    )


def partial(kind: type[Kind], names: Sequence[str], values: Iterator[Any]) -> Kind:
    """A row of which only these fields were read, in the order of the model; Django reads another when asked for it."""
    return kind.from_db(DEFAULT_DB_ALIAS, names, [next(values) for _ in names])


def insert(rows: Sequence[Kind]) -> Sequence[Kind]:
    """Insert rows of one kind and give each its key, as `bulk_create` does; a few of them with SQL written once."""
    if not rows or len(rows) > FEW:
        return type(rows[0])._default_manager.bulk_create(rows) if rows else rows
    connection, kind = connections[DEFAULT_DB_ALIAS], type(rows[0])
    keyed = kind._meta.auto_field
    fields = [field for field in kind._meta.local_concrete_fields if field is not keyed]
    sql = _inserting(connection, fields, rows[0])
    with connection.cursor() as cursor:
        for row in rows:
            cursor.execute(sql, [_saved(field, row, connection) for field in fields])
            if keyed:
                [row.pk] = cursor.fetchone()
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return rows


def update(row: Model, *names: str) -> None:
    """Save these fields of a row as they stand in memory, and nothing else, with SQL written once."""
    connection, kind = connections[DEFAULT_DB_ALIAS], type(row)
    fields: list[Any] = [kind._meta.get_field(name) for name in names]
    key = (connection.vendor, kind, names)
    if key not in _updates:
        query: Any = UpdateQuery(kind)
        query.add_filter("pk", row.pk)
        query.add_update_fields([(field, None, field.value_from_object(row)) for field in fields])
        _updates[key], _ = query.get_compiler(connection=connection).as_sql()
    values = [field.get_db_prep_save(field.value_from_object(row), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(_updates[key], [*values, row.pk])


def _saved(field: Any, row: Model, connection: Any) -> Any:
    """The value of a field as the database takes it. Texts of plain fields and whole numbers are that already."""
    value = field.pre_save(row, True)
    if (type(value) is int and isinstance(field, _NUMBERS)) or (type(value) is str and type(field) is CharField):
        return value
    return field.get_db_prep_save(value, connection)


def _inserting(connection: Any, fields: Sequence[Any], row: Model) -> str:
    kind = (connection.vendor, type(row))
    if kind not in _inserts:
        query = InsertQuery(type(row))
        query.insert_values(fields, [row])
        compiler = query.get_compiler(connection=connection)
        compiler.returning_fields = [row._meta.auto_field] if row._meta.auto_field else None
        [(_inserts[kind], _)] = compiler.as_sql()
    return _inserts[kind]


def _shape(value: Any) -> Any:
    return (len(value), *(type(one) for one in value)) if isinstance(value, list) else type(value)


def _stand_in(value: Any, number: int) -> Any:
    match value:
        case None:
            return None
        case int():
            return _FAR + number
        case str():
            return f"\x01{number}\x01"
        case datetime():
            return _FIRST_DAY + timedelta(days=number)
        case UUID():
            return UUID(int=_FAR + number)
    raise TypeError(f"A prepared query takes no {type(value).__name__}.")


def _value(given: Mapping[str, Any], name: str, place: int | None) -> Any:
    return given[name] if place is None else given[name][place]


def _adapt(value: Any, connection: Any) -> Any:
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _converted(row: Sequence[Any], written: _Written, connection: Any) -> tuple[Any, ...]:
    values = list(row)
    for place, converters, expression in written.converters:
        for convert in converters:
            values[place] = convert(values[place], expression, connection)
    return tuple(values)

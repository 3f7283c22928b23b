"""The day of a date in constraints, in words that a plain database understands."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, IntegerField
from django.db.models.sql.compiler import SQLCompiler


class DayOfMonth(Func):
    """The day of the month of a date, 1 to 31.

    Django's own `__day` calls a function of Django's on SQLite: a program without Django could then neither check nor
    copy the table. This one is plain SQL on both databases.
    """

    template = "EXTRACT(DAY FROM %(expressions)s)"
    output_field = IntegerField()
    arity = 1

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        """A date is kept as the text 2027-01-31."""
        sql, params = self.as_sql(
            compiler, connection, template="CAST(SUBSTR(%(expressions)s, 9, 2) AS integer)", **extra
        )
        return sql, tuple(params)

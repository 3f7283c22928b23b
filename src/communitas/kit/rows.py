"""Database guards that a model cannot give: rows that may only be inserted, and rows frozen by a condition.

The two dialects of SQL that Communitas speaks stand here and nowhere else. Use the operations in migrations:
`InsertOnly("workbooks_event")`, `FrozenWhen("standards_criterion", "...", name="edition_is_published")`.
"""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Guard(Operation):
    """A trigger that refuses the given verbs on a table while a condition over OLD and NEW holds.

    `condition` is SQL that both dialects understand; `{row}` in it stands for OLD, or NEW where a row is inserted.
    """

    reversible = True
    atomic = True

    def __init__(self, table: str, *, verbs: Sequence[str], name: str, condition: str = "1 = 1") -> None:
        self.table, self.verbs, self.name, self.condition = table, tuple(verbs), name, condition

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models do not change."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        write = self._postgresql if schema_editor.connection.vendor == "postgresql" else self._sqlite
        for verb in self.verbs:
            for statement in write(verb):
                schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for verb in self.verbs:
            on = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {self._trigger(verb)}{on}", params=None)

    def describe(self) -> str:
        return f"Refuse {', '.join(self.verbs)} on {self.table}: {self.name}"

    def trigger_names(self) -> set[str]:
        """The names of the triggers that stand in the database."""
        return {self._trigger(verb) for verb in self.verbs}

    def _trigger(self, verb: str) -> str:
        return f"{self.table}_{self.name}_{verb.lower()}"

    def _condition(self, verb: str) -> str:
        return self.condition.replace("{row}", "NEW" if verb == "INSERT" else "OLD")

    def _sqlite(self, verb: str) -> list[str]:
        return [
            f"CREATE TRIGGER {self._trigger(verb)} BEFORE {verb} ON {self.table} FOR EACH ROW "
            f"WHEN {self._condition(verb)} BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
        ]

    def _postgresql(self, verb: str) -> list[str]:
        function = f"{self._trigger(verb)}_fn"
        returned = "OLD" if verb == "DELETE" else "NEW"
        return [
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {self._condition(verb)} THEN RAISE EXCEPTION '{self.name}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {returned}; END $$",
            f"CREATE TRIGGER {self._trigger(verb)} BEFORE {verb} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {function}()",
        ]


class InsertOnly(Guard):
    """Rows of the table are written once: the database refuses every change and every deletion."""

    def __init__(self, table: str) -> None:
        super().__init__(table, verbs=("UPDATE", "DELETE"), name="insert_only")

    def deconstruct(self) -> tuple[str, list[str], dict[str, object]]:
        return type(self).__name__, [self.table], {}


class Lifted(Guard):
    """Takes a guard away that an earlier migration set, and sets it again on the way back."""

    def __init__(self, guard: Guard) -> None:
        super().__init__(guard.table, verbs=guard.verbs, name=guard.name, condition=guard.condition)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        super().database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"No longer refuse {', '.join(self.verbs)} on {self.table}: {self.name}"

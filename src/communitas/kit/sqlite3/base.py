"""Django's backend for SQLite, whose waiting threads cannot be held up by each other's leftovers.

A thread that waits for the write lock holds its connection's own lock all that time. When it waited in vain, Django
leaves the cursor of its BEGIN to the garbage collector, which runs in any thread, also in the one that has the write
lock: that one then waits for the first connection's lock while its thread waits for the write lock again, until one of
them gives up after `timeout` seconds. Under sixty-four writers hardly any answer came through any more.
"""

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's; what begins a transaction is closed by the thread that opened it, whether it succeeds or not.

    Each takes the write lock at its beginning: one that reads first and then writes fails when others write meanwhile.
    """

    def _start_transaction_under_autocommit(self) -> None:
        with self.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")

"""`communitas manage check_invariants`: prove that what must always hold does hold."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from communitas.kit import invariants


class Command(BaseCommand):
    """Ask every invariant of every app; end with 1 and name each thing that is wrong."""

    help = "Check the audit trail, the files and what every app says must hold. Ends with 1 when something does not."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask all of them, so that one that does not hold hides no other."""
        wrong = 0
        for name, title in invariants.titles().items():
            found = list(invariants.broken(name))
            wrong += len(found)
            self.stdout.write(f"{'no ' if found else 'yes'}  {title}")
            for one in found:
                self.stdout.write(f"     {one.what}")
        if wrong:
            raise CommandError(f"{wrong} things are wrong.")

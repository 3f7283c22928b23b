"""`communitas manage check_audit`: prove that nobody changed a line of the audit trail."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from communitas.kit.audit import first_broken_line
from communitas.kit.models import AuditLine, Tenant


class Command(BaseCommand):
    """Follow the chain of every tenant; end with 1 and name the first line that does not fit."""

    help = "Check the audit trail of every network. Ends with 1 and names the first broken line when one was changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check all tenants, so that one broken trail does not hide another."""
        broken = []
        for tenant in Tenant.objects.order_by("slug"):
            number = first_broken_line(tenant)
            if number is None:
                count = AuditLine.objects.filter(tenant=tenant).count()
                self.stdout.write(f"{tenant.slug}: {count} lines, all in place")
            else:
                broken.append(f"{tenant.slug}: line {number} does not fit the line before it")
        if broken:
            raise CommandError("The audit trail was changed. " + "; ".join(broken))

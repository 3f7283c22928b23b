"""The designs of a network's local reports, and the one in use."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from communitas.kit import files
from communitas.kit.models import StoredFile
from communitas.members.models import Network
from communitas.reports.models import DesignUse, ReportDesign
from communitas.reports.rules.design import ACCENT, MAIN, Design, known_colour


@dataclass(frozen=True, slots=True)
class DesignLine:
    """One version of the design: who made it and when, and whether and since when it is used."""

    pk: int
    number: int
    made_by: str
    made_at: datetime
    used: tuple[tuple[datetime, str], ...]  # when it was taken up, and by whom; newest first
    in_use: bool


def design_in_use(network: Network) -> Design:
    """The design that new reports get; the house's own where the office has made none. One query."""
    used = DesignUse.objects.filter(design__network=network).select_related("design__logo").first()
    return as_design(used.design) if used else Design()


def design_to_change(network: Network) -> ReportDesign | None:
    """What the office goes on from: the newest version, used or not."""
    return ReportDesign.objects.filter(network=network).select_related("logo").first()


def as_design(row: ReportDesign) -> Design:
    """A version as documents hold it."""
    return Design(
        number=row.number,
        main=known_colour(row.main, MAIN),
        accent=known_colour(row.accent, ACCENT),
        cover="plain" if row.cover == ReportDesign.Cover.PLAIN else "circles",
        welcome=row.welcome,
        how_to_read=row.how_to_read,
        contact=row.contact,
        logo=row.logo.sha256 if row.logo else "",
        logo_words=row.logo_words,
    )


def design_lines(network: Network) -> list[DesignLine]:
    """Every version, newest first. Two queries."""
    uses: dict[int, list[DesignUse]] = {}
    newest = None
    for use in DesignUse.objects.filter(design__network=network).select_related("by"):
        newest = newest or use
        uses.setdefault(use.design_id, []).append(use)
    rows: Iterable[ReportDesign] = ReportDesign.objects.filter(network=network).select_related("made_by")
    return [
        DesignLine(
            row.pk,
            row.number,
            row.made_by.display_name,
            row.made_at,
            tuple((use.at, use.by.display_name) for use in uses.get(row.pk, [])),
            newest is not None and newest.design_id == row.pk,
        )
        for row in rows
    ]


def logo_file(design: Design, network: Network) -> StoredFile | None:
    """The kept file of a design's logo."""
    if not design.logo:
        return None
    return StoredFile.objects.filter(tenant=network.tenant_id, sha256=design.logo).select_related("tenant").first()


def logo_bytes(design: Design, network: Network) -> bytes:
    """The logo as PNG or SVG, empty where there is none."""
    kept = logo_file(design, network)
    return files.read(kept) if kept else b""

"""National reports as they were frozen, and the exact figures of a cycle while it runs."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communitas.benchmarking import queries as benchmarking
from communitas.benchmarking.models import Release
from communitas.benchmarking.rules.cohort import KINDS
from communitas.benchmarking.rules.disclosure.lattice import CellKey
from communitas.benchmarking.rules.disclosure.values import AlmostAll, Percent
from communitas.benchmarking.rules.figures import NationalFigures
from communitas.benchmarking.rules.kept import KeptChange, exact_change, exact_figures, exact_statistics
from communitas.cycles.models import Cycle
from communitas.cycles.queries import today_in
from communitas.kit import files
from communitas.kit.models import Proposal
from communitas.kit.tabular import Table, write_csv
from communitas.members.models import Network
from communitas.reports import policy
from communitas.reports.batch.figures import head, office_figures, public_figures, to_json
from communitas.reports.batch.public_package import public_package
from communitas.reports.models import Erratum, NationalReport
from communitas.reports.queries.designs import design_in_use
from communitas.reports.queries.outlines import content_of, is_closed
from communitas.reports.rules.design import Design
from communitas.reports.rules.documents import national as documents
from communitas.reports.rules.documents.national_change import office_change
from communitas.reports.rules.documents.national_parts import Audience, NationalChange, protected
from communitas.reports.rules.documents.national_parts import NationalReport as Document
from communitas.reports.rules.documents.parts import Note, Signature
from communitas.reports.rules.stored import from_json
from communitas.standards import queries as standards
from communitas.standards.rules.edition import Edition

_MOST_DRAFTS = 8
_MOST_DECLINED = 3
# The document, its figures, how many are counted, how many elsewhere.
_Counted = tuple[Document | None, NationalFigures | None, int, int]
_drafts: dict[Hashable, _Counted] = {}


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A cycle with how many of its communities have frozen scores, and its report that is frozen or released."""

    cycle: Cycle
    counted: int
    enrolled: int
    report: NationalReport | None


@dataclass(frozen=True, slots=True)
class Draft:
    """The exact figures of a cycle at this moment. `counted` of `enrolled` communities have frozen scores."""

    document: Document | None
    counted: int
    enrolled: int
    elsewhere: int  # communities reviewed by another edition, which are not counted
    released: bool
    figures: NationalFigures | None = None


def reports() -> QuerySet[NationalReport]:
    """National reports with all that their pages need. One query."""
    return NationalReport.objects.select_related(
        "release__cycle__network__tenant",
        "release__cycle__edition__standard_set",
        "release__cycle__previous",
        "release__released_by",
        "release__frozen_by",
        "public_pdf__tenant",
        "office_pdf__tenant",
        "written_by",
    )


def released(network: Network) -> list[NationalReport]:
    """The national reports that everybody may read, newest cycle first. One query."""
    found = NationalReport.objects.filter(release__cycle__network=network, release__state=Release.State.RELEASED)
    return list(
        found.select_related("release__cycle", "public_pdf")
        .defer("release__exact", "release__protected", "release__audit")
        .order_by("-release__cycle__opens_on")
    )


def cycles_to_report(network: Network) -> list[CycleRow]:
    """Every cycle of a network with its frozen or released report, newest first. Two queries."""
    kept = NationalReport.objects.filter(release__cycle__network=network)
    kept = kept.exclude(release__state=Release.State.SUPERSEDED).select_related("release")
    by_cycle = {
        report.release.cycle_id: report
        for report in kept.defer("release__exact", "release__protected", "release__audit")
    }
    cycles = Cycle.objects.filter(network=network).annotate(
        counted=Count("enrolments", filter=Q(enrolments__fact_sets__current=True), distinct=True),
        enrolled=Count("enrolments", distinct=True),
    )
    return [
        CycleRow(cycle, cycle.counted, cycle.enrolled, by_cycle.get(cycle.pk)) for cycle in cycles.order_by("-opens_on")
    ]


def draft_of(cycle: Cycle, today: date) -> Draft:
    """What the office sees while reports still come in, shown to nobody else.

    Counted anew when anything has changed on which a figure depends; until then a process keeps what it counted.
    """
    type_names = standards.names_of_types(cycle.network)
    design = design_in_use(cycle.network)
    about = (cycle.network.name, cycle.name, today, get_language(), tuple(sorted(type_names.items())), design)
    identity = (benchmarking.identity_of(cycle), about)
    found = _drafts.get(identity)
    if found is None:
        found = _count(cycle, today, type_names, design)
        if benchmarking.identity_of(cycle) == identity[0]:  # nothing was signed while we counted
            _keep(identity, found)
    document, figures, counted, elsewhere = found
    released = cycle.releases.filter(state=Release.State.RELEASED).exists()
    return Draft(document, counted, cycle.enrolments.count(), elsewhere, released, figures)


def _keep(identity: Hashable, counted: _Counted) -> None:
    while len(_drafts) >= _MOST_DRAFTS:
        _drafts.pop(next(iter(_drafts)), None)
    _drafts[identity] = counted


def _count(cycle: Cycle, today: date, type_names: Mapping[str, str], design: Design) -> _Counted:
    found = benchmarking.figures_of(cycle)
    if found is None:
        return None, None, 0, cycle.enrolments.filter(fact_sets__current=True).count()
    edition = standards.edition_data(cycle.edition)
    document = documents.build_office(
        network=cycle.network.name,
        cycle=cycle.name,
        edition=edition,
        figures=found.national,
        dated_on=today,
        type_names=type_names,
        state="draft",
        change=_change(found.change, edition),
        statistics=found.statistics,
        design=design,
    )
    return document, found.national, len(found.cohort.communities), found.elsewhere


def document_of(report: NationalReport, audience: Audience, *, compared: bool = False) -> Document:
    """The report as pages, charts and PDFs show it, read from the frozen figures alone.

    `compared` where its blocks tell change: then the notes do not say that it is left out.
    """
    release = report.release
    cycle = release.cycle
    edition = standards.edition_data(cycle.edition)
    shared: dict[str, Any] = {
        "network": cycle.network.name,
        "cycle": cycle.name,
        "edition": edition,
        "dated_on": today_in(cycle.network, release.released_at or release.frozen_at),
        "type_names": standards.names_of_types(cycle.network),
        "state": "final" if release.released_at else "draft",
        "version": release.version,
        "texts": _texts(report),
        "design": design_of(report),
    }
    if audience == "office":
        figures = exact_figures(release.exact, edition)
        change = _change(exact_change(release.exact), edition)
        return documents.build_office(
            figures=figures,
            change=change,
            statistics=exact_statistics(release.exact),
            signatures=_signatures(report),
            **shared,
        )
    kept = benchmarking.protection_of(release)
    return documents.build_public(
        release=kept.release,
        took_part=kept.took_part,
        last_cycle=cycle.previous.name if cycle.previous and not compared else "",
        signatures=_public_signature(report),
        **shared,
    )


def design_of(report: NationalReport) -> Design:
    """How the report looks: as it was proposed, else as the network's reports look now. Released ones keep theirs."""
    released, waiting = is_closed(report)
    if released or waiting:
        return from_json(Design, report.content["design"]) if report.content else Design()
    return design_in_use(report.release.cycle.network)


def pdf_of(report: NationalReport, audience: Audience) -> bytes | None:
    """The PDF as it was set last; None while it is being made."""
    kept = report.office_pdf if audience == "office" else report.public_pdf
    return files.read(kept) if kept else None


def figures_json(report: NationalReport, audience: Audience) -> bytes:
    """The frozen figures as JSON, in the shape that the command line writes."""
    release = report.release
    edition = standards.edition_data(release.cycle.edition)
    about = head(
        network=release.cycle.network.name,
        cycle=release.cycle.name,
        edition=edition,
        dated_on=today_in(release.cycle.network, release.released_at or release.frozen_at),
        audience=audience,
    )
    if audience == "office":
        return to_json(about | office_figures(exact_figures(release.exact, edition)))
    kept = benchmarking.protection_of(release)
    return to_json(about | public_figures(edition, kept.release, kept.took_part))


def package(report: NationalReport) -> dict[str, bytes]:
    """What everybody may have as data, with its codebook, by the names of its files."""
    release = report.release
    _blocks, told = content_of(report)
    return public_package(
        edition=standards.edition_data(release.cycle.edition),
        kept=benchmarking.protection_of(release),
        themes=tuple(theme for theme in told.themes if theme.communities),
        network=release.cycle.network.name,
        cycle=release.cycle.name,
        dated_on=today_in(release.cycle.network, release.released_at or release.frozen_at),
    )


def figures_csv(report: NationalReport, audience: Audience) -> bytes:
    """The frozen figures as one table: a row for each group, subject and kind of score."""
    rows = _exact_rows(report) if audience == "office" else _public_rows(report)
    about = ["group of", "group", "subject", "name", "score"]
    numbers = (
        ["n", "met", "partly met", "not met", "not applicable", "not scored", "percent met"]
        if audience == "office"
        else ["percent met", "percent partly met", "percent not met", "in words"]
    )
    return write_csv(Table("national figures", [*about, *numbers], list(rows)))


def _exact_rows(report: NationalReport) -> Iterable[list[Any]]:
    figures = exact_figures(report.release.exact, standards.edition_data(report.release.cycle.edition))
    for group in figures.groups:
        subjects = [
            *(("criterion", row.code, row.counts) for row in group.criteria),
            *(("section", row.title, row.counts) for row in group.sections),
            ("overall", "", group.overall),
        ]
        for level, name, both in subjects:
            for kind in KINDS:
                c = both.of(kind)
                numbers = [c.n, c.met, c.partly_met, c.not_met, c.not_applicable, c.not_scored, c.percent_met]
                yield [group.group.dimension, group.group.name, level, name, kind, *numbers]


def _public_rows(report: NationalReport) -> Iterable[list[Any]]:
    for key, value in benchmarking.protection_of(report.release).release.values.items():
        words = protected(value).words
        parts = [value.met, value.partly_met, value.not_met] if isinstance(value, Percent) else [None, None, None]
        yield [*_of(key), *parts, words if isinstance(value, AlmostAll) or parts[0] is None else ""]


def _of(key: CellKey) -> list[str]:
    return [key.group.dimension, key.group.name, key.subject.level, key.subject.name, key.kind]


def _change(change: KeptChange | None, edition: Edition) -> NationalChange | None:
    return office_change(change.since, change.figures, edition) if change else None


def _texts(report: NationalReport) -> tuple[Note, ...]:
    """The introduction, and before it what was corrected since the release. One query."""
    return (*corrections_of(report), *([Note(_("Introduction"), report.introduction)] if report.introduction else []))


def corrections_of(report: NationalReport) -> list[Note]:
    """What two people have said in a released report of what was not right, with the day. One query."""
    network = report.release.cycle.network
    return [
        Note(_("Correction, %(day)s") % {"day": date_format(today_in(network, each.at), "j F Y")}, each.text)
        for each in Erratum.objects.filter(report=report)
    ]


def declined_corrections(report: NationalReport) -> list[Proposal]:
    """The last corrections that a second person did not add, newest first, with the reasons. One query."""
    found = Proposal.objects.filter(
        action=policy.release_national.action,
        object_type=NationalReport._meta.label_lower,
        object_id=str(report.pk),
        state=Proposal.State.DECLINED,
        payload__has_key="correction",
    )
    return list(found.select_related("settled_by").order_by("-settled_at", "-pk")[:_MOST_DECLINED])


def _signatures(report: NationalReport) -> tuple[Signature, ...]:
    """In the office's copy: who froze the figures and who released them."""
    release = report.release
    network = release.cycle.network
    if release.released_at is None or release.released_by is None:
        return ()
    return (
        Signature(release.frozen_by.display_name, _("froze the figures"), today_in(network, release.frozen_at)),
        Signature(release.released_by.display_name, _("released them"), today_in(network, release.released_at)),
    )


def _public_signature(report: NationalReport) -> tuple[Signature, ...]:
    """In public the office stands behind its figures, not the persons in it."""
    release = report.release
    network = release.cycle.network
    if release.released_at is None:
        return ()
    return (Signature(network.office_name or network.name, "", today_in(network, release.released_at)),)

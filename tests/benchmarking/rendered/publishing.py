"""A synthetic network is put into a database and released by two people; then all that others may read is fetched."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, timedelta
from unittest.mock import patch
from urllib.parse import urlencode

from django.test import Client

from communitas.benchmarking.models import Fact, FactSet
from communitas.benchmarking.rules.cohort import KINDS, NETWORK, Group
from communitas.benchmarking.rules.disclosure.lattice import OVERALL, Cells, Subject
from communitas.benchmarking.rules.disclosure.release import ProtectedRelease
from communitas.cycles.models import Cycle, Enrolment
from communitas.kit import confirmations
from communitas.kit.addresses import path_of
from communitas.members.models import Community, Membership, Organisation, ServiceType
from communitas.reports import policy
from communitas.reports.actions import national as actions
from communitas.reports.actions import outlines
from communitas.reports.models import NationalReport
from communitas.reports.queries import national as queries
from communitas.reports.rules.blocks import USUAL, Block
from communitas.reports.views import built
from communitas.standards.models import Criterion, Edition, Section
from tests import factories
from tests.benchmarking.rendered import files
from tests.benchmarking.rendered.claims import Claim, Names, Page, Unread
from tests.benchmarking.rendered.naming import CYCLES, REGIONS, TITLES, TYPES, letters, words_of_groups
from tests.benchmarking.rendered.pages import read_page
from tests.cast import NOW, World
from tests.factories.scores import FROZEN_AT

OWN = ("us", "you", "House Aa")
Protect = Callable[..., ProtectedRelease]


@dataclass(frozen=True)
class Published:
    """What an outsider holds: what the files claim, and the lattice with the true marks of each cycle by its name."""

    claims: tuple[Claim, ...]
    cells: Mapping[str, Cells]
    names: Names
    pdf: tuple[tuple[str, str, str], ...] = ()  # of reports built from blocks: cycle, the PDF's text, and the page's


def publish(
    world: World,
    rounds: Sequence[Cells],
    *,
    protect: Protect | None = None,
    blocks: bool = False,
    pdf: bool = False,
    thorough: bool = False,
) -> Published:
    """Sign, freeze and release each round as a cycle, and read everything that is then there.

    `protect` stands in for disclosure control. `blocks` builds the reports from blocks, change among them. `thorough`
    asks for every cell that members can explore, else for a choice of them.
    """
    built._drawn_once.cache_clear()  # by the number of the release, which another network had in a database undone
    network = _Network(world, rounds[-1])
    reports = []
    with ExitStack() as patched:
        if protect is not None:
            patched.enter_context(patch("communitas.benchmarking.queries.counting.protect", protect))
        if not pdf:
            patched.enter_context(patch("communitas.reports.actions.national.national_pdf", lambda *_, **__: b"%PDF-"))
        for place, cells in enumerate(rounds):
            cycle = network.sign(cells, place)
            if blocks:
                network.build(cycle, change=place > 0)
            reports.append(network.release(cycle))
    claims: list[Claim] = []
    told = []
    for report in reports:
        name = report.release.cycle.name
        claims += network.read_report(report)
        if pdf and blocks:
            content = queries.pdf_of(report, "public") or b""
            told.append((name, files.words_of_pdf(content), network.page_of(report)))
        elif pdf:
            claims += files.read_pdf(queries.pdf_of(report, "public") or b"", Page("PDF", name, network.names))
    claims += network.read_members(reports, thorough=thorough)
    by_name = {CYCLES[place]: cells for place, cells in enumerate(rounds)}
    return Published(tuple(claims), by_name, network.names, tuple(told))


class _Network:
    """The network in the database: an edition, communities by their place, and one member who looks around."""

    def __init__(self, world: World, cells: Cells) -> None:
        self.world = world
        self.edition = _edition(world, cells)
        self.types = {each.code: each for each in ServiceType.objects.filter(network=world.network)}
        self.communities: list[Community] = []
        self.last: Cycle | None = None
        self.browser = Client()
        self.names = Names(
            sections=tuple(title for title, _ in cells.sections),
            codes=tuple(code for _, inside in cells.sections for code in inside),
            groups=words_of_groups(),
            cycles=CYCLES,
        )

    def sign(self, cells: Cells, place: int) -> Cycle:
        """A cycle in which every community of the round has signed marks. Those of a round are new communities."""
        cycle = factories.make_cycle(
            self.world.network,
            self.edition,
            name=CYCLES[place],
            opens_on=date(2020 + place, 9, 1),
            closes_on=date(2021 + place, 8, 31),
            previous=self.last,
        )
        self.last = cycle
        kinds, regions = _levels(cells, "type"), _levels(cells, "region")
        operators = {
            name: Organisation.objects.get_or_create(network=self.world.network, name=f"{name} of round {place}")[0]
            for name in dict.fromkeys(cells.operators)
        }
        made = Community.objects.bulk_create(
            Community(
                network=self.world.network,
                code=f"R{place}C{position:03d}",
                name=f"House {letters(position)}",
                service_type=self.types[kinds[position]],
                region=regions.get(position, ""),
                organisation=operators[name],
            )
            for position, name in enumerate(cells.operators)
        )
        Membership.objects.bulk_create(
            Membership(community=each, type=Membership.Type.FULL, since=date(2020, 1, 1)) for each in made
        )
        self.communities = made
        for position, community in enumerate(made):
            enrolment = factories.make_enrolment(cycle, community, stage="completed")
            found = FactSet.objects.create(
                enrolment=enrolment, source="report", frozen_at=FROZEN_AT, frozen_by=None, hash="0" * 64
            )
            Fact.objects.bulk_create(
                Fact(
                    fact_set=found,
                    criterion_key=_key(code),
                    kind=kind,
                    score=-1 if row[position] is None else row[position],
                )
                for (kind, code), row in cells.marks.items()
            )
        return cycle

    def build(self, cycle: Cycle, *, change: bool) -> None:
        """Every figure and table that the office can choose, for every group."""
        outlines.begin_outline(cycle=cycle, by=self.world.cora, at=NOW)
        add = [Block("", "figure", choice=name) for name in ("spread", "funnel")]
        for subject in ("overall", f"section:{TITLES[0]}", f"criterion:{self.names.codes[0]}"):
            add += [Block("", "figure", choice="one", subject=subject, whom=whom) for whom in ("type", "region")]
        if change:
            add.append(Block("", "figure", choice="change"))
        used = {each.choice for each in USUAL}
        for name in ("sections", "marks", "agreement", "types", "regions", "most_met", "least_met"):
            add += [Block("", "figure", choice=name)] if name not in used else []
        add += [Block("", "table", choice=name) for name in ("sections_by_type", "sections_by_region")]
        for block in add:
            outlines.add_block(cycle=cycle, block=block, after="", by=self.world.cora, at=NOW)

    def release(self, cycle: Cycle) -> NationalReport:
        """Frozen, proposed, confirmed by a second person, and set as PDFs once more, now as released."""
        world = self.world
        report = actions.freeze_national(cycle=cycle, introduction="", by=world.cora, at=NOW, say=lambda step: None)
        actions.propose_release(report=report, by=world.cora, at=NOW)
        waiting = confirmations.waiting(report, policy.release_national)
        assert waiting is not None
        confirmations.confirm(proposal=waiting, by=world.cyrus, at=NOW + timedelta(hours=1))
        actions.set_documents(report=report, by=None, at=NOW, say=lambda step: None)
        return queries.reports().get(pk=report.pk)

    def get(self, name: str, *args: object, **asked: str) -> bytes:
        """What a browser gets."""
        answer = self.browser.get(path_of("hearth", name, *args), asked)
        assert answer.status_code == 200, (name, args, asked)
        others = set(re.findall(rb"House [A-Z][a-z]\b", answer.content)) - {OWN[-1].encode()}
        if others:
            raise Unread(f"{name}: {others}")
        return answer.content

    def page_of(self, report: NationalReport) -> str:
        """The public page."""
        return self.get("reports:national", report.pk).decode()

    def read_report(self, report: NationalReport) -> Iterator[Claim]:
        """The public page and the files that it offers, as somebody who is not signed in."""
        self.browser = Client()
        page = Page("report", report.release.cycle.name, self.names)
        yield from read_page(self.page_of(report), page)
        yield from files.read_figures_csv(
            self.get("reports:national_figures", report.pk, "csv"), replace(page, source="CSV")
        )
        yield from files.read_json(
            self.get("reports:national_figures", report.pk, "json"), replace(page, source="JSON")
        )
        archive = zipfile.ZipFile(io.BytesIO(self.get("reports:national_package", report.pk)))
        package = {name: archive.read(name) for name in archive.namelist()}
        yield from files.read_package(package, replace(page, source="package"))

    def read_members(self, reports: Sequence[NationalReport], *, thorough: bool) -> Iterator[Claim]:
        """What a member of the last round explores, and the own community in the national picture."""
        member = self.communities[0]
        factories.grant(self.world.lena, self.world.network, "community_lead", community=member)
        self.browser.force_login(self.world.lena)
        last = reports[-1].release.cycle
        enrolment = Enrolment.objects.get(cycle=last, community=member)
        own = self.get("reports:own_picture", enrolment.pk).decode()
        yield from read_page(own, Page("own picture", last.name, self.names, group=self._compared(own), own=OWN))
        for report in reports if thorough else reports[-1:]:
            yield from self._explored(report.release.cycle, member, thorough=thorough)

    def _compared(self, page: str) -> Group:
        """The group that the page says it compares with."""
        for words in ("Adult communities", "Prison communities", "Addiction communities"):
            if f"compared with {words.lower()}" in page.lower():
                return self.names.groups[words]
        return NETWORK

    def _explored(self, cycle: Cycle, member: Community, *, thorough: bool) -> Iterator[Claim]:
        wishes: list[tuple[Subject, dict[str, str]]] = [(OVERALL, {})]
        for title in self.names.sections:
            wishes.append((Subject("section", title), {"section": title}))
        codes = self.names.codes if thorough else self.names.codes[:1]
        wishes += [(Subject("criterion", code), {"standard": code}) for code in codes]
        groups = [NETWORK, *(Group("type", name) for name in TYPES), *(Group("region", name) for name in REGIONS)]
        for subject, wish in wishes:
            for kind in KINDS if thorough else ("agreed",):
                for group in groups:
                    asked = {**wish, "group": f"{group.dimension}:{group.name}", "until": str(cycle.pk)}
                    asked |= {"marks": "self"} if kind == "self" else {}
                    page = Page("explorer", cycle.name, self.names, kind, group, subject, own=OWN)
                    if thorough or subject.level != "criterion" or group == NETWORK:
                        yield from self._one(page, member, asked, drawings=thorough or group == NETWORK)

    def _one(self, page: Page, member: Community, asked: Mapping[str, str], *, drawings: bool) -> Iterator[Claim]:
        html = self.get("benchmarking:explorer", member.pk, **asked).decode()
        chosen = re.search(r'name="group".*?<option value="([^"]*):([^"]*)" selected', html, re.DOTALL)
        assert chosen is not None
        page = replace(page, group=Group(chosen[1], chosen[2]))
        yield from read_page(html, page)
        table = self.get("benchmarking:explorer", member.pk, **asked, format="csv")
        yield from files.read_comparison(table, replace(page, source="comparison"), member.name)
        for chart in ("marks", "distribution", "parts", "trend", "funnel") if drawings else ():
            if urlencode({"chart": chart}) in html:
                svg = self.get("benchmarking:explorer", member.pk, **asked, format="svg", chart=chart).decode()
                if not svg.startswith("<?xml"):
                    raise Unread(chart)
                yield from read_page(_beside(svg, html), page)


def _beside(svg: str, html: str) -> str:
    """A drawing that was saved, put beside the table of its figure."""
    title = svg.split("<title>")[1].split("</title>")[0]
    table = next(each for each in html.split("<table")[1:] if f">{title}</caption>" in each)
    return f"<main><figure><table{table.split('</table>')[0]}</table>{svg}</figure></main>"


def _edition(world: World, cells: Cells) -> Edition:
    number = Edition.objects.filter(standard_set__network=world.network).count() + 1
    made = factories.make_edition(
        world.network, number=number, sections=len(cells.sections), criteria=len(cells.sections[0][1]), published=False
    )
    for section, (title, codes) in zip(made.sections.order_by("position"), cells.sections, strict=True):
        Section.objects.filter(pk=section.pk).update(title=title)
        for row, code in zip(section.criteria.order_by("position"), codes, strict=True):
            words = f"People agree on matter {letters(row.position)}."
            Criterion.objects.filter(pk=row.pk).update(code=code, key=_key(code), statement=words)
    Edition.objects.filter(pk=made.pk).update(
        state=Edition.State.PUBLISHED, content_hash=f"{number:064d}", published_at=FROZEN_AT
    )
    return Edition.objects.get(pk=made.pk)


def _levels(cells: Cells, dimension: str) -> dict[int, str]:
    return {
        i: declared.group.name
        for declared in cells.groups
        if declared.group.dimension == dimension
        for i in declared.members
    }


def _key(code: str) -> str:
    return code.lower().replace(".", "-")

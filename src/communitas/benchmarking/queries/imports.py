"""An import of past scores before it is done, and the imports that were made."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from communitas.benchmarking.models import FactSet
from communitas.benchmarking.rules.score_choices import ScorePreview, preview_scores
from communitas.cycles.models import Cycle
from communitas.kit import files
from communitas.kit.models import ImportRun
from communitas.kit.tabular import Problem, read_guarded
from communitas.members.models import Community, Network
from communitas.members.rules.community import Community as CommunityData
from communitas.standards import queries as standards
from communitas.standards.models import Edition

KIND = "scores"


@dataclass(frozen=True, slots=True)
class NewCycle:
    """The past cycle that an import will write down first."""

    name: str
    opens_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class PreparedScores:
    """What an import would do, and to which cycle. `problems` are those of the file and of the cycle."""

    preview: ScorePreview
    cycle: Cycle | None
    new_cycle: NewCycle | None
    edition: Edition
    problems: tuple[Problem, ...]

    @property
    def cycle_name(self) -> str:
        """The name of the cycle, there already or yet to be written down."""
        return self.cycle.name if self.cycle else self.new_cycle.name if self.new_cycle else ""

    @property
    def ready(self) -> bool:
        """Whether all is well."""
        return bool(self.preview.facts) and not self.problems


def past_cycles(network: Network) -> QuerySet[Cycle]:
    """The cycles that are over, newest first: those into which scores can be imported."""
    return network.cycles.filter(state=Cycle.State.CLOSED).select_related("edition").order_by("-opens_on")


def editions_of(network: Network) -> QuerySet[Edition]:
    """The editions that were ever published, newest first."""
    return standards.published(network).select_related("standard_set").order_by("standard_set__name", "-number")


def imports_of(network: Network) -> list[ImportRun]:
    """The last files of scores, newest first. One query."""
    runs = ImportRun.objects.filter(tenant=network.tenant_id, kind=KIND).exclude(state=ImportRun.State.ABANDONED)
    return list(runs.select_related("file", "by")[:50])


def prepare_scores(run: ImportRun) -> PreparedScores:
    """Read the kept file again with what was decided so far. Nothing is written."""
    network = run.tenant.network
    cycle = past_cycles(network).filter(pk=run.target).first() if run.target else None
    edition = cycle.edition if cycle else editions_of(network).get(pk=run.summary["edition"])
    name = run.file.name
    preview = preview_scores(
        read_guarded(files.read(run.file), file=name),
        file=name,
        edition=standards.edition_data(edition),
        communities=_communities(network),
        sheet=run.sheet,
        mapping=run.mapping,
    )
    return PreparedScores(
        preview, cycle, None if cycle else _new_cycle(run), edition, (*preview.problems, *_taken(cycle, preview, name))
    )


def _new_cycle(run: ImportRun) -> NewCycle:
    given = run.summary
    return NewCycle(
        str(given["name"]), date.fromisoformat(str(given["opens_on"])), date.fromisoformat(str(given["closes_on"]))
    )


def _communities(network: Network) -> list[CommunityData]:
    found = Community.objects.filter(network=network).select_related("service_type")
    return [CommunityData(each.code, each.name, each.service_type.code) for each in found]


def _taken(cycle: Cycle | None, preview: ScorePreview, file: str) -> list[Problem]:
    """Scores that stand already are never replaced by a file."""
    if cycle is None:
        return []
    standing = FactSet.objects.filter(
        current=True, enrolment__cycle=cycle, enrolment__community__code__in=preview.communities
    )
    reason = _("This community has scores in the %(cycle)s cycle already. Undo that import first.")
    own = _("This community took part in the %(cycle)s cycle here, so its scores come from its report.")
    live = cycle.enrolments.filter(imported=False, community__code__in=preview.communities)
    codes = dict.fromkeys(standing.values_list("enrolment__community__code", flat=True), reason)
    codes |= dict.fromkeys(live.values_list("community__code", flat=True), own)
    return [Problem(file, words % {"cycle": cycle.name}, value=code) for code, words in sorted(codes.items())]

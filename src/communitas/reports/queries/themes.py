"""Comments of a cycle with what they were coded as, the codebook, progress, agreement and coverage."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from communitas.benchmarking import queries as benchmarking
from communitas.cycles.models import Cycle
from communitas.people.models import Account
from communitas.reports.models import Codebook, Coding, Remark, Settling
from communitas.reports.rules import themes as rules
from communitas.reports.rules.stored import from_json
from communitas.reports.rules.themes import Agreement, Code, Codes, Keys, Spoken


@dataclass(frozen=True, slots=True)
class Progress:
    """How many comments there are, by where they stand."""

    total: int
    by_standing: Mapping[str, int]

    @property
    def counted(self) -> int:
        """Those whose themes count."""
        return self.by_standing.get("agreed", 0) + self.by_standing.get("settled", 0)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many comments and which communities speak of a theme, or of one within it. For the office."""

    code: Code
    comments: int
    spoken: Spoken


def remarks() -> QuerySet[Remark]:
    """Comments with all that their pages need. One query."""
    return Remark.objects.select_related(
        "cycle__network__tenant", "enrolment__community", "enrolment__organisation", "first_coder", "second_coder"
    )


def live(cycle: Cycle) -> QuerySet[Remark]:
    """The comments of a cycle that count."""
    return Remark.objects.filter(cycle=cycle, gone=False)


def codebook_of(cycle: Cycle) -> Codebook | None:
    """The newest version of the codebook. One query."""
    return Codebook.objects.filter(cycle=cycle).select_related("by").first()


def codes_of(book: Codebook | None) -> Codes:
    """The codes of a version."""
    return tuple(from_json(Code, each) for each in book.codes) if book else ()


def codes_before(cycle: Cycle) -> Codes:
    """The themes of the cycle before, with which a new codebook begins."""
    if cycle.previous_id is None:
        return ()
    return codes_of(Codebook.objects.filter(cycle=cycle.previous_id).first())


def progress_of(cycle: Cycle) -> Progress:
    """How far the coding is. One query."""
    rows = live(cycle).order_by().values_list("standing").annotate(number=Count("pk"))
    found = dict(rows)
    return Progress(sum(found.values()), found)


def coded(remark: Remark) -> tuple[Keys | None, Keys | None, Keys | None]:
    """What the first and the second person found last, and what was settled. Two queries."""
    found: dict[int, Keys] = {}
    for coder, codes in Coding.objects.filter(remark=remark).order_by("pk").values_list("coder", "codes"):
        found[coder] = frozenset(codes)
    settled = Settling.objects.filter(remark=remark).order_by("-pk").values_list("codes", flat=True).first()
    first, second = found.get(remark.first_coder_id or 0), found.get(remark.second_coder_id or 0)
    return first, second, None if settled is None else frozenset(settled)


def own_codes(remark: Remark, account: Account) -> Keys | None:
    """What this person found last; None before they coded it."""
    row = Coding.objects.filter(remark=remark, coder=account).order_by("-pk").values_list("codes", flat=True).first()
    return None if row is None else frozenset(row)


def refuse_when_full(remark: Remark, by: Account) -> None:
    """Refuse a coding where two people have coded the comment already."""
    rules.refuse_third_coder(coders=(remark.first_coder_id, remark.second_coder_id), by=by.pk)


def next_for(cycle: Cycle, account: Account, after: Remark | None = None) -> Remark | None:
    """The next comment that this person can code: those that one person has coded come first. One query."""
    mine = Q(first_coder=account) | Q(second_coder=account)
    open_ones = live(cycle).filter(second_coder__isnull=True).exclude(mine)
    if after is not None:
        open_ones = open_ones.exclude(pk=after.pk)
    return open_ones.order_by("standing", "section", "criterion_code", "pk").first()


def agreements_of(cycle: Cycle, codes: Codes) -> tuple[Agreement, ...]:
    """How far the two people agree, on each theme and together, before anything was settled. One query."""
    latest: dict[int, dict[int, Keys]] = defaultdict(dict)
    rows = Coding.objects.filter(remark__cycle=cycle, remark__gone=False, remark__second_coder__isnull=False)
    for remark, coder, found in rows.order_by("pk").values_list("remark", "coder", "codes"):
        latest[remark][coder] = frozenset(found)
    pairs = [(each[min(each)], each[max(each)]) for each in latest.values() if len(each) == 2]
    return rules.agreements(pairs, rules.in_order(codes))


def coverage_of(cycle: Cycle, codes: Codes) -> tuple[Coverage, ...]:
    """How many comments and communities speak of each theme. One query."""
    comments: Counter[str] = Counter()
    operators: dict[str, dict[int, int | None]] = defaultdict(dict)
    rows = live(cycle).exclude(themes="").values_list("themes", "enrolment__community", "enrolment__organisation")
    for themes, community, operator in rows:
        for key in rules.with_parents(keys_of(themes), codes):
            comments[key] += 1
            operators[key][community] = operator
    return tuple(
        Coverage(code, comments[code.key], rules.spoken_of(operators[code.key])) for code in rules.in_order(codes)
    )


def may_be_told(cycle: Cycle, spoken: Spoken) -> bool:
    """Whether a theme may stand in the report, by the thresholds of the network."""
    limits = benchmarking.parameters_of(cycle.network)
    return rules.shows_theme(spoken, threshold=limits.communities, dominance=limits.dominance)


def keys_of(themes: str) -> Keys:
    """The themes that a comment keeps as '|t1|t4|'."""
    return frozenset(each for each in themes.split("|") if each)


def names_of(keys: Iterable[str], codes: Codes) -> str:
    """The names of themes, in the order of the codebook."""
    chosen = set(keys)
    return ", ".join(code.name for code in rules.in_order(codes) if code.key in chosen)

"""What stands in the summary when nobody wrote it: chosen from the marks alone."""

from communitas.benchmarking.rules.facts import ScoreKind
from communitas.reports.rules.documents.parts import Finding, Peers, Share, Shown
from communitas.reports.rules.documents.results import CriterionResult, SectionResult


def _leading_mark(criterion: CriterionResult, basis: ScoreKind) -> Shown:
    return criterion.agreed_mark if basis == "agreed" else criterion.self_mark


def done_well(sections: tuple[SectionResult, ...], basis: ScoreKind) -> tuple[Finding, ...]:
    """Without written achievements, the sections with the highest share met are what was done well."""
    ranked = sorted(
        (section for section in sections if _section_share(section, basis).percent is not None),
        key=lambda section: -(_section_share(section, basis).percent or 0),
    )
    return tuple(
        Finding(f"{section.title}: {_section_share(section, basis).counts.met} criteria met.")
        for section in ranked[:3]
        if _section_share(section, basis).counts.met
    )


def _section_share(section: SectionResult, basis: ScoreKind) -> Share:
    return section.agreed_share if basis == "agreed" else section.self_share


def work_on(sections: tuple[SectionResult, ...], basis: ScoreKind, peers: Peers) -> tuple[Finding, ...]:
    """What to work on first: essential before expected before desirable, not met before partly, then what most meet."""
    open_criteria = [
        criterion
        for section in sections
        for criterion in section.criteria
        if _leading_mark(criterion, basis).kind in ("unmet", "partly")
    ]
    ranked = sorted(
        open_criteria,
        key=lambda c: (
            c.level,
            _leading_mark(c, basis).kind != "unmet",
            -peers.percent_met.get(c.code, -1),
        ),
    )
    return tuple(Finding(criterion.plain_text or criterion.statement, (criterion.code,)) for criterion in ranked[:3])

"""How a national report was made and how small groups are protected, in words."""

from communitas.reports.rules.documents.national_parts import HIDDEN_WORDS, Audience
from communitas.reports.rules.documents.parts import Note


def national_notes(audience: Audience, criteria: str, *, last_cycle: str = "") -> tuple[Note, ...]:
    """The notes on method; the public's say what was protected, the office's that the figures may not be passed on.

    `last_cycle` names the cycle with which this one could be compared.
    """
    return (
        Note(
            "What was counted",
            f"Each community marked itself on the {criteria} that apply to it. A review team then agreed a mark with "
            "it. A share is the number met, divided by the number scored that apply. 'Not applicable' and 'not "
            "scored' are left out, and never counted as not met.",
        ),
        Note(
            "Sections and totals",
            "A section's figure is the sum over its criteria, so that criteria which apply to more communities "
            "weigh more.",
        ),
        Note(
            "What to keep in mind",
            "The review teams saw the communities' own marks before they gave theirs. The report says how often "
            "criteria are met; it ranks nobody. Small differences are often chance, and low figures mostly get better "
            "the next time even without help.",
        ),
        *(_PUBLIC if audience == "public" else _OFFICE),
        *(_no_change(last_cycle) if audience == "public" and last_cycle else ()),
    )


def _no_change(last_cycle: str) -> tuple[Note, ...]:
    return (
        Note(
            f"What changed since {last_cycle}",
            f"Change is left out, because beside the figures of {last_cycle} it could tell how a single community did.",
        ),
    )


_PUBLIC = (
    Note(
        "How small groups are protected",
        "What a single community scored is confidential. Percentages are rounded, figures for few communities are "
        f"'{HIDDEN_WORDS}', and where nearly every community has the same mark we say so, as in 'all but at most 3 "
        "communities', in place of a number; there may be fewer exceptions, or none. Some figures are hidden only "
        "because others would give them away. Rounded figures may "
        "not add up to 100.",
    ),
)
_OFFICE = (
    Note(
        "For the office only",
        "This report is exact. It may show what single communities scored, so it stays in the office. The public "
        "report of the same cycle is the one to pass on.",
    ),
    Note(
        "The likely range",
        "Every share rests on a limited number of answers. The likely range shows how far chance alone could move it "
        "(95% range after Wilson). For sections and totals it is only a guide, because a community's answers "
        "hang together.",
    ),
)

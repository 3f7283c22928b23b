"""What is missing for a plan, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a plan wants to know and nobody has said. It keeps `who` out of the plan or makes it poorer."""

    kind: str  # as_it_is, no_visit, no_dates, no_papers, no_point, no_days, none, no_base, refused
    who: str
    words: str
    community_id: int | None = None
    account_id: int | None = None
    visit_id: int | None = None


GROUPS = {
    "refused": gettext_lazy("What was decided does not go together"),
    "as_it_is": gettext_lazy("Visits that plans leave as they are"),
    "no_visit": gettext_lazy("Communities without a planned visit"),
    "no_dates": gettext_lazy("Communities without dates"),
    "no_papers": gettext_lazy("Secure sites with dates that are too soon for papers"),
    "no_point": gettext_lazy("Communities without a place on the map"),
    "no_days": gettext_lazy("Reviewers without days"),
    "none": gettext_lazy("Reviewers who cannot come in this cycle"),
    "no_base": gettext_lazy("Reviewers without a home base"),
}


def grouped(gaps: Sequence[Gap]) -> list[tuple[str, list[Gap]]]:
    """What is missing, by kind: words for the kind, and the gaps. Kinds without any are left out."""
    found = [(str(words), [gap for gap in gaps if gap.kind == kind]) for kind, words in GROUPS.items()]
    return [(words, some) for words, some in found if some]

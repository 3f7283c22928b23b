"""What is printed of results that are higher or lower than usual: worth a look, never a verdict.

Of fifty communities two or three lie outside of the 95% limits by chance alone.
"""

from collections.abc import Sequence
from typing import Final

from communitas.benchmarking.rules.figure import Figure, missing
from communitas.benchmarking.rules.statistics.funnel import Flag, exact_flag
from communitas.benchmarking.rules.statistics.mix import Mix
from communitas.benchmarking.rules.statistics.overdispersion import Z_95, Z_998, Overdispersion, overdispersion
from communitas.benchmarking.rules.statistics.values import Undefined, Value
from communitas.kit.rulebook import rule

LABEL: Final = "Compared with what is usual"
MIX_LABEL: Final = "Compared with what is usual on the standards that applied to you"
FUNNEL_IN_WORDS: Final = (
    "The shaded area is the spread we would expect by chance; small communities naturally vary more."
)
FLAG_WORDS: Final[dict[Flag, str]] = {
    "within": "About what is usual",
    "low_95": "Lower than usual, worth a look",
    "high_95": "Higher than usual, worth a look",
    "low_998": "Much lower than usual, please check the data first",
    "high_998": "Much higher than usual, please check the data first",
}
FLAG_FROM: Final = 10  # scores of one community
COMMUNITIES_FROM: Final = 10
OVERDISPERSION_FROM: Final = 20


@rule
def flag_figure(target: float, met: int, n: int, *, communities: int) -> Figure:
    """A result is flagged as unusual by its exact tail, from 10 scores and 10 communities.

    The value is the smaller tail. Never flagged from the drawn curve.
    """
    if not n:
        return missing(LABEL, "none_applied", 0)
    if n < FLAG_FROM:
        return missing(LABEL, "too_few_to_calculate", n)
    if communities < COMMUNITIES_FROM:
        return missing(LABEL, "small_group", communities)
    tails = exact_flag(target, met, n)
    if isinstance(tails.flag, Undefined) or isinstance(tails.low, Undefined) or isinstance(tails.high, Undefined):
        return missing(LABEL, "none_applied", n)
    return Figure(LABEL, FLAG_WORDS[tails.flag], n, value=min(tails.low, tails.high))


@rule
def allowed_for(met: Sequence[int], n: Sequence[int]) -> Overdispersion | Undefined:
    """Differences beyond chance are allowed for from 20 communities with at least 10 scores each."""
    enough = [(part, whole) for part, whole in zip(met, n, strict=True) if whole >= FLAG_FROM]
    if len(enough) < OVERDISPERSION_FROM:
        return Undefined("too_few")
    return overdispersion([part for part, _ in enough], [whole for _, whole in enough])


def overdispersion_in_words(found: Overdispersion | Undefined) -> str:
    """The line under a funnel plot; empty when nothing was allowed for."""
    if isinstance(found, Undefined):
        return ""
    size = f"phi {found.phi:.2f}, tau {found.tau2**0.5:.3f}"
    return f"Limits allow for differences between communities beyond chance ({size})."


def flag_of_z(z: Value) -> Flag | Undefined:
    """The flag of a z that allows for overdispersion, or for the mix of standards."""
    if isinstance(z, Undefined):
        return z
    if abs(z) <= Z_95:
        return "within"
    if z < 0:
        return "low_998" if z < -Z_998 else "low_95"
    return "high_998" if z > Z_998 else "high_95"


@rule
def mix_figure(mix: Mix) -> Figure:
    """A result is compared with what is usual on just the standards that applied, from 10 of them."""
    if mix.n < FLAG_FROM:
        return missing(MIX_LABEL, "none_applied" if not mix.n else "too_few_to_calculate", mix.n)
    flag = flag_of_z(mix.z)
    if isinstance(flag, Undefined) or isinstance(mix.z, Undefined):
        return missing(MIX_LABEL, "no_variation", mix.n, words="Cannot be calculated from these standards")
    return Figure(MIX_LABEL, FLAG_WORDS[flag], mix.n, value=mix.z)

"""What a national report tells beside its figures: themes, quotations, good practice, earlier cycles. Kept with it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuoteTold:
    """A quotation as it was agreed; `pk` finds whether consent to it was withdrawn since."""

    pk: int
    text: str


@dataclass(frozen=True, slots=True)
class ThemeTold:
    """A theme of the codebook; `communities` says in rounded words how many spoke of it, and nothing where too few."""

    code: str
    name: str
    definition: str
    communities: str
    quotes: tuple[QuoteTold, ...] = ()


@dataclass(frozen=True, slots=True)
class HelpedTold:
    """What helped a community with a criterion, from the library of good practice."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Before:
    """A section or criterion in the released reports of an earlier cycle and of this one, both protected.

    Without both percentages `instead` says why: nothing may be shown, or the words changed and nothing compares.
    """

    title: str
    before: int | None = None
    now: int | None = None
    instead: str = ""


@dataclass(frozen=True, slots=True)
class SinceTold:
    """Change since an earlier cycle, over whichever communities took part each time.

    `lost` are the criteria at which the line breaks, each with the reason; `breaks` counts them in words.
    """

    cycle: str
    rows: tuple[Before, ...]
    breaks: str = ""
    lost: tuple[Before, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """Everything but the figures. Of themes that too few communities spoke of it holds the name alone."""

    themes: tuple[ThemeTold, ...] = ()
    helped: tuple[HelpedTold, ...] = ()
    since: SinceTold | None = None

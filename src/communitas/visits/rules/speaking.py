"""What the lead reviewer says at the end of the day: prompts, so that nothing is forgotten."""

from collections.abc import Mapping
from typing import Final

from communitas.kit.exceptions import NotAllowed

PROMPTS: Final[Mapping[str, tuple[str, str]]] = {
    "thanks": ("Thank you", "Whom do you thank, and for what? Name groups, not single people."),
    "well": ("What goes well", "What would you take home to your own community? Give one example you saw."),
    "work_on": ("What to work on", "Two or three things, in plain words. Nothing here should be a surprise later."),
    "next": ("What happens next", "The draft report, when it comes, and how the community checks its facts."),
    "close": ("A last word", "How do you want people to leave the room?"),
}
LONGEST: Final = 2000  # letters of one answer


def refuse_sheet(words: Mapping[str, str]) -> None:
    """NotAllowed where the sheet answers something else than its prompts, or at too great length."""
    if not set(words) <= set(PROMPTS):
        raise NotAllowed("The sheet answers its own prompts.")
    if any(len(said) > LONGEST for said in words.values()):
        raise NotAllowed("Please say it in fewer words: 2,000 letters at most for each.")

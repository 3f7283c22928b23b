"""Scores as marks: a shape with its word. Colour only repeats them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communitas.kit.ui.actions import HX
from communitas.kit.ui.declare import Arg, Component, State, declare

NOT_APPLICABLE = "NA"
THREE: list[dict[str, Any]] = [
    {"value": 2, "word": pgettext_lazy("score", "Met")},
    {"value": 1, "word": pgettext_lazy("score", "Partly met")},
    {"value": 0, "word": pgettext_lazy("score", "Not met")},
]
SCORE = (int, str)


def shape(score: int | str | None, top: int) -> tuple[str, str]:
    """Glyph and colour class of a score: full circle at the top, empty ring at 0, part-filled between."""
    if score is None or score == "":
        return "mnone", "mnone"
    if score == NOT_APPLICABLE:
        return "mna", "mna"
    value = int(score)
    if value >= top:
        return "m2", "m2"
    if value <= 0:
        return "m0", "m0"
    share = value / top
    return ("m1-low" if share < 0.5 else "m1-high" if share > 0.5 else "m1"), "m1"


def word_of(score: int | str | None, word: str | None, top: int) -> Any:
    """The word beside a mark: the given one, else that of the scale of three (or of two, when the top is 1)."""
    if word:
        return word
    if score is None or score == "":
        return pgettext_lazy("score", "Not scored yet")
    if score == NOT_APPLICABLE:
        return pgettext_lazy("score", "Not applicable")
    if int(score) >= top:
        return THREE[0]["word"]
    if int(score) == 0:
        return THREE[2]["word"]
    return THREE[1]["word"] if top == 2 else f"{score}"


def _mark(args: dict[str, Any]) -> dict[str, Any]:
    glyph, colour = shape(args["score"], args["top"])
    return args | {
        "glyph": glyph,
        "colour": colour,
        "word": word_of(args["score"], args["word"], args["top"]),
    }


MARK = declare(
    Component(
        "mark",
        "One score: ● ◐ ○ – with its word.",
        {
            "score": Arg(SCORE, "the value, 'NA', or None for not scored yet", None),
            "word": Arg(str, "the scale's own word; else that of the scale of three", None),
            "top": Arg(int, "the highest value of the scale", 2),
            "quiet_word": Arg(bool, "the word is for screen readers only: beside a column that says it", False),
        },
        [
            State("met", {"score": 2}),
            State("partly met", {"score": 1}),
            State("not met", {"score": 0}),
            State("not applicable", {"score": "NA"}),
            State("not scored", {"score": None}),
            State("1 of a scale of 0 to 4", {"score": 1, "top": 4, "word": _("1 of 4")}),
            State("3 of a scale of 0 to 4", {"score": 3, "top": 4, "word": _("3 of 4")}),
        ],
        prepare=_mark,
    )
)


def _pair(args: dict[str, Any]) -> dict[str, Any]:
    both = args["self_score"] is not None and args["agreed_score"] is not None
    return args | {"differs": both and str(args["self_score"]) != str(args["agreed_score"])}


SCORE_PAIR = declare(
    Component(
        "score_pair",
        "The community's own score and the agreed one, side by side; says so when they differ.",
        {
            "self_score": Arg(SCORE, "the community's own", None),
            "agreed_score": Arg(SCORE, "agreed with the review team", None),
            "self_word": Arg(str, "the scale's own word", None),
            "agreed_word": Arg(str, "the scale's own word", None),
            "top": Arg(int, "the highest value of the scale", 2),
        },
        [
            State("the same", {"self_score": 2, "agreed_score": 2}),
            State("they differ", {"self_score": 2, "agreed_score": 1}),
            State("not agreed yet", {"self_score": 0}),
        ],
        prepare=_pair,
    )
)


def _marks_input(args: dict[str, Any]) -> dict[str, Any]:
    scale: Sequence[dict[str, Any]] = args["scale"] or THREE
    top = max(int(choice["value"]) for choice in scale)
    chosen = "" if args["value"] is None else str(args["value"])
    choices: list[dict[str, Any]] = [{"value": str(choice["value"]), "word": choice["word"]} for choice in scale]
    if args["not_applicable"]:
        choices.append({"value": NOT_APPLICABLE, "word": word_of(NOT_APPLICABLE, None, top)})
    for choice in choices:
        choice["glyph"], choice["colour"] = shape(
            choice["value"] if choice["value"] == NOT_APPLICABLE else int(choice["value"]), top
        )
        choice["checked"] = choice["value"] == chosen
    return args | {"choices": choices}


MARKS_INPUT = declare(
    Component(
        "marks_input",
        "Choose a score: radio buttons that look like the marks. Keys 2, 1, 0 and N work inside a criterion.",
        {
            "name": Arg(str, "name of the field"),
            "legend": Arg(str, "what is scored, for screen readers: 'Score for 3.4'"),
            "value": Arg(SCORE, "the value chosen so far, 'NA' or None", None),
            "scale": Arg(
                Sequence,
                "value and word, highest first; else met, partly met, not met",
                None,
                each=("value", "word"),
            ),
            "not_applicable": Arg(bool, "offers – not applicable", True),
            "disabled": Arg(bool, "can be read but not changed: it is sent or closed", False),
            "describedby": Arg(str, "id of help or error text", None),
            "hx": HX,
        },
        [
            State("empty", {"name": "a", "legend": _("Score for 3.3")}),
            State("chosen", {"name": "b", "legend": _("Score for 3.4"), "value": 1}),
            State("locked", {"name": "c", "legend": _("Score for 3.5"), "value": 2, "disabled": True}),
            State(
                "two marks",
                {
                    "name": "d",
                    "legend": _("Score for 3.6"),
                    "scale": [{"value": 1, "word": _("Met")}, {"value": 0, "word": _("Not met")}],
                    "value": 0,
                    "not_applicable": False,
                },
            ),
        ],
        roomy=True,
        prepare=_marks_input,
    )
)

LEVELS = {
    1: pgettext_lazy("level", "essential"),
    2: pgettext_lazy("level", "expected"),
    3: pgettext_lazy("level", "desirable"),
}


def _level(args: dict[str, Any]) -> dict[str, Any]:
    return args | {
        "word": args["word"] or LEVELS[int(args["level"])],
        "css": ("", "essential", "expected", "desirable")[int(args["level"])],
    }


LEVEL = declare(
    Component(
        "level",
        "How much a criterion matters: essential, expected or desirable (1, 2, 3).",
        {
            "level": Arg(int, "1, 2 or 3", one_of=(1, 2, 3)),
            "word": Arg(str, "the edition's own word for the level", None),
        },
        [State("essential", {"level": 1}), State("expected", {"level": 2}), State("desirable", {"level": 3})],
        prepare=_level,
    )
)

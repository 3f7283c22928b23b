"""Words that stand out: notices, messages, tags, cards, facts, empty pages."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.messages.storage.base import Message
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from communitas.kit.ui.declare import Arg, Component, State, declare

TONES = ("info", "success", "warn", "error")

TAG = declare(
    Component(
        "tag",
        "A word or two beside a thing. 'warn' is for what needs somebody.",
        {
            "label": Arg(str, "the words"),
            "tone": Arg(str, "its colour", "plain", one_of=("plain", "good", "warn", "bad")),
        },
        [
            State("plain", {"label": _("Stefan, September")}),
            State("good", {"label": _("Shared with the network"), "tone": "good"}),
            State("warn", {"label": _("Action by 1 July"), "tone": "warn"}),
            State("bad", {"label": _("Revoked"), "tone": "bad"}),
        ],
    )
)

CARD = declare(
    Component(
        "card",
        "A group that belongs together, with a heading. Not every group needs one: space separates too.",
        {
            "title": Arg(str, "heading", None),
            "level": Arg(int, "level of the heading", 2, one_of=(2, 3, 4)),
            "kind": Arg(str, "its ground", "plain", one_of=("plain", "sunk", "open")),
            "more_href": Arg(str, "where the rest is", None),
            "more_label": Arg(str, "words of that link", None),
            "id": Arg(str, "id, for htmx and links", None),
        },
        [
            State(
                "plain",
                {"title": _("Since Tuesday"), "more_href": "#", "more_label": _("All news")},
                _("Your visit team is complete."),
            ),
            State(
                "sunk",
                {"title": _("What you give"), "kind": "sunk"},
                _("Lark House received 4 reviewer-days and has given 3."),
            ),
            State(
                "open",
                {"title": _("In the workbook now"), "kind": "open", "level": 3},
                _("Mina is writing on 3.6."),
            ),
        ],
        block=True,
    )
)

NOTICE = declare(
    Component(
        "notice",
        "Says something about the page. Errors say what happened, what was kept and what to do.",
        {
            "title": Arg(str, "first words, in bold", None),
            "tone": Arg(str, "its colour and role; errors are read out at once", "info", one_of=TONES),
            "live": Arg(bool, "announce it when it appears after an action", False),
        },
        [
            State(
                "info",
                {"title": _("The office reads this with you.")},
                _("Only your community and the office see it."),
            ),
            State("success", {"title": _("Sent."), "tone": "success"}, _("Your self-review is with the office.")),
            State(
                "warn",
                {"title": _("Two answers differ."), "tone": "warn"},
                _("Staff say met, residents say partly met."),
            ),
            State(
                "error",
                {"title": _("Not saved."), "tone": "error"},
                _("Your words are kept on this page. Try again."),
            ),
        ],
        block=True,
    )
)


def _toasts(args: dict[str, Any]) -> dict[str, Any]:
    tones = {"success": "success", "warning": "warn", "error": "error"}
    return {
        "items": [{"text": str(message), "tone": tones.get(message.level_tag, "info")} for message in args["messages"]]
    }


TOASTS = declare(
    Component(
        "toasts",
        "What the last action did (Django's messages). They stay until the next page: nobody has to hurry.",
        {"messages": Arg(Iterable, "Django's messages")},
        [State("two", {"messages": [Message(25, "Saved."), Message(30, "Rafi has not answered yet.")]})],
        prepare=_toasts,
    )
)

EMPTY = declare(
    Component(
        "empty",
        "Nothing here yet: says what will be here, who puts it there, and offers a way to begin.",
        {
            "title": Arg(str, "what is not here yet"),
            "what": Arg(str, "what will be here"),
            "who": Arg(str, "who puts it there, and when", ""),
            "action": Arg(str, "verb of the button", None),
            "href": Arg(str, "where the button leads", None),
            "level": Arg(int, "level of the heading", 2, one_of=(2, 3)),
        },
        [
            State(
                "with a way to begin",
                {
                    "title": _("No visits yet"),
                    "what": _("The visits of this cycle, with their teams and dates."),
                    "who": _("The office arranges them once communities have offered dates."),
                    "action": _("Arrange the first visit"),
                    "href": "#",
                },
            ),
            State(
                "to wait for",
                {
                    "title": _("No report yet"),
                    "what": _("Your local report. The draft comes four weeks after the visit."),
                },
            ),
        ],
    )
)


def _facts(args: dict[str, Any]) -> dict[str, Any]:
    items = args["items"]
    pairs = list(items.items()) if isinstance(items, Mapping) else [tuple(item) for item in items]
    return {"pairs": pairs}


DL = declare(
    Component(
        "dl",
        "Facts by name: a definition list.",
        {"items": Arg((Mapping, Sequence), "pairs of name and value; a value may be safe HTML")},
        [
            State(
                "some",
                {
                    "items": {
                        _("Service type"): _("adult community"),
                        _("Places"): 16,
                        _("Member since"): 2011,
                    }
                },
            )
        ],
        prepare=_facts,
    )
)

MORE = declare(
    Component(
        "more",
        "More for those who want it: opens in place, without JavaScript.",
        {"label": Arg(str, "what is inside"), "open": Arg(bool, "open from the start", False)},
        [
            State(
                "closed",
                {"label": _("Guidance and evidence expected")},
                _("Night rotas, minutes of meetings."),
            ),
            State("open", {"label": _("The same as a table"), "open": True}, _("Belonging 90%, Safety 86%.")),
        ],
        block=True,
    )
)

_EXAMPLE_CHART = (
    '<svg viewBox="0 0 850 60" role="img" aria-label="Belonging: 90 per cent">'
    '<line class="grid" x1="250" x2="250" y1="4" y2="56"/><line class="grid" x1="770" x2="770" y1="4" y2="56"/>'
    '<rect class="band" x="630" y="18" width="57" height="24" rx="5"/>'
    '<line class="median" x1="666" x2="666" y1="14" y2="46"/><line class="link" x1="692" x2="718" y1="30" y2="30"/>'
    '<circle class="before" cx="692" cy="30" r="6.5"/><circle class="own" cx="718" cy="30" r="9"/>'
    '<text class="name" x="0" y="35">Belonging</text><text class="value" x="794" y="35">90%</text></svg>'
)

CHART = declare(
    Component(
        "chart",
        "A drawing made on the server with its title, a text summary, and its data one click away (as content).",
        {
            "title": Arg(str, "what the chart shows"),
            "summary": Arg(str, "what it says, in a sentence"),
            "svg": Arg(
                SafeString,
                "the drawing, by classes: grid, band, median, own, before, link, name, value, met, partly, unmet, na",
            ),
            "table_label": Arg(str, "words that open the table", _("The same as a table")),
            "level": Arg(int, "level of the heading", 2, one_of=(2, 3)),
            "file_href": Arg(str, "where the drawing is kept as a file", ""),
        },
        [
            State(
                "strip",
                {
                    "title": _("Criteria met, agreed with the review team"),
                    "summary": _(
                        "The band holds the middle half of 27 communities, the line is their median. "
                        "The dot is you, the ring is you last year."
                    ),
                    "svg": SafeString(_EXAMPLE_CHART),
                    "file_href": "#",
                },
                _("Belonging: 90%, median 80%, last year 85%"),
            )
        ],
        block=True,
        roomy=True,
    )
)

"""Ways around the site, the people in it, and the bar that says what is saved."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from communitas.kit.ui.declare import Arg, Component, State, Value, declare

CRUMBS = declare(
    Component(
        "breadcrumb",
        "Where this page stands: links upwards, the page itself last.",
        {"items": Arg(Sequence, "each with label and, except the last, href", each=("label",))},
        [
            State(
                "three",
                {
                    "items": [
                        {"label": _("Reports"), "href": "#"},
                        {"label": _("2027"), "href": "#"},
                        {"label": "Lark House"},
                    ]
                },
            )
        ],
    )
)

_TABS = [
    {"label": _("Overview"), "href": "#", "current": True},
    {"label": _("Team"), "href": "#", "count": 4},
    {"label": _("Timetable"), "href": "#"},
]

TABS = declare(
    Component(
        "tabs",
        "The pages of one thing, side by side. Links, not hidden panels.",
        {
            "items": Arg(Sequence, "each with label, href and, if wanted, current and count", each=("label", "href")),
            "label": Arg(str, "name for screen readers", _("Pages of this part")),
        },
        [State("three", {"items": _TABS})],
    )
)


# Drawn with every answer: a template takes nearly three times as long for it.
_LINE = '<li{ident}{swapped}><a href="{href}"{current}><span>{label}</span>{progress}</a></li>'
_PROGRESS = ' <span class="count">{words}</span><progress value="{done}" max="{most}" aria-hidden="true"></progress>'
_SWAPPED, _CURRENT = SafeString(' hx-swap-oob="true"'), SafeString(' aria-current="page"')


def section_line(item: Mapping[str, Any], *, swapped: bool = False) -> SafeString:
    """One section of the navigation as HTML; with `swapped` it takes the place of the one that stands on the page."""
    return _section_line(
        get_language(),
        str(item["label"]),
        str(item["href"]),
        bool(item.get("current")),
        item.get("done"),
        item.get("total"),
        str(item.get("id", "")),
        swapped,
    )


@lru_cache(maxsize=2048, typed=True)  # typed, so that safe text never stands for text that must be escaped
def _section_line(
    language: str | None,
    label: str,
    href: str,
    current: bool,
    done: int | None,
    total: int | None,
    ident: str,
    swapped: bool,
) -> SafeString:
    progress: str = ""
    if total is not None:
        words = gettext("%(done)s of %(total)s") % {"done": done, "total": total}
        progress = format_html(_PROGRESS, words=words, done=done, most=total or 1)
    return format_html(
        _LINE,
        ident=format_html(' id="{}"', ident) if ident else "",
        swapped=_SWAPPED if swapped else "",
        href=href,
        current=_CURRENT if current else "",
        label=label,
        progress=progress,
    )


def _draw_sections(bound: dict[str, Value]) -> dict[str, Value]:
    return bound | {"lines": [section_line(item) for item in bound["items"]]}


SECTION_NAV = declare(
    Component(
        "section_nav",
        "The sections of a workbook or edition, with how much of each is done.",
        {
            "items": Arg(
                Sequence,
                "each with label, href and, if wanted, current, done and total, and id to change it alone",
                each=("label", "href"),
            ),
            "label": Arg(str, "name for screen readers", _("Sections")),
        },
        [
            State(
                "a workbook",
                {
                    "items": [
                        {"label": _("Belonging"), "href": "#", "done": 21, "total": 21},
                        {"label": _("Safety"), "href": "#", "done": 14, "total": 22, "current": True},
                        {"label": _("Leadership and governance"), "href": "#", "done": 5, "total": 18},
                    ]
                },
            )
        ],
        prepare=_draw_sections,
    )
)

PEOPLE = declare(
    Component(
        "people",
        "People by their initials, never by photographs. `named` lists them with their parts; an empty seat is shown.",
        {
            "people": Arg(
                Sequence,
                "each with name and, if wanted, role, href and empty (a seat to fill)",
                each=("name",),
            ),
            "named": Arg(bool, "write the names out", False),
            "label": Arg(str, "name of the list", _("People")),
        },
        [
            State(
                "initials",
                {"people": [{"name": "Stefan Brandt"}, {"name": "Mina K"}, {"name": "Lena Okafor"}]},
            ),
            State(
                "named, one seat empty",
                {
                    "named": True,
                    "people": [
                        {"name": "Ludo Marsh", "role": _("lead reviewer"), "href": "#"},
                        {"name": "Rafi", "role": _("reviewer, Oak Court")},
                        {"name": _("Seat to fill"), "role": _("client member"), "empty": True},
                    ],
                },
            ),
        ],
    )
)

STATUS_BAR = declare(
    Component(
        "status_bar",
        "At the foot of a page that saves by itself: what is saved, what waits. Stands in the block `status`.",
        {
            "text": Arg(str, "what is saved: 'Saved 14:02. 81 answers are with the office.'"),
            "state": Arg(
                str,
                "saved, saving, or waiting on this device",
                "saved",
                one_of=("saved", "saving", "waiting"),
            ),
            "action": Arg(str, "verb of the button", None),
            "href": Arg(str, "where the button leads", None),
            "form": Arg(str, "or the id of the form that it sends", None),
            "disabled": Arg(bool, "the button cannot be pressed yet", False),
            "id": Arg(str, "id, for htmx and scripts", "status-bar"),
        },
        [
            State(
                "saved",
                {
                    "text": _("Saved 14:02. 81 answers are with the office."),
                    "action": _("Send self-review"),
                    "href": "#",
                    "id": "bar-a",
                },
            ),
            State("saving", {"text": _("Saving…"), "state": "saving", "id": "bar-b"}),
            State(
                "waiting",
                {
                    "text": _("3 answers only on this device since 10:42"),
                    "state": "waiting",
                    "action": _("Send now"),
                    "href": "#",
                    "id": "bar-c",
                },
            ),
        ],
        roomy=True,
    )
)

THEME_SWITCH = declare(
    Component(
        "theme_switch",
        "Light, dark, or as the device says. Needs JavaScript; without it the device decides.",
        {},
        [State("as the device says")],
    )
)


def _languages(args: dict[str, Any]) -> dict[str, Any]:
    pairs = args["languages"].items() if isinstance(args["languages"], Mapping) else args["languages"]
    return args | {"languages": [{"code": code, "name": name} for code, name in pairs]}


LANGUAGE_SWITCH = declare(
    Component(
        "language_switch",
        "Choose a language, each in its own name. Posts to Django's set_language view. Nothing for a single language.",
        {
            "languages": Arg((Mapping, Sequence), "pairs of code and name"),
            "current": Arg(str, "code of the language shown"),
            "action": Arg(str, "address of set_language"),
            "next": Arg(str, "address to come back to", ""),
        },
        [
            State(
                "two",
                {"languages": [("en-gb", "English"), ("cy", "Cymraeg")], "current": "en-gb", "action": "#"},
            )
        ],
        prepare=_languages,
    )
)

COPY = declare(
    Component(
        "copy",
        "A text to copy, such as a link or a one-time code: selectable, with a button where scripts run.",
        {"text": Arg(str, "the text"), "label": Arg(str, "what it is")},
        [State("a code", {"text": "lark-4821-moss", "label": _("One-time code for Mina")})],
    )
)

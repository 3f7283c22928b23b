"""Buttons, what comes next, and asking before something is lost."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from communitas.kit.ui.declare import Arg, Component, State, WrongUse, declare

KINDS = ("primary", "quiet", "danger", "text")
HX = Arg(
    Mapping,
    "htmx attributes without their 'hx-': {'post': url, 'target': '#list', 'swap': 'outerHTML'}",
    None,
)


def _button(args: dict[str, Any]) -> dict[str, Any]:
    if args["href"] and (args["name"] or args["formaction"]):
        raise WrongUse("Component 'button': a link (href) has no 'name' or 'formaction'")
    return args


BUTTON = declare(
    Component(
        "button",
        "A verb to press: a link when it has `href`, else a submit button. One primary button a page.",
        {
            "label": Arg(str, "what happens, as a verb: 'Send self-review'"),
            "kind": Arg(str, "how much it stands out", "primary", one_of=KINDS),
            "href": Arg(str, "where it leads; makes it a link", None),
            "type": Arg(str, "of the HTML button", "submit", one_of=("submit", "button", "reset")),
            "name": Arg(str, "name sent with the form", None),
            "value": Arg((str, int), "value sent with the form", None),
            "form": Arg(str, "id of the form it belongs to, when it stands outside", None),
            "formaction": Arg(str, "another address for the same form", None),
            "formnovalidate": Arg(bool, "send even when fields are not valid yet", False),
            "describes": Arg(str, "words added for screen readers: 'Remove' + 'Lark House'", None),
            "disabled": Arg(bool, "cannot be pressed now; say why beside it", False),
            "download": Arg(bool, "the link is a file", False),
            "hx": HX,
            "hx_get": Arg(str, "htmx: fetch this", None),
            "hx_post": Arg(str, "htmx: post to this", None),
            "hx_target": Arg(str, "htmx: what is replaced", None),
            "hx_swap": Arg(str, "htmx: how it is replaced", None),
        },
        [
            State("primary", {"label": _("Continue the self-review"), "href": "#"}),
            State("quiet", {"label": _("See our visits"), "kind": "quiet", "href": "#"}),
            State("danger", {"label": _("Withdraw from the cycle"), "kind": "danger"}),
            State("text", {"label": _("Clear the filters"), "kind": "text", "type": "button"}),
            State("disabled", {"label": _("Send self-review"), "disabled": True}),
        ],
        prepare=_button,
    )
)

FORM_ACTIONS = declare(
    Component(
        "form_actions",
        "The row of buttons under a form: what sends it, and the way back that changes nothing.",
        {
            "label": Arg(str, "verb of the sending button"),
            "kind": Arg(str, "of the sending button", "primary", one_of=KINDS),
            "name": Arg(str, "name sent with the form", None),
            "value": Arg((str, int), "value sent with the form", None),
            "back": Arg(str, "address of the way back", None),
            "back_label": Arg(str, "words of the way back", _("Cancel")),
            "note": Arg(str, "what happens next, under the buttons", None),
        },
        [
            State("plain", {"label": _("Save")}),
            State(
                "with a way back and a note",
                {
                    "label": _("Send invitation"),
                    "back": "#",
                    "note": _("Mina gets an e-mail and has 14 days to answer."),
                },
            ),
        ],
    )
)

NEXT_STEP = declare(
    Component(
        "next_step",
        "What this person does next and by when. Apricot while something waits. At most one on a page.",
        {
            "title": Arg(str, "the next step as a sentence"),
            "when": Arg(str, "until when, in words: 'by 14 February, 9 days left'", None),
            "action": Arg(str, "verb of the button", None),
            "href": Arg(str, "where the button leads", None),
            "level": Arg(int, "level of the heading", 2, one_of=(2, 3)),
        },
        [
            State(
                "something to do",
                {
                    "title": _("23 of 104 criteria are still to be scored"),
                    "when": _("by 14 February, 9 days left"),
                    "action": _("Continue the self-review"),
                    "href": "#",
                },
                _("Most of them are in Safety and Leadership. Two answers wait for your community meeting."),
            ),
            State(
                "nothing to do",
                {"title": _("Nothing waits for you")},
                _("Your visit is on Thursday 11 March."),
            ),
        ],
        block=True,
        roomy=True,
    )
)

CONFIRM = declare(
    Component(
        "confirm",
        "Asks before something is lost: names what is lost and how to undo it. Posts to `action`.",
        {
            "title": Arg(str, "the question: 'Remove Rafi from the visit team?'"),
            "lost": Arg(str, "what is lost"),
            "undo": Arg(str, "how to undo it, or that it cannot be undone"),
            "label": Arg(str, "verb of the button"),
            "action": Arg(str, "address that does it", ""),
            "back": Arg(str, "address of the way back", None),
            "back_label": Arg(str, "words of the way back", _("Keep everything as it is")),
            "reason_name": Arg(str, "name of a field that asks for the reason", None),
            "reason_label": Arg(str, "label of that field", _("Your reason")),
            "reason_required": Arg(bool, "the reason may not be left empty", True),
            "hidden": Arg(Mapping, "other values to send", None),
        },
        [
            State(
                "with a reason",
                {
                    "title": _("Remove Rafi from the visit team?"),
                    "lost": _("Rafi no longer sees Oak Court's self-review. His notes stay with him."),
                    "undo": _("You can add him again until the visit day."),
                    "label": _("Remove Rafi"),
                    "back": "#",
                    "reason_name": "reason",
                },
            ),
        ],
    )
)

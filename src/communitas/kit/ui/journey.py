"""Where something stands: stages of the year, progress, background work, history."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communitas.kit.ui.declare import Arg, Component, State, WrongUse, declare

STAGE_STATES = {
    "done": ("m2", pgettext_lazy("stage", "done")),
    "now": ("m1", pgettext_lazy("stage", "under way")),
    "late": ("m1", pgettext_lazy("stage", "late")),
    "later": ("m0", pgettext_lazy("stage", "to come")),
}


def _path(args: dict[str, Any]) -> dict[str, Any]:
    stages = []
    for stage in args["stages"]:
        if stage["state"] not in STAGE_STATES:
            raise WrongUse(f"Component 'path': state {stage['state']!r} must be one of {', '.join(STAGE_STATES)}")
        glyph, word = STAGE_STATES[stage["state"]]
        stages.append({**stage, "glyph": glyph, "word": word})
    return args | {"stages": stages}


_YEAR = [
    {"label": _("Enrolled"), "state": "done", "when": _("6 October")},
    {"label": _("Self-review"), "state": "now", "when": _("until 14 February, 9 days left")},
    {"label": _("Peer-review visit"), "state": "later", "when": _("Thursday 11 March")},
    {"label": _("Local report"), "state": "later", "when": _("draft by 8 April")},
    {"label": _("Action plan"), "state": "later", "when": _("6 weeks after the final")},
    {"label": _("Certificate"), "state": "later", "when": _("on completing the cycle")},
]
_LATE = [
    *({**stage, "state": "done"} for stage in _YEAR[:2]),
    {"label": _("Peer-review visit"), "state": "done", "when": _("11 March"), "href": "#"},
    {"label": _("Local report"), "state": "late", "when": _("draft was due on 8 April")},
    *_YEAR[4:],
]

PATH = declare(
    Component(
        "path",
        "The cycle as stations on a line: done, under way, late, to come. The first thing on a home page.",
        {
            "stages": Arg(
                Sequence,
                "each with label, state (done, now, late, later) and, if wanted, when and href",
                each=("label", "state"),
            ),
            "label": Arg(str, "what the line shows", _("This year")),
        },
        [State("self-review under way", {"stages": _YEAR}), State("a late stage", {"stages": _LATE})],
        roomy=True,
        prepare=_path,
    )
)

PROGRESS = declare(
    Component(
        "progress",
        "How much is done: the words carry the number, the bar repeats it.",
        {
            "label": Arg(str, "what is counted: 'Safety'"),
            "done": Arg(int, "how many are done"),
            "total": Arg(int, "how many there are"),
            "count": Arg(str, "the number in words; else 'done of total'", None),
        },
        [
            State("begun", {"label": _("Safety"), "done": 14, "total": 22}),
            State("all done", {"label": _("Belonging"), "done": 21, "total": 21, "count": _("all 21")}),
            State("nothing yet", {"label": _("Leadership"), "done": 0, "total": 18}),
        ],
    )
)

JOB_PROGRESS = declare(
    Component(
        "job_progress",
        "Background work that can be left: names the step, asks again every two seconds until done.",
        {
            "title": Arg(str, "what is being made"),
            "state": Arg(str, "where it stands", one_of=("waiting", "running", "done", "failed")),
            "step": Arg(str, "the step under way", ""),
            "done": Arg(int, "how many are done", 0),
            "total": Arg(int, "how many there are; 0 when not known", 0),
            "poll_url": Arg(str, "address that answers with this component again", ""),
            "result_url": Arg(str, "where the result is", ""),
            "result_label": Arg(str, "words of that link", _("Open the result")),
            "error": Arg(str, "what went wrong, what was kept and what to do", ""),
            "retry_url": Arg(str, "address that starts it again, by POST", ""),
            "level": Arg(int, "level of the heading", 2, one_of=(2, 3)),
        },
        [
            State("waiting", {"title": _("Local reports"), "state": "waiting"}),
            State(
                "running",
                {
                    "title": _("Local reports"),
                    "state": "running",
                    "step": _("Drawing Oak Court"),
                    "done": 37,
                    "total": 100,
                },
            ),
            State(
                "done",
                {
                    "title": _("Local reports"),
                    "state": "done",
                    "result_url": "#",
                    "result_label": _("Open 100 reports"),
                },
            ),
            State(
                "failed",
                {
                    "title": _("Import of communities"),
                    "state": "failed",
                    "error": _("Row 14 has no code. Nothing was imported. Correct the file and send it again."),
                },
            ),
        ],
    )
)

HISTORY = declare(
    Component(
        "history",
        "What happened, newest first: what, who, when, and why.",
        {
            "entries": Arg(
                Sequence,
                "each with what, by, when and, if wanted, reason and href",
                each=("what", "by", "when"),
            ),
            "label": Arg(str, "name of the list", _("History")),
            "empty": Arg(str, "words when there is nothing", _("Nothing has happened yet.")),
        },
        [
            State(
                "some",
                {
                    "entries": [
                        {
                            "what": _("Reopened"),
                            "by": "Cora",
                            "when": _("3 March, 10:12"),
                            "reason": _("Two pages were missing."),
                        },
                        {
                            "what": _("Sent to the office"),
                            "by": "Lena Okafor",
                            "when": _("14 February, 16:40"),
                            "href": "#",
                        },
                        {"what": _("Self-review opened"), "by": "Communitas", "when": _("6 December, 09:00")},
                    ]
                },
            ),
            State("none", {"entries": []}),
        ],
    )
)

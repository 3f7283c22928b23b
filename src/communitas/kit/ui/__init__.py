"""The component library. `{% ui "button" label=_("Save") %}` draws one; /styleguide/ shows all in every state.

The rooms: actions (buttons, what comes next), marks (scores), journey (stages, progress, history), forms, lists
(tables, filters, pages), around (ways around the site, people), words (notices and small words).
"""

from communitas.kit.ui import actions, around, forms, journey, lists, marks, words
from communitas.kit.ui.declare import REQUIRED, Arg, Component, State, WrongUse, declare, every, get

__all__ = [
    "REQUIRED",
    "Arg",
    "Component",
    "State",
    "WrongUse",
    "actions",
    "around",
    "declare",
    "every",
    "forms",
    "get",
    "journey",
    "lists",
    "marks",
    "words",
]

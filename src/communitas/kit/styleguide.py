"""The live style guide: every component in every state, in light, dark and print."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from communitas.kit import ui

PANES = (
    {"name": "light", "theme": "light", "css": ""},
    {"name": "dark", "theme": "dark", "css": ""},
    {"name": "print", "theme": "", "css": "as-print"},
)
COLOURS = (
    *("paper", "card", "sunk", "line", "ink", "soft"),
    *("spruce", "spruce-wash", "apricot", "apricot-wash", "brick", "brick-wash"),
    *("met", "partly", "unmet", "na"),
)
NAMED = re.compile(r'(?<= )(id|for|name|aria-describedby|aria-label)="([^"]+)"')


def specimen(component: ui.Component) -> dict[str, Any]:
    """What the page shows of one component: its arguments and its states, drawn."""
    return {
        "name": component.name,
        "doc": component.doc,
        "tag": "uiblock" if component.block else "ui",
        "block": component.block,
        "roomy": component.roomy,
        "args": [
            {
                "name": name,
                "type": arg.type_name,
                "default": "required" if arg.required else str(arg.default) or "''",
                "doc": arg.doc,
                "one_of": ", ".join(str(choice) for choice in arg.one_of),
            }
            for name, arg in component.args.items()
        ],
        "states": [
            {
                "name": state.name,
                "panes": [
                    pane | {"drawn": draw(component, state, f"{component.name}-{number}-{pane['name']}")}
                    for pane in PANES
                ],
            }
            for number, state in enumerate(component.states)
        ],
    }


def draw(component: ui.Component, state: ui.State, suffix: str) -> SafeString:
    """A component in one state. Ids, names and labels get the suffix, because the page shows it several times."""
    content = format_html("<p>{}</p>", state.content) if component.block else None
    inner = component.bind(state.args) | {"content": content, "csrf_token": ""}
    html = get_template(component.template).render(inner)

    def rename(found: re.Match[str]) -> str:
        attribute, value = found.groups()
        if attribute == "aria-label":
            return f'aria-label="{value} ({suffix})"'
        return f'{attribute}="{" ".join(f"{part}-{suffix}" for part in value.split())}"'

    # Only our own example values stand here, escaped by the template.
    return SafeString(NAMED.sub(rename, html))


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component, from the declarations themselves."""
    specimens = [specimen(component) for component in ui.every()]
    return render(request, "kit/styleguide.html", {"specimens": specimens, "panes": PANES, "colours": COLOURS})

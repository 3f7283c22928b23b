"""`{% shown mark %}`: one of the four circles with its word; `{% level number %}`: the component of that name.

Reports show hundreds of each, so no template is asked for them again and again.
"""

from functools import lru_cache
from typing import Final

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from communitas.kit.templatetags.ui import ui_tag
from communitas.reports.rules.documents.parts import MarkKind, Shown

register = template.Library()
GLYPHS: Final[dict[MarkKind, str]] = {"met": "m2", "partly": "m1", "unmet": "m0", "na": "mna", "none": "mnone"}


@register.simple_tag
@lru_cache(maxsize=256)
def shown(mark: Shown) -> SafeString:
    """The circle, which tells no more than the word beside it."""
    return format_html('<span class="mark">{}<span>{}</span></span>', circle(mark), mark.word)


@register.simple_tag
@lru_cache(maxsize=256)
def circle(mark: Shown) -> SafeString:
    """The circle alone, where its word stands beside it."""
    return format_html(
        '<svg class="glyph {glyph}" aria-hidden="true"><use href="#{glyph}"/></svg>', glyph=GLYPHS[mark.kind]
    )


@register.simple_tag
def level(number: int) -> SafeString:
    """How much a criterion asks for, in the word of the language that is read."""
    return _level(number, get_language())


@lru_cache(maxsize=64)
def _level(number: int, language: str | None) -> SafeString:
    return ui_tag(Context(), "level", level=number)

"""`{% shown mark %}`: one of the four circles with its word. Reports show hundreds: no template is asked for each."""

from typing import Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from communitas.reports.rules.documents.parts import MarkKind, Shown

register = template.Library()
GLYPHS: Final[dict[MarkKind, str]] = {"met": "m2", "partly": "m1", "unmet": "m0", "na": "mna", "none": "mnone"}


@register.simple_tag
def shown(mark: Shown) -> SafeString:
    """The circle, which tells no more than the word beside it."""
    return format_html('<span class="mark">{}<span>{}</span></span>', circle(mark), mark.word)


@register.simple_tag
def circle(mark: Shown) -> SafeString:
    """The circle alone, where its word stands beside it."""
    return format_html(
        '<svg class="glyph {glyph}" aria-hidden="true"><use href="#{glyph}"/></svg>', glyph=GLYPHS[mark.kind]
    )

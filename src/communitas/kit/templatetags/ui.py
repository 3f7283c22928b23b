"""`{% ui %}` and `{% uiblock %}…{% enduiblock %}`: draw a declared component by name."""

from typing import Any

from django import template
from django.template import Context, Engine
from django.utils.safestring import SafeString

from communitas.kit import ui as library

register = template.Library()


def _draw(context: Context, name: str, given: dict[str, Any], content: SafeString | None) -> SafeString:
    component = library.get(name)
    if component.block and content is None:
        raise library.WrongUse(
            f"Component '{name}' takes content: write {{% uiblock \"{name}\" … %}}…{{% enduiblock %}}"
        )
    if not component.block and content is not None:
        raise library.WrongUse(f"Component '{name}' takes no content: write {{% ui \"{name}\" … %}}")
    inner = component.bind(given) | {"content": content, "csrf_token": context.get("csrf_token", "")}
    drawn = Engine.get_default().get_template(component.template).render(Context(inner))
    return SafeString(drawn.strip())


@register.simple_tag(takes_context=True, name="ui")
def ui_tag(context: Context, component_name: str, /, **given: Any) -> SafeString:
    """Draw a component. It sees its declared arguments and the CSRF token, nothing else of the page."""
    return _draw(context, component_name, given, None)


@register.simple_block_tag(takes_context=True, end_name="enduiblock", name="uiblock")
def uiblock_tag(context: Context, content: SafeString, component_name: str, /, **given: Any) -> SafeString:
    """Draw a component around the content that stands between the tags."""
    return _draw(context, component_name, given, content)


@register.filter
def initials(name: object) -> str:
    """At most two letters for a name: 'Lena Okafor' gives 'LO', 'Mina' gives 'M'."""
    words = [word for word in str(name).replace("-", " ").split() if word[0].isalnum()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
    return "".join(letters).upper()

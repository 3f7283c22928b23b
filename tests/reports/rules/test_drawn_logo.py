"""A logo as SVG: what is kept of it, and what is refused."""

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.reports.rules.drawn_logo import DEPTH, ELEMENTS, clean_logo, is_drawn

OPENING = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20"'
USUAL = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
{OPENING} xmlns:ink="http://www.inkscape.org/ns" width="40mm" onload="alert(1)" ink:version="1.3">
<title>Hearth</title><metadata><ink:grid/></metadata><ink:view/>
<defs><linearGradient id="a"><stop offset="0" style="stop-color:#f00; -ink-font: x"/></linearGradient>
<linearGradient id="b" xlink:href="#a"/></defs>
<g transform="translate(1,2) scale(.5)" class="layer" onclick="alert(1)">
<path d="M0 0L10 10z" fill="url(#b)" stroke="rgb(1, 2, 3)"/></g></svg>"""


def drawing(inner: str) -> bytes:
    return f"{OPENING}>{inner}</svg>".encode()


def test_shapes_and_their_looks_are_kept_and_all_else_is_left_out() -> None:
    assert clean_logo(USUAL.encode()).decode() == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
        '<defs><linearGradient id="a"><stop offset="0" stop-color="#f00"></stop></linearGradient>'
        '<linearGradient id="b" href="#a"></linearGradient></defs>'
        '<g transform="translate(1,2) scale(.5)">'
        '<path d="M0 0L10 10z" fill="url(#b)" stroke="rgb(1, 2, 3)"></path></g></svg>'
    )


def test_what_was_cleaned_is_clean() -> None:
    once = clean_logo(USUAL.encode())

    assert clean_logo(once) == once
    assert is_drawn(once)
    assert not is_drawn(b"\x89PNG")


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        '<g><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject></g>',
        '<image href="https://example.org/a.png"/>',
        '<image href="data:image/png;base64,AA=="/>',
        '<use href="#a"/>',
        '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
        "<style>path { fill: url(https://example.org) }</style>",
        "<text>Hearth</text>",
        '<path><animate attributeName="d" to="M0 0"/></path>',
        '<set attributeName="onclick" to="alert(1)"/>',
        "<filter/>",
    ],
)
def test_anything_but_shapes_is_refused(inner: str) -> None:
    with pytest.raises(NotAllowed, match=r"made of shapes alone.*It holds"):
        clean_logo(drawing(inner))


@pytest.mark.parametrize(
    "attribute",
    [
        'fill="url(https://example.org/#a)"',
        'fill="url(javascript:alert(1))"',
        "fill=\"url('#a')\"",
        'fill="expression(alert(1))"',
        'style="fill: url(//example.org)"',
        'd="M0 0; alert(1)"',
        'transform="rotate(alert(1))"',
        'width="calc(1px)"',
        'clip-path="url(https://example.org)"',
        'id="a b"',
        'opacity="&quot;/&gt;&lt;script&gt;"',
    ],
)
def test_a_known_attribute_that_says_something_else_is_refused(attribute: str) -> None:
    with pytest.raises(NotAllowed, match="which we do not know"):
        clean_logo(drawing(f"<rect {attribute}/>"))


@pytest.mark.parametrize("target", ["https://example.org/a.svg#a", "javascript:alert(1)", "data:image/svg+xml,x"])
def test_a_gradient_follows_only_another_of_the_same_drawing(target: str) -> None:
    with pytest.raises(NotAllowed, match="which we do not know"):
        clean_logo(drawing(f'<linearGradient id="a" xlink:href="{target}"/>'))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"<html/>",
        b'<svg viewBox="0 0 1 1"/>',
        b"<svg",
        f'<!DOCTYPE svg [<!ENTITY x "y">]>{OPENING}><g>&x;</g></svg>'.encode(),
        f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>{OPENING}>&x;</svg>'.encode(),
        f"{OPENING}/>{OPENING}/>".encode(),
    ],
)
def test_what_is_no_plain_svg_is_refused(content: bytes) -> None:
    with pytest.raises(NotAllowed, match="no SVG that we can read"):
        clean_logo(content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (drawing(" " * 200_000), "too large"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "viewBox"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 10"/>', "viewBox"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e9 10"/>', "viewBox"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 - 10"/>', "viewBox"),
        (drawing("<g/>" * ELEMENTS), "too many parts"),
        (drawing("<g>" * (DEPTH + 1) + "</g>" * (DEPTH + 1)), "too deep"),
    ],
)
def test_a_drawing_has_a_size_that_can_be_borne(content: bytes, why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        clean_logo(content)

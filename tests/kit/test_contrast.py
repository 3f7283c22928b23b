"""The colours of tokens.css can be read and told apart, in light, dark and print."""

import itertools
import re
from pathlib import Path

import pytest

import communitas.kit

CSS = (Path(communitas.kit.__file__).parent / "static/kit/css/tokens.css").read_text()
GROUNDS = ("paper", "card", "sunk")
WASHES = ("spruce-wash", "apricot-wash", "brick-wash")

TEXT_PAIRS = [
    *itertools.product(("ink", "soft", "spruce", "apricot", "brick"), GROUNDS),
    *itertools.product(("ink", "soft"), WASHES),
    ("spruce", "spruce-wash"),
    ("spruce-deep", "spruce-wash"),
    ("spruce", "apricot-wash"),
    ("apricot", "apricot-wash"),
    ("brick", "brick-wash"),
    ("on-spruce", "spruce"),
    ("on-spruce", "spruce-deep"),
    ("on-apricot", "apricot"),
    ("on-brick", "brick"),
    ("on-bar", "bar"),
    ("bar", "on-bar"),
]
SHAPE_PAIRS = [
    *itertools.product(("met", "partly", "unmet", "na"), (*GROUNDS, "spruce-wash")),
    *itertools.product(("spruce", "apricot", "edge"), ("paper", "card")),
]


def _themes() -> dict[str, dict[str, str]]:
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", CSS)
    printed = re.search(r"\.as-print \{(.*?)\}", CSS, re.DOTALL)
    assert printed
    return {
        "light": {name: light for name, light, _dark in pairs},
        "dark": {name: dark for name, _light, dark in pairs},
        "print": dict(re.findall(r"--([\w-]+): (#\w{6});", printed[1])),
    }


THEMES = _themes()


def _linear(colour: str) -> tuple[float, float, float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_agrees_with_the_published_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "ground"), TEXT_PAIRS)
def test_text_has_a_contrast_of_at_least_4_5(theme: str, front: str, ground: str) -> None:
    colours = THEMES[theme]

    assert contrast(colours[front], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "ground"), SHAPE_PAIRS)
def test_marks_and_edges_have_a_contrast_of_at_least_3(theme: str, front: str, ground: str) -> None:
    colours = THEMES[theme]

    assert contrast(colours[front], colours[ground]) >= 3


# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
BLINDNESS = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def _lab(linear: tuple[float, float, float]) -> tuple[float, float, float]:
    red, green, blue = linear
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _seen(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    rgb = _linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(weight * part for weight, part in zip(row, rgb, strict=True)))) for row in matrix
    )
    return _lab((red, green, blue))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_the_marks_are_told_apart_with_colour_blindness(theme: str, blindness: str) -> None:
    seen = {name: _seen(THEMES[theme][name], BLINDNESS[blindness]) for name in ("met", "partly", "unmet")}

    for one, other in itertools.combinations(seen, 2):
        distance = sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5
        assert distance >= 15, f"{one} and {other} are {distance:.0f} apart"


def test_browsers_without_light_dark_get_the_light_theme() -> None:
    fallback = re.search(r"@supports not \(color: light-dark.*?\n  \}", CSS, re.DOTALL)

    assert fallback
    assert dict(re.findall(r"--([\w-]+): (#\w{6});", fallback[0])) == THEMES["light"]


def test_paper_has_the_same_colours_as_its_picture_in_the_style_guide() -> None:
    printed = re.search(r"@media print \{(.*)", CSS, re.DOTALL)

    assert printed
    assert dict(re.findall(r"--([\w-]+): (#\w{6});", printed[1])) == THEMES["print"]

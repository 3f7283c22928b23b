"""The rule of NHS Digital for counts of people, for networks that choose it over our own threshold."""

from typing import Final

BASE: Final = 5
SMALLEST: Final = 8


def star_or_five(count: int) -> str:
    """1 to 7 is shown as a star, any other count to the nearest 5, 0 as it is. ValueError when negative.

    Source: NHS Digital, Hospital Episode Statistics, sub-national counts; national counts are not rounded there.
    """
    if count < 0:
        raise ValueError("a count may not be negative.")
    if 0 < count < SMALLEST:
        return "*"
    return str((2 * count + BASE) // (2 * BASE) * BASE)

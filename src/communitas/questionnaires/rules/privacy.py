"""What looks like a name, number or address in words that should hold none. It warns; it never refuses."""

import re
from typing import Final

_DIGITS = re.compile(r"(?<!\d)(?:\d[ -]?){9}\d(?!\d)")
_EMAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"(?<![\d+])(?:\+\d{1,3}[ -]?|0)(?:\d[ ()-]?){8,10}\d(?!\d)")
_PRISON = re.compile(r"\b[A-Z]\d{4}[A-Z]{2}\b")
_BORN = re.compile(r"\b(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-](?:19|20)\d\d\b")
_WEIGHTS: Final = range(10, 1, -1)


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the checksum of an NHS number (modulus 11)."""
    if len(digits) != 10 or not digits.isdecimal():
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11
    check = (11 - remainder) % 11
    return check != 10 and check == int(digits[9])


def warnings(text: str) -> list[str]:
    """What the words seem to hold that could tell who somebody is, as sentences."""
    found = []
    numbers = [re.sub(r"\D", "", match.group()) for match in _DIGITS.finditer(text)]
    if any(is_nhs_number(number) for number in numbers):
        found.append("This looks like an NHS number.")
    if _EMAIL.search(text):
        found.append("This looks like an e-mail address.")
    if _PHONE.search(text) and not found:
        found.append("This looks like a telephone number.")
    if _PRISON.search(text):
        found.append("This looks like a prison number.")
    if _BORN.search(text):
        found.append("This looks like a date of birth.")
    return found

"""Checks of templates and of any text. Each returns 'line: complaint' for what is wrong."""

import re

_UNESCAPED = re.compile(r"\|\s*safe(?:seq)?\b|\{%\s*autoescape\s+off|\bmark_safe\b")
_INLINE = re.compile(
    r"""(?P<style>\sstyle\s*=)            # a style attribute
      | (?P<sheet><style\b)                # an inline style sheet
      | (?P<handler>\s(?:on[a-z]+|hx-on[\w:.-]*|hx-vals\s*=\s*["']js:)\s*=)  # a script in an attribute
      | (?P<address>(?:href|src|action)\s*=\s*["']\s*javascript:)
      | (?P<script><script\b(?![^>]*\bsrc\s*=)(?![^>]*type\s*=\s*["']application/json["']))""",
    re.IGNORECASE | re.VERBOSE,
)
_WORDS = {
    "style": "a style attribute",
    "sheet": "an inline style sheet",
    "handler": "a script in an attribute",
    "address": "a script as an address",
    "script": "an inline script",
}
_COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}", re.DOTALL)
# Written in pieces, so that this file does not name what it looks for.
_REGISTRY = re.compile(
    r"https?://[^\s\"'<>]+(?:/sim" + r"ple(?:/|\b)|\.(?:whl|tgz|tar\.gz)(?:[#\"'\s]|$))"
    r"|(?:^|[\s\"'])--?(?:extra-)?ind" + r"ex-url\b|(?:^|[\s\"'])--?fi" + r"nd-links\b|\btrusted" + r"-host\b"
    r"|\b(?:extra[-_])?ind" + r"ex[-_]url\s*=",
    re.IGNORECASE | re.MULTILINE,
)


def unescaped(template: str) -> list[str]:
    """Templates escape everything; `safe` and its kin need a review."""
    text = _without_comments(template)
    return [f"{_line(text, match)}: {match.group().strip()}" for match in _UNESCAPED.finditer(text)]


def inline(template: str) -> list[str]:
    """Styles and scripts live in files, as the content security policy wants."""
    text = _without_comments(template)
    return [f"{_line(text, match)}: {_WORDS[match.lastgroup or '']}" for match in _INLINE.finditer(text)]


def names_a_registry(text: str) -> list[str]:
    """No file says where packages come from; that belongs to the machine that installs them."""
    return [f"{_line(text, match)}: {match.group().strip()}" for match in _REGISTRY.finditer(text)]


def _without_comments(template: str) -> str:
    # Line breaks stay, so that the lines keep their numbers.
    return _COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), template)


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1

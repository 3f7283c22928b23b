"""The sentences of the pages, names of drawings for screen readers among them: each with a number must be known."""

import re
from collections.abc import Iterator, Mapping, Sequence

from communitas.benchmarking.rules.cohort import NETWORK
from communitas.benchmarking.rules.disclosure.lattice import OVERALL
from tests.benchmarking.rendered.claims import Claim, Middle, Page, Share, TookPart, Unread, has_number

Told = Mapping[str, Sequence[Claim]]  # what the rows of a drawing's table claim, by their names
DAY = r"\d{1,2} \w+ \d{4}"
# Sentences with numbers that are none of communities: dates, editions, what a method is called, limits of ours.
PLAIN = (
    rf"National report .* · .*, edition \d+ · released on {DAY}",
    rf".*, {DAY}",
    r"Each community marked itself on the \d+ criteri(on|a) that appl(y|ies) to it\. .*",
    r"What a single community scored is confidential\. .*'all but at most 3 communities'.*may not add up to 100\.",
    r"Download the drawing \(SVG\).*",
    r"(No figure may be shown here|There is nothing to show yet|There is no pair of figures for .*)\.",
    r"\d+ criteri(on|a) (is|are) new or changed in meaning, and not compared\.",
    r"The bars at the edge say .*",
    r"100%|0|25|50|75",
)


def read_sentence(text: str, page: Page) -> Iterator[Claim]:
    """What a sentence outside of tables and drawings claims."""
    if not has_number(text) or any(re.fullmatch(each, text) for each in PLAIN):
        return
    for pattern, reader in _OWN_KINDS:
        if found := re.fullmatch(pattern, text):
            yield from reader(found, page)
            return
    raise Unread(f"{page.source}: {text!r}")


def _headline(found: re.Match[str], page: Page) -> Iterator[Claim]:
    yield TookPart(NETWORK, found[1].lower())
    if found[2]:
        yield Share(page.cell(OVERALL, NETWORK), "met", int(found[2]), page.source, page.cycle)
    if found[3]:
        yield Share(page.cell(OVERALL, NETWORK, "self"), "met", int(found[3]), page.source, page.cycle)


def _self_review(found: re.Match[str], page: Page) -> Iterator[Claim]:
    """Beside a single figure of a block; its subject stands in the page's title, so the reader need not be told."""
    return iter(())


def _own_headline(found: re.Match[str], page: Page) -> Iterator[Claim]:
    if found[1]:
        yield Share(page.cell(OVERALL, NETWORK), "met", int(found[1]), page.source, page.cycle)


def _figure(found: re.Match[str], page: Page) -> Iterator[Claim]:
    group = page.names.group(found[2])
    yield Share(page.cell(page.subject, group), "met", int(found[1]), page.source, page.cycle)


def _in_words(found: re.Match[str], page: Page) -> Iterator[Claim]:
    yield from page.says(page.cell(page.subject, page.names.group(found[1])), found[2])


def _listed(found: re.Match[str], page: Page) -> Iterator[Claim]:
    yield from page.says(page.cell(page.names.subject(found[1]), NETWORK), found[2])


def _own_result(found: re.Match[str], page: Page) -> Iterator[Claim]:
    if found[1] not in page.own:
        raise Unread(f"{page.source}: the result of {found[1]!r}")
    return iter(())


def _theme(found: re.Match[str], page: Page) -> Iterator[Claim]:
    yield TookPart(NETWORK, found[1].lower())


_OWN_KINDS = (
    (
        r"(About \d*[05]|Fewer than 10) communities took part\.(?: The review teams found (\d+)% of what they marked "
        r"to be met(?:; the communities themselves had said (\d+)%)?\.)?",
        _headline,
    ),
    (r"(About \d*[05]|Fewer than 10) communities spoke of this in their comments\.", _theme),
    (r"In the self-reviews: (\d+)% met\.", _self_review),
    (
        r"You met \d+ of \d+ criteria that were scored and apply, \d+%\.(?: Over all communities it is (\d+)%\.)?",
        _own_headline,
    ),
    (r"(?:\d+% )?([^:]*): \d+ of \d+", _own_result),
    (r"(\d+)% (?!met)(.*)", _figure),
    (r"(.*): (all but at most \d+ .*)", _in_words),
    (r"(.*) (\d+%) met", _listed),
)


def read_summary(text: str, page: Page, told: Told) -> Iterator[Claim]:
    """The sentence of a drawing, with the rows of its table to name what it is about."""
    if not has_number(text):
        return
    for pattern, reader in _SUMMARIES:
        if found := re.fullmatch(pattern, text, re.DOTALL):
            yield from reader(found, page, told)
            return
    raise Unread(f"{page.source}: {text!r}")


def _again(told: Told, label: str, percent: int, page: Page, place: int = 0) -> Iterator[Claim]:
    """The same row as in the table, with the number of the sentence."""
    rows = {name.split(" | ")[0].rstrip("."): claims for name, claims in told.items()}
    if label.rstrip(".") not in rows:
        raise Unread(f"{page.source}: no row {label!r}")
    shares = [each for each in rows[label.rstrip(".")] if isinstance(each, Share | Middle)]
    if len(shares) <= place:
        raise Unread(f"{page.source}: {label!r} has no figure, but a sentence gives {percent}")
    base = shares[place]
    if isinstance(base, Share):
        yield Share(base.cell, base.mark, percent, f"{page.source}, sentence", base.cycle)
    else:
        yield Middle(base.cell, base.share, percent, f"{page.source}, sentence", base.cycle)


def _bars(found: re.Match[str], page: Page, told: Told) -> Iterator[Claim]:
    yield from _again(told, found["lowest"], int(found["low"]), page)
    yield from _again(told, found["highest"], int(found["high"]), page)


def _equal_bars(found: re.Match[str], page: Page, told: Told) -> Iterator[Claim]:
    for label, claims in told.items():
        if any(isinstance(each, Share) for each in claims):
            yield from _again(told, label.split(" | ")[0], int(found["all"]), page)


def _marks(found: re.Match[str], page: Page, told: Told) -> Iterator[Claim]:
    for piece in text_of(found).removesuffix(".").split("; "):
        if re.fullmatch(r"\d+ of \d+ said in words", piece):
            continue
        label, _colon, figures = piece.rpartition(": ")
        for each in figures.split(", "):
            shown = re.fullmatch(r"(\d+) ?% (met|partly met|not met)", each)
            if shown is None:
                raise Unread(f"{page.source}: {each!r}")
            place = ("met", "partly met", "not met").index(shown[2])
            yield from _again(told, label, int(shown[1]), page, place)


def text_of(found: re.Match[str]) -> str:
    """The whole of what was matched."""
    return found[0]


def _pairs(found: re.Match[str], page: Page, told: Told) -> Iterator[Claim]:
    if found["name"]:
        yield from _again(told, found["name"], int(found["first"]), page, 0)
        yield from _again(told, found["name"], int(found["second"]), page, 1)


def _density(found: re.Match[str], page: Page, told: Told) -> Iterator[Claim]:
    for piece in re.finditer(
        r"(?P<label>[^:]+?): (?:half of the communities lie between (?P<low>\d+)% and (?P<high>\d+)%, )?"
        r"their median is (?P<median>\d+)%(?:, (?:you|us): \d+%)?\.(?: |$)",
        text_of(found),
    ):
        yield from _again(told, piece["label"], int(piece["median"]), page, 0)
        if piece["low"]:
            yield from _again(told, piece["label"], int(piece["low"]), page, 1)
            yield from _again(told, piece["label"], int(piece["high"]), page, 2)


def _medians(found: re.Match[str], page: Page, told: Told) -> Iterator[Claim]:
    """Beside nobody's own result each section has its median alone; the same stands in the table."""
    for label, percent in re.findall(r"([^:.]+): their median is (\d+)%\.", text_of(found)):
        given = {name.rstrip("."): claims for name, claims in told.items()}.get(label.strip(), ())
        middle = next((each for each in given if isinstance(each, Middle) and each.share == 0.5), None)
        if middle is None:
            raise Unread(f"{page.source}: {label!r} has no median, but a sentence gives {percent}")
        yield Middle(middle.cell, middle.share, int(percent), f"{page.source}, sentence", middle.cycle)


def _trend(found: re.Match[str], page: Page, told: Told) -> Iterator[Claim]:
    for percent, cycle in re.findall(r"(?:from |to |: )(\d+)% in ([^.,]*?)(?= to \d|, not|\.)", found["group"] or ""):
        yield from _again(told, cycle, int(percent), page)


def _funnel(found: re.Match[str], page: Page, told: Told) -> Iterator[Claim]:
    yield from _again(told, found["label"], int(found["percent"]), page)


def _own_only(found: re.Match[str], page: Page, told: Told) -> Iterator[Claim]:
    return iter(())


_WORDS = r"(?:\d+ of \d+ (?:is|are) said in words\. )?"
_OWN = r"(?:You|Us|you|us|[A-Z][\w ]*): "
_SUMMARIES = (
    (rf"{_WORDS}From (?P<low>\d+)% \((?P<lowest>.*)\) to (?P<high>\d+)% \((?P<highest>.*)\)\.", _bars),
    (rf"{_WORDS}(?:All at|All are at|The other is at|The others are at) (?P<all>\d+)%\.", _equal_bars),
    (r"(?:.*: \d+ ?% (?:met|partly met|not met).*|\d+ of \d+ said in words)\.", _marks),
    (
        r".* is higher than .* in \d+ of \d+ and lower in \d+\."
        r"(?: The largest difference is in (?P<name>.*): (?P<first>\d+)% and (?P<second>\d+)%\.)?",
        _pairs,
    ),
    (r"(?:[^:.]+: (?:their median is \d+%|hidden to protect small groups)\. ?)+", _medians),
    (r"(?:[^:]+: [^:]*their median is \d+%(?:, (?:you|us): \d+%)?\. ?)+", _density),
    (
        r"(?P<group>(?!You: |Us: |No figure )[^:]*: (?:from )?\d+% in .*?\.|No figure of .*? may be shown here\.)?"
        rf"(?: ?{_OWN}[\w ]+%? in [^.]*\.)?(?: ?The line is broken before .*\.)?",
        _trend,
    ),
    (rf"(?P<label>.* together): (?P<percent>\d+)%\.(?: {_OWN}\d+%.*?\.)? The shaded area is .*", _funnel),
    (r"Above the middle one of its peers in \d+ of \d+ sections.*", _own_only),
    (
        r"(?:[^:.]*: (?:\d+%|\d+ of \d+|–|none applied|(?:partly |not )?met|hidden to protect small groups)?\.? ?)+",
        _own_only,
    ),
)

"""A local report as HTML for print: the words, tables and drawings of its PDF, in the same letters."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

import fontpkg_atkinson_hyperlegible

FONTS: Final = Path(fontpkg_atkinson_hyperlegible.ROOT) / "files"
_CUTS: Final = {"Regular": "", "Bold": "font-weight: bold;", "Italic": "font-style: italic;"}
_STYLE: Final = """
@page { size: A4; margin: 27mm 22mm 23mm; @bottom-right { content: "Page " counter(page) " of " counter(pages) } }
body { font: 11pt/1.4 Atkinson; color: #1b2a28 }
h1 { font-size: 22pt; color: #1d5148; break-after: avoid } h2 { font-size: 14pt; color: #1d5148; break-after: avoid }
h1.chapter { break-before: page }
table { width: 100%; border-collapse: collapse; font-size: 9.6pt }
th, td { text-align: left; vertical-align: top; padding: 5pt 4pt; border-bottom: 0.5pt solid #d9cfbd }
tr, figure { break-inside: avoid } td p { margin: 3pt 0 } figure { margin: 12pt 0 } figure svg { width: 166mm }
small { color: #4a5955 }
"""
Data = Mapping[str, Any]


def as_html(data: Data) -> str:
    """The whole document, from what `reports.typesetting.local` hands to Typst."""
    words: Data = data["words"]
    parts = [
        f"<h1>{_text(data['network'])}</h1><p>{_text(data['kind'])}</p><h1>{_text(data['community']['name'])}</h1>",
        *(f"<p><small>{_text(label)}</small><br><b>{_text(value)}</b></p>" for label, value in data["facts"]),
        *_one_page(data, words),
        *_results(data, words),
        _chapter(words["findings"]),
        f"<h2>{_text(words['achievements'])}</h2>",
        *map(_finding, data["achievements"]),
        f"<h2>{_text(words['improvements'])}</h2>",
        *map(_finding, data["improvements"]),
        _chapter(words["every"]),
        *(part for section in data["sections"] for part in _section(section, words, data["last_name"])),
        _chapter(words["about"]),
        *(f"<p><b>{_text(note['heading'])}</b><br>{_text(note['text'])}</p>" for note in data["notes"]),
        *_technical(data),
    ]
    faces = "".join(
        f"@font-face {{ font-family: Atkinson; {more} src: url('{_font(cut).as_uri()}') }}"
        for cut, more in _CUTS.items()
    )
    head = f"<meta charset=utf-8><title>{_text(data['title'])}</title><style>{faces}{_STYLE}</style>"
    return f"<!doctype html><html lang=en><head>{head}</head><body>{''.join(parts)}</body></html>"


def _one_page(data: Data, words: Data) -> Iterable[str]:
    summary = data["summary"]
    yield _chapter(words["one_page"]) + f"<p>{_text(summary['headline'])}</p><p>{_text(summary['introduction'])}</p>"
    rows = [(row["number"], row["mark"]["word"], row["meaning"]) for row in summary["marks"]]
    yield _table((), rows)
    for heading, found in (("done_well", summary["done_well"]), ("work_on", summary["work_on"])):
        yield f"<h2>{_text(words[heading])}</h2>" + "".join(map(_finding, found))
    steps = "".join(f"<li>{_text(step)}</li>" for step in summary["next_steps"])
    yield f"<h2>{_text(words['next'])}</h2><ul>{steps}</ul>"


def _results(data: Data, words: Data) -> Iterable[str]:
    charts = data["charts"]
    yield (
        _chapter(words["results"])
        + f"<p>{_text(data['summary']['headline'])}</p><p>{_text(data['peers_sentence'])}</p>"
    )
    yield _drawing(charts["sections"]) + _drawing(charts["marks"])
    header = (words["section"], words["your_marks"], words["agreed_marks"], data["last_name"])
    rows = [
        (
            each["title"],
            each["self_share"]["words"],
            each["agreed_share"]["words"],
            (each["last_share"] or {}).get("short"),
        )
        for each in data["sections"]
    ]
    yield f"<h2>{_text(words['in_words'])}</h2>" + _table(header, rows)
    sentences = "".join(f"<p>{_text(sentence)}</p>" for sentence in data["agreement"]["sentences"])
    yield f"<h2>{_text(words['agreement'])}</h2>{sentences}" + _drawing(charts["agreement"])
    change = data["change"]
    ups, downs = ", ".join(change["better"]), ", ".join(change["worse"])
    yield f"<h2>{_text(words['change'])} {_text(change['since'])}</h2>"
    yield f"<p>{_text(change['sentence'])} {_text(change['points'])}</p>"
    yield f"<p><b>{words['went_up']}:</b> {ups}</p><p><b>{words['went_down']}:</b> {downs}</p>" + _drawing(
        charts["change"]
    )


def _section(section: Data, words: Data, last_name: str) -> Iterable[str]:
    yield f"<h2>{_text(section['heading'])}</h2><p>{_text(section['lead'])} {_text(section['peers_sentence'])}</p>"
    yield _drawing(section["chart"])
    header = (words["code"], words["criterion"], words["your_mark"], words["agreed_mark"], last_name)
    rows = "".join(
        f"<tr><td><b>{_text(each['code'])}</b></td><td>{_criterion(each, words)}</td>"
        + "".join(f"<td>{_text(_word(each[mark]))}</td>" for mark in ("self_mark", "agreed_mark", "last_mark"))
        + "</tr>"
        for each in section["criteria"]
    )
    yield f"<table><thead>{_cells(header, 'th')}</thead><tbody>{rows}</tbody></table>"


def _criterion(each: Data, words: Data) -> str:
    said = (("you_wrote", "self_comment"), ("team_wrote", "agreed_comment"), ("why", "reason"))
    remarks = (f"<p><b>{words[who]}</b> {_text(each[what])}</p>" for who, what in said if each[what])
    return f"{_text(each['statement'])}<br><small>{_text(each['level_word'])}</small>{''.join(remarks)}"


def _technical(data: Data) -> Iterable[str]:
    yield f"<h2>{_text(data['words']['technical'])}</h2>"
    for note in data["agreement"]["technical"]:
        yield f"<p>{_text(note['heading'])}: <b>{_text(note['text'])}</b></p>"


def _font(cut: str) -> Path:
    return next(path for path in sorted(FONTS.iterdir()) if path.stem.endswith(f"-{cut}"))


def _chapter(title: str) -> str:
    return f"<h1 class=chapter>{_text(title)}</h1>"


def _finding(finding: Data) -> str:
    return f"<p>{_text(finding['text'])} <small>{_text(', '.join(finding['criteria']))}</small></p>"


def _drawing(chart: Data | None) -> str:
    """The same SVG that Typst gets."""
    return (
        f"<figure><b>{_text(chart['title'])}</b>{chart['svg']}<small>{_text(chart['sentence'])}</small></figure>"
        if chart
        else ""
    )


def _table(header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> str:
    head = f"<thead>{_cells(header, 'th')}</thead>" if header else ""
    return f"<table>{head}<tbody>{''.join(_cells(row, 'td') for row in rows)}</tbody></table>"


def _cells(row: Sequence[Any], name: str) -> str:
    return "<tr>" + "".join(f"<{name}>{_text(cell)}</{name}>" for cell in row) + "</tr>"


def _word(mark: Data | None) -> str:
    return mark["word"] if mark else "–"


def _text(value: Any) -> str:
    return escape("–" if value is None else str(value))

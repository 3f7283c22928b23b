"""Turn a Typst template and plain data into a tagged PDF (PDF/UA-1), the same bytes for the same input.

What people wrote reaches a template only as JSON data, never as markup. The letters come from files that are
installed with the product, not from the machine: Atkinson Hyperlegible first, then the families inside Typst, which
add Greek, Cyrillic, Hebrew and Arabic. A sign that none of them can draw is replaced by its name in brackets
('[slightly smiling face]', '[text in Thai letters]'), because a tagged PDF may not hold an empty box.
"""

import json
import re
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import chain, groupby, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final
from unicodedata import category, name

import fontpkg_atkinson_hyperlegible
import typst

ROOT: Final = Path(__file__).resolve().parents[1]  # templates name each other from here: /kit/typst/house.typ
FAMILIES: Final = ("Atkinson Hyperlegible", "Libertinus Serif", "DejaVu Sans Mono")
# A process of a batch is replaced after this many documents, whatever its memory.
DOCUMENTS_PER_PROCESS: Final = 100
# Typst keeps what the last ten compilations laid out: 300 MB of reports, where 30 do. Every few documents a handful
# of empty ones, of a millisecond each, make it forget.
_FORGET_AFTER: Final = 4
_FORGETTING: Final = 12

_STANDARD: Final = "ua-1"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNSHOWN = re.compile(r'the text `"(.*?)"` could not be displayed')
_LETTERS = re.compile(r"\\u\{([0-9a-f]+)\}")
_JOINERS: Final = frozenset("\u200d\ufe0e\ufe0f")
_PROBE = (
    b'#set document(title: "probe")\n#set text(font: json(bytes(sys.inputs.families)), lang: "en")\n#sys.inputs.text\n'
)

_shown: set[str] = set()  # letters that a probe has drawn
_unshown: set[str] = set()  # letters that no family holds
_local = threading.local()


class TypesettingError(Exception):
    """A template could not be set; the message is Typst's, with the place in the template."""


@dataclass(frozen=True, slots=True)
class Order:
    """One document to set: what `compile_pdf` takes, to be carried to another process."""

    template: str
    data: Mapping[str, Any]
    timestamp: datetime
    images: Mapping[str, bytes] = field(default_factory=dict)


def compile_pdf(
    template: str, data: Mapping[str, Any], *, timestamp: datetime, images: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF of a template, named from the package's root ('reports/typesetting/local.typ').

    `data` is anything that JSON holds and is read in the template as `json(bytes(sys.inputs.data))`; `images` are
    read as `bytes(data.images.<name>)`. `timestamp` is the only date that enters the file.
    """
    if not (ROOT / template).resolve().is_relative_to(ROOT) or not (ROOT / template).is_file():
        raise TypesettingError(f"There is no template {template}.")
    content = _content(data, images)
    while True:
        try:
            made = _compile(str(ROOT / template), _inputs(content), timestamp)
        except typst.TypstError as error:
            refused = _UNSHOWN.search(error.message)
            letters = _unknown(refused.group(1)) if refused else set()
            if not letters:
                where = " ".join([error.message, *error.hints, *error.trace[:3]])
                raise TypesettingError(f"{template}: {where}") from error
            # The letter was drawn alone but not beside its neighbours: it gets its name after all.
            _unshown.update(letters)
            content = _clean(content)
        else:
            _forget()
            return made


def inputs_of(data: Mapping[str, Any], images: Mapping[str, bytes] | None = None) -> dict[str, str]:
    """What a template is given as `sys.inputs`: the data as JSON, with every sign that cannot be drawn named."""
    return _inputs(_content(data, images))


def find_places(template: str, data: Mapping[str, Any], *, label: str) -> list[Any]:
    """What a template marks with `#metadata(...) <label>`, in the order of the pages; no PDF is made."""
    compiler = typst.Compiler(str(ROOT / template), root=ROOT, font_paths=fonts(), sys_inputs=inputs_of(data))
    try:
        found = compiler.query(f"<{label}>", field="value")
    except typst.TypstError as error:
        raise TypesettingError(f"{template}: {error.message}") from error
    places: list[Any] = json.loads(found)
    return places


def compile_many(
    orders: Iterable[Order], *, workers: int, documents_per_process: int = DOCUMENTS_PER_PROCESS
) -> Iterator[bytes]:
    """PDFs in the order of the orders, from processes that are replaced before their memory grows.

    At most four orders a worker wait at a time, so `orders` may be a generator over a whole network.
    """
    # Not `max_tasks_per_child`: in Python 3.11 a pool that replaces its own workers can wait for ever (gh-115634).
    source = iter(orders)
    while batch := list(islice(source, 1)):
        rest = islice(source, documents_per_process * workers - 1)
        yield from _batch(chain(batch, rest), workers)


def _batch(orders: Iterable[Order], workers: int) -> Iterator[bytes]:
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[bytes]] = deque()
        for order in orders:
            waiting.append(pool.submit(_fill, order))
            if len(waiting) >= 4 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _fill(order: Order) -> bytes:
    return compile_pdf(order.template, order.data, timestamp=order.timestamp, images=order.images)


def _content(data: Mapping[str, Any], images: Mapping[str, bytes] | None) -> Any:
    return _clean({**data, "images": {key: list(value) for key, value in (images or {}).items()}})


def _inputs(content: Any) -> dict[str, str]:
    return {"data": json.dumps(content, ensure_ascii=False)}


@cache
def fonts() -> typst.Fonts:
    """The families that documents are set in, read once in a process."""
    files = str(fontpkg_atkinson_hyperlegible.ROOT / "files")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[files])


def _compile(source: str | bytes, inputs: dict[str, str], timestamp: datetime | None) -> bytes:
    # A compiler belongs to one thread, and keeps the templates it has read.
    if not hasattr(_local, "compiler"):
        _local.compiler = typst.Compiler(root=ROOT, font_paths=fonts())
    made = _local.compiler.compile(
        input=source, format="pdf", sys_inputs=inputs, pdf_standards=[_STANDARD], timestamp=timestamp
    )
    if not isinstance(made, bytes):
        raise TypesettingError("Typst gave no PDF back.")
    return made


def _clean(value: Any) -> Any:
    """The same data with every sign that cannot be drawn named in brackets, and control signs left out."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else showable(value)
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value] if value and not isinstance(value[0], int) else value
    return value


def showable(text: str) -> str:
    """The text as the documents can show it: signs without a glyph become their names in brackets."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    _probe({letter for letter in text if not letter.isascii()})
    if _unshown.isdisjoint(text):
        return text
    return "".join(
        _stand_in("".join(run)) if hidden else "".join(run) for hidden, run in groupby(text, _is_hidden(text))
    )


def _is_hidden(text: str) -> Any:
    """Joiners go with the sign before them, so that a family of emoji is one run."""
    before = False

    def hidden(letter: str) -> bool:
        nonlocal before
        before = letter in _unshown or (before and letter in _JOINERS)
        return before

    return hidden


def _stand_in(run: str) -> str:
    letters = [letter for letter in run if letter not in _JOINERS and not category(letter).startswith("M")]
    if not letters:
        return ""
    if any(category(letter).startswith("L") for letter in letters):
        scripts = {name(letter, "OTHER").split()[0].capitalize() for letter in letters}
        script = scripts.pop() if len(scripts) == 1 else "other"
        return f"[text in {'Chinese' if script == 'Cjk' else script} letters]"
    return f"[{', '.join(name(letter, 'a sign').lower() for letter in letters)}]"


def _probe(letters: set[str]) -> None:
    """Find out which letters the installed families can draw, by drawing them; each letter is tried once."""
    tried = sorted(letters - _shown - _unshown)
    if not tried:
        return
    try:
        _draw(" ".join(tried))
    except typst.TypstError:
        if len(tried) == 1:
            _unshown.update(tried)
            return
        middle = len(tried) // 2
        _probe(set(tried[:middle]))
        _probe(set(tried[middle:]))
    else:
        _shown.update(tried)


def _draw(text: str) -> None:
    _compile(_PROBE, {"text": text, "families": json.dumps(FAMILIES)}, None)


def _forget() -> None:
    """Keep memory flat: what earlier documents left in the compiler ages with every compilation, and then goes."""
    _local.documents = getattr(_local, "documents", 0) + 1
    if _local.documents >= _FORGET_AFTER:
        for _ in range(_FORGETTING):
            _draw("")
        _local.documents = 0


def _unknown(quoted: str) -> set[str]:
    """Letters of a refused text that are still to be named; Typst writes invisible ones as \\u{200b}."""
    text = _LETTERS.sub(lambda found: chr(int(found.group(1), 16)), quoted)
    return {letter for letter in text if not letter.isascii()} - _unshown

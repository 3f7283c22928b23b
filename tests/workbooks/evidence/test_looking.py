"""What a file really is: ordinary ones are taken, harmful ones refused within five seconds and little memory."""

import io
import random
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from communitas.kit.inspection import Inspection, inspect_guarded
from communitas.kit.inspection.archives import ENTITIES, LOCKED, MACROS, NESTED, TOO_MANY, UNSAFE_NAME, document_in
from communitas.kit.inspection.documents import (
    ACTIVE,
    DAMAGED,
    PROTECTED,
    TOO_LARGE,
    TWO_FILES,
    refuse_pdf,
    refuse_text,
)
from communitas.kit.inspection.guarded import GAVE_UP
from communitas.kit.inspection.guarded_child import looked_into
from communitas.kit.inspection.kinds import UNKNOWN, WEB_PAGE, kind_of
from communitas.kit.inspection.pictures import TOO_MANY_PIXELS
from communitas.kit.tabular.limits import UPLOAD
from communitas.workbooks.rules.evidence import ACCEPTED
from tests.workbooks.evidence import makers


def look(tmp_path: Path, content: bytes) -> Inspection:
    path = tmp_path / "file"
    path.write_bytes(content)
    return inspect_guarded(path, accept=ACCEPTED)


def why(content: bytes) -> str:
    """The refusal without a process around it: quick enough to ask of many files."""
    return looked_into(content, UPLOAD)[1]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (makers.PDF, "pdf"),
        (makers.picture("PNG"), "png"),
        (makers.picture("JPEG"), "jpeg"),
        (makers.picture("WEBP"), "webp"),
        (makers.picture("GIF"), "gif"),
        (makers.document(), "docx"),
        ("Wir kochen zusammen – jeden Tag.\n".encode(), "text"),
        (makers.pdf_with(b"<</Type/Action/S/GoTo/D[3 0 R/Fit]>>"), "pdf"),
        (makers.pdf_with(makers.packed_objects(b"<</Type/Font>>")), "pdf"),
        (b"name,score\nLark,2\n", "text"),
    ],
)
def test_ordinary_files_are_what_they_are(content: bytes, kind: str) -> None:
    found, refusal, _shown, _drawn = looked_into(content, UPLOAD)

    assert (found, refusal) == (kind, "")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (makers.document([("word/media/big.bin", b"\0" * 30_000_000)]), TOO_LARGE),
        (makers.document([(f"word/{n}.xml", "x") for n in range(1_001)]), TOO_MANY),
        (makers.document([("word/inner.docx", makers.document())]), NESTED),
        (makers.document([("word/innocent.png", makers.archive())]), NESTED),
        (makers.document([("word/embeddings/oleObject1.bin", b"x")]), NESTED),
        (makers.document([("word/settings.xml", makers.laughs())]), ENTITIES),
        (makers.document([("word/settings.xml", makers.laughs().encode("utf-16"))]), ENTITIES),
        (makers.document([("../../etc/cron.d/x", "x")]), UNSAFE_NAME),
        (makers.document([("/etc/passwd", "x")]), UNSAFE_NAME),
        (makers.document([("..\\..\\windows", "x")]), UNSAFE_NAME),
        (makers.document([("C:\\x", "x")]), UNSAFE_NAME),
        (makers.document([(makers.symlink(), "/etc/passwd")]), UNSAFE_NAME),
        (makers.document([("word/vbaProject.bin", "x")]), MACROS),
        (makers.document(types=makers.TYPES.replace("main+xml", "main+xml macroEnabled")), MACROS),
        (makers.document() + b"<script>alert(1)</script>", TWO_FILES),
        (b"PK\x03\x04" + makers.document(), TWO_FILES),
        (makers.document()[:-40], DAMAGED),
        (b"PK\x03\x04" + b"\0" * 200, DAMAGED),
    ],
)
def test_harmful_documents_are_refused(content: bytes, expected: str) -> None:
    assert why(content) == expected


def test_archive_of_ordinary_files_is_no_document() -> None:
    assert "packed archive" in why(makers.archive())


def test_locked_document_is_refused() -> None:
    content = bytearray(makers.document())
    content[6] |= 1
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1

    assert document_in(bytes(content), UPLOAD) == ("", LOCKED)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (makers.pdf_with(b"<</S/JavaScript/JS(app.alert(1))>>"), ACTIVE),
        (makers.pdf_with(b"<</S/J#61vaScript/JS(app.alert(1))>>"), ACTIVE),
        (makers.pdf_with(b"<</S/Launch/F(cmd.exe)>>"), ACTIVE),
        (makers.pdf_with(b"<</Type/EmbeddedFile>>"), ACTIVE),
        (makers.pdf_with(makers.packed_objects(b"<</S/JavaScript/JS(1)>>")), ACTIVE),
        (makers.pdf_with(makers.packed_objects(b"\0" * 110_000_000)), TOO_LARGE),
        (makers.PDF.replace(b"/Size 4", b"/Size 4/Encrypt 9 0 R"), PROTECTED),
        (makers.PDF + makers.archive(), TWO_FILES),
        (makers.PDF + b"<script>alert(1)</script>", TWO_FILES),
        (b"%PDF-1.4\n%<html><script>alert(1)</script>\n" + makers.PDF, TWO_FILES),
        (makers.PDF[:60], DAMAGED),
    ],
)
def test_harmful_pdfs_are_refused(content: bytes, expected: str) -> None:
    assert refuse_pdf(content, UPLOAD) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (makers.huge_header(), TOO_MANY_PIXELS),
        (makers.picture("WEBP", (4_000, 3_100)), TOO_MANY_PIXELS),
        (makers.picture("PNG") + b"<html><script>alert(1)</script>", TWO_FILES),
        (makers.picture("GIF") + makers.archive(), TWO_FILES),
        (makers.picture("JPEG") + makers.archive(), TWO_FILES),
        (makers.picture("JPEG") + b"<script>alert(1)</script>", TWO_FILES),
        (makers.picture("JPEG") + makers.PDF, TWO_FILES),
        (makers.picture("WEBP") + b"more", TWO_FILES),
        (makers.picture("PNG")[:40], DAMAGED),
        (makers.picture("JPEG")[:60], DAMAGED),
        (b"GIF89a/*" + b"x" * 40 + b"*/=1;alert(1)//\x3b", DAMAGED),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, DAMAGED),
    ],
)
def test_harmful_pictures_are_refused(content: bytes, expected: str) -> None:
    assert why(content) == expected


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", WEB_PAGE),
        (b"\xef\xbb\xbf \n<!DOCTYPE html><p>", WEB_PAGE),
        (b"<?xml version='1.0'?><svg/>", WEB_PAGE),
        (b"Minutes\n<script>alert(1)</script>", WEB_PAGE),
        (b"\0\0\0\x18ftypheic", "HEIC"),
        (b"\0\0\0\x18ftypmp42", "Sound and video"),
        (b"ID3\x04", "Sound and video"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office file"),
        (b"Rar!\x1a\x07", "packed archive"),
        (b"MZ\x90", "program"),
        (b"#!/bin/sh\n", "program"),
        (b"caf\xe9 not UTF-8", UNKNOWN),
        (b"a\0b", UNKNOWN),
    ],
)
def test_other_kinds_are_refused_with_what_to_do(content: bytes, part: str) -> None:
    assert part in why(content)


def test_empty_file_and_text_with_an_archive_behind_it_are_refused(tmp_path: Path) -> None:
    assert kind_of(b"")[1] == "The file is empty."
    assert look(tmp_path, b"").refusal == "The file is empty."
    assert refuse_text(b"hello" + makers.archive()) == TWO_FILES


def test_shown_copy_has_the_picture_and_nothing_of_the_camera(tmp_path: Path) -> None:
    taken = makers.photo_with_place()

    found = look(tmp_path, taken)

    assert b"Secret Camera Works" in taken
    assert [word for word in (b"Secret Camera", b"Exif", b"garden") if word in found.shown] == []
    with Image.open(io.BytesIO(found.shown)) as drawn:
        assert (drawn.format, drawn.size, dict(drawn.getexif())) == ("JPEG", (40, 30), {})


def test_photo_that_was_turned_is_drawn_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274] = 6

    found = look(tmp_path, makers.picture("JPEG", exif=exif))

    with Image.open(io.BytesIO(found.shown)) as drawn:
        assert drawn.size == (30, 40)


def test_what_takes_too_long_or_too_much_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(makers.picture("PNG", (4_900, 4_900)))

    assert inspect_guarded(path, accept=ACCEPTED, seconds=0).refusal == GAVE_UP
    assert inspect_guarded(path, accept=ACCEPTED, memory=90 * 1024 * 1024).refusal == GAVE_UP


def test_largest_picture_needs_less_than_256_mb(tmp_path: Path) -> None:
    path = tmp_path / "picture"
    path.write_bytes(makers.picture("PNG", (5_000, 5_000)))
    watch = (
        "import resource, sys; from pathlib import Path; from communitas.kit.inspection import inspect_guarded; "
        "found = inspect_guarded(Path(sys.argv[1]), accept={'png'}); "
        "print(found.refusal or 'taken', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )

    done = subprocess.run([sys.executable, "-c", watch, str(path)], capture_output=True, text=True, check=True)

    refusal, megabytes = done.stdout.split()
    assert refusal == "taken"
    assert 20 < int(megabytes) <= 256


@pytest.mark.filterwarnings("ignore")  # Pillow warns of what it skips in a broken picture
def test_broken_files_are_taken_or_refused_and_nothing_else() -> None:
    chance = random.Random(5)
    whole = [
        *(makers.PDF, makers.pdf_with(makers.packed_objects(b"<</Type/Font>>" * 50)), makers.document()),
        *(makers.picture(kind) for kind in ("PNG", "JPEG", "WEBP", "GIF")),
        makers.photo_with_place(),
    ]

    for _ in range(400):
        content = bytearray(chance.choice(whole))
        for _ in range(chance.choice((1, 2, 5, 20))):
            place = chance.randrange(len(content))
            if chance.random() < 0.6:
                content[place] = chance.randrange(256)
            else:
                content[place:place] = chance.randbytes(chance.randrange(1, 30))
        content = content[: chance.choice((len(content), chance.randrange(8, len(content))))]

        kind, refusal, _shown, drawn = looked_into(bytes(content), UPLOAD)

        assert refusal or kind in ACCEPTED
        assert not (refusal and drawn)

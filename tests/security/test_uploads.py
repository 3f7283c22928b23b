"""Every form that takes a file refuses what no import could read: at once, in a sentence, and without keeping it."""

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.kit.models import ImportRun, StoredFile
from tests.cast import World

MIB = 1024 * 1024
FORMS = ("members:import_start", "standards:import_start", "benchmarking:import_start", "allocation:import_reviewers")
OF_A_CYCLE = {"allocation:import_reviewers"}
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 200
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'


def packed(**parts: bytes) -> bytes:
    """A workbook's outside with these parts in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.xlsx": (lambda: packed(xl__sheet1=b"\0" * (60 * MIB)), "unpacks to more than 100 times"),
    "large.csv": (lambda: b"code,name\n" + b"x" * (26 * MIB), "too large"),
    "picture.xlsx": (lambda: PNG, "not a workbook"),
    "entity.xlsx": (lambda: packed(xl__sheet1=ENTITY), "its own XML entities"),
    "laughs.xlsx": (lambda: packed(xl__sheet1=LAUGHS), "its own XML entities"),
    "nested.xlsx": (lambda: packed(xl__more=packed()), "another packed file"),
    "paths.xlsx": (lambda: packed(**{"..__..__etc__passwd": b"x"}), "unsafe name"),
    "crowd.xlsx": (lambda: packed(**{f"part{number}": b"" for number in range(1001)}), "more than 1,000 parts"),
    "torn.xlsx": (lambda: packed(xl__sheet1=b"x" * 9000)[:150], "damaged"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_harmful_file_is_refused_quickly_and_not_kept(name: str, world: World, client: Client) -> None:
    world.sign_in(client, world.cora)
    make, sentence = BAD[name]
    content = make()

    for form in FORMS:
        file = SimpleUploadedFile(name, content)
        standard_set = world.edition.standard_set_id
        begun = time.monotonic()
        args = [world.cycle.pk] if form in OF_A_CYCLE else []
        response = client.post(
            path_of("hearth", form, *args), {"file": file, "standard_set": standard_set, "cycle": ""}
        )
        took = time.monotonic() - begun

        assert response.status_code in {200, 422}, form
        assert sentence in response.content.decode(), form
        assert took < 5, form

    assert not StoredFile.objects.exists()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("name", BAD)
def test_a_harmful_file_is_refused_beside_a_criterion_and_as_a_spreadsheet(
    name: str, world: World, client: Client
) -> None:
    world.sign_in(client, world.lena)
    make, _sentence = BAD[name]
    content = make()

    for form in (
        path_of("hearth", "workbooks:evidence_add", world.workbook.pk, "c1-1"),
        path_of("hearth", "workbooks:spreadsheets", world.workbook.pk),
    ):
        begun = time.monotonic()
        response = client.post(form, {"file": SimpleUploadedFile(name, content)})
        took = time.monotonic() - begun

        assert response.status_code == 422, form
        assert took < 8, form  # five seconds to look into it, and the rest of a busy machine

    assert not StoredFile.objects.exists()


# Where a file comes in that is no table, and what looks into it.
READ_ELSEWHERE = {
    "workbooks/forms.py": "evidence: kit.inspection, in a process of its own; sealed outboxes: the server's key alone",
    "reports/forms/plan.py": "evidence of actions: as the workbook's",
    "questionnaires/forms.py": "drafts: YAML of 1 MB, read by the guarded reader",
}
READING = {
    *("members/views/imports.py", "standards/views/imports.py", "benchmarking/views/imports.py"),
    *("workbooks/views/evidence.py", "workbooks/views/spreadsheets.py", "workbooks/views/devices.py"),
    *("workbooks/api.py", "questionnaires/views/drafts.py"),
    *("reports/views/proofs.py", "reports/views/design.py", "allocation/views/importing.py"),
}


def test_there_is_no_other_form_that_takes_a_file() -> None:
    root = Path("src/communitas")
    sources = {str(path.relative_to(root)): path.read_text("utf-8") for path in root.rglob("*.py")}
    plain = {path for path, text in sources.items() if "forms.FileField(" in text or "forms.ImageField(" in text}
    reading = {path for path, text in sources.items() if "request.FILES" in text}

    assert plain - READ_ELSEWHERE.keys() - {"kit/uploads.py"} == set()
    assert reading - READING == set()

"""`communitas build-reports`, from messy files to a folder of reports, or to a list of everything that is wrong."""

import csv
import hashlib
import json
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from communitas.kit.tabular import Cell, Table, read, write_csv, write_xlsx
from communitas.reports.batch.build_reports import main

EDITION: list[Sequence[Cell]] = [
    ("Standards for communities, 3rd edition", None, None, None),
    (None, None, None, None),
    ("No.", "STANDARD", " Type", "Applies to"),
    ("Belonging", None, None, None),
    ("1.1", "People are welcomed.", 1, None),
    ("1.2", "People are named.", "Type 2", "prison; children"),
    ("Safety", None, None, None),
    ("2.1", "The house is safe.", "desirable", None),
]
COMMUNITIES: list[Sequence[Cell]] = [
    ("Code", "Name", "Type", "Region"),
    ("TC01", "Lark House", "Adult", "North"),
    ("TC02", "Elm Wing", "Prison", "South"),
    ("TC03", "Ash Court", "adult", "North"),
]
SCORES: list[Sequence[Cell]] = [
    ("Community", "Criterion", "Self", "Agreed", "Self comment", "Agreed comment"),
    ("TC01", "1.1", "met", 1, "=not a formula", None),
    ("TC01", "1.2", "N/A", None, None, None),
    ("TC01", "2.1", 2, 2, None, None),
    ("TC02", "1.1", 0, "n/a", None, None),
    ("TC02", "1.2", 2, "Partly met", None, "nearly"),
]


def workbook(rows: Sequence[Sequence[Cell]], name: str = "Sheet1") -> bytes:
    book = openpyxl.Workbook()
    book["Sheet"].title = name
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            if cell is not None:
                place = book[name].cell(number, column)
                place.value = cell  # type: ignore[assignment]
                place.data_type = "s" if isinstance(cell, str) else place.data_type
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def csv_bytes(rows: Sequence[Sequence[Cell]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    text = "\r\n".join(delimiter.join("" if cell is None else str(cell) for cell in row) for row in rows)
    return text.encode(encoding)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "edition.xlsx").write_bytes(workbook(EDITION, "Standards"))
    (tmp_path / "communities.xlsx").write_bytes(workbook(COMMUNITIES, "Members"))
    (tmp_path / "scores.xlsx").write_bytes(workbook(SCORES, "Scores"))
    return tmp_path


def run(files: Path, *more: str, out: str = "out", **names: str) -> int:
    given = {"edition": "edition.xlsx", "communities": "communities.xlsx", "scores": "scores.xlsx", **names}
    arguments = [word for name, file in given.items() for word in (f"--{name}", str(files / file))]
    return main([*arguments, "--out", str(files / out), "--date", "2026-07-31", "--cycle", "2026", *more])


def refusals(capsys: pytest.CaptureFixture[str], files: Path) -> list[str]:
    lines = capsys.readouterr().err.splitlines()
    return [line.removeprefix("error: ").replace(f"{files}/", "") for line in lines if line.startswith("error: ")]


def notes(capsys: pytest.CaptureFixture[str], files: Path) -> list[str]:
    lines = capsys.readouterr().err.splitlines()
    return [line.removeprefix("note: ").replace(f"{files}/", "") for line in lines if line.startswith("note: ")]


def loaded(path: Path) -> Any:
    return json.loads(path.read_text())


def c(met: int, partly: int, unmet: int, na: int, unscored: int) -> dict[str, int | float | None]:
    n = met + partly + unmet
    return {
        "n": n,
        "met": met,
        "partly_met": partly,
        "not_met": unmet,
        "not_applicable": na,
        "not_scored": unscored,
        "percent_met": 100 * met / n if n else None,
    }


def test_every_file_is_written(files: Path) -> None:
    assert run(files) == 0

    written = sorted(str(path.relative_to(files / "out")) for path in (files / "out").rglob("*") if path.is_file())
    assert written == [
        "local/TC01.pdf",
        "local/TC02.pdf",
        "local/TC03.pdf",
        "office/codebook.csv",
        "office/communities.csv",
        "office/criteria.csv",
        "office/datapackage.json",
        "office/figures.csv",
        "office/national.json",
        "office/national.pdf",
        "office/scores.csv",
        "public/national.json",
        "public/national.pdf",
    ]
    assert "Lark House" in PdfReader(files / "out" / "local" / "TC01.pdf").pages[0].extract_text()
    assert "office only" in PdfReader(files / "out" / "office" / "national.pdf").pages[0].extract_text()
    assert not [path.name for path in files.iterdir() if path.name.startswith(".")]


def test_the_office_has_exact_counts(files: Path) -> None:
    assert run(files, "--no-pdf", "--network", "Hearth") == 0

    figures = loaded(files / "out" / "office" / "national.json")
    assert (figures["audience"], figures["network"], figures["cycle"]) == ("office", "Hearth", "2026")
    assert figures["edition"] == {"title": "Standards for communities, 3rd edition", "number": 3}
    assert figures["criteria"] == [
        {"code": "1.1", "section": "Belonging", "level": 1, "self": c(1, 0, 1, 0, 1), "agreed": c(0, 1, 0, 1, 1)},
        {"code": "1.2", "section": "Belonging", "level": 2, "self": c(1, 0, 0, 0, 0), "agreed": c(0, 1, 0, 0, 0)},
        {"code": "2.1", "section": "Safety", "level": 3, "self": c(1, 0, 0, 0, 2), "agreed": c(1, 0, 0, 0, 2)},
    ]
    assert figures["sections"] == [
        {"title": "Belonging", "self": c(2, 0, 1, 0, 1), "agreed": c(0, 2, 0, 1, 1)},
        {"title": "Safety", "self": c(1, 0, 0, 0, 2), "agreed": c(1, 0, 0, 0, 2)},
    ]
    assert [(g["dimension"], g["name"], g["communities"]) for g in figures["groups"]] == [
        ("type", "Adult", 2),
        ("type", "Prison", 1),
        ("region", "North", 2),
        ("region", "South", 1),
    ]


def test_the_public_has_nothing_of_so_small_a_network(files: Path) -> None:
    assert run(files, "--no-pdf") == 0

    figures = loaded(files / "out" / "public" / "national.json")
    assert figures["communities"] == "fewer than 10"
    assert [row["agreed"] for row in figures["criteria"]] == [{"hidden": True}] * 3
    assert not any(digit in json.dumps([figures["overall"], figures["sections"]]) for digit in "0123456789")


def test_the_data_package_describes_its_files(files: Path) -> None:
    assert run(files, "--no-pdf") == 0

    package = loaded(files / "out" / "office" / "datapackage.json")
    assert (package["audience"], package["created"]) == ("office", "2026-07-31T12:00:00Z")
    for resource in package["resources"]:
        content = (files / "out" / "office" / resource["path"]).read_bytes()
        header, *rows = csv.reader(content.decode().splitlines())
        assert header == [field["name"] for field in resource["schema"]["fields"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        for field, values in zip(resource["schema"]["fields"], zip(*rows, strict=True), strict=True):
            rules = field.get("constraints", {})
            assert not rules.get("required") or all(values), (resource["name"], field["name"])
            assert {str(value) for value in rules.get("enum", values)} >= set(values)
            if field["type"] in {"integer", "number"}:
                assert all(value.replace(".", "", 1).lstrip("-").isdecimal() for value in values if value)


def test_scores_of_the_package_are_whole_and_guarded(files: Path) -> None:
    assert run(files, "--no-pdf") == 0

    content = (files / "out" / "office" / "scores.csv").read_bytes()
    assert content.decode().splitlines()[1] == "TC01,1.1,self,scored,2,met,'=not a formula"
    rows = [row.cells for row in read(content, file="s.csv").sheets[0].rows]
    assert rows[1] == ("TC01", "1.1", "self", "scored", "2", "met", "=not a formula")
    assert len(rows) == 1 + 2 * (2 + 3 + 2)
    assert ("TC03", "2.1", "agreed", "not scored", None, None, None) in rows


def test_the_same_input_gives_the_same_bytes(files: Path) -> None:
    assert run(files, out="one") == 0
    assert run(files, out="two") == 0

    one = {path.relative_to(files / "one"): path.read_bytes() for path in (files / "one").rglob("*.*")}
    two = {path.relative_to(files / "two"): path.read_bytes() for path in (files / "two").rglob("*.*")}
    assert one == two


def test_other_forms_of_the_same_files_give_the_same_figures(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files, "--no-pdf", out="one") == 0
    capsys.readouterr()
    (files / "edition.yaml").write_text(
        "schema: 1\ntitle: Standards for communities, 3rd edition\nnumber: 3\nsections:\n"
        "  - title: Belonging\n    criteria:\n"
        "      - {code: '1.1', statement: People are welcomed., level: 1}\n"
        "      - {code: 1.2, statement: People are named., level: 2, applies_to: [prison, children]}\n"
        "  - title: Safety\n    criteria:\n      - {code: 2.1, statement: The house is safe., level: 3}\n"
    )
    (files / "communities.csv").write_bytes(csv_bytes(COMMUNITIES, "cp1252", ";").replace(b"Ash", b"\xc9sh"))
    (files / "scores").mkdir()
    (files / "scores" / "TC01.csv").write_bytes(
        csv_bytes([("criterion", "self", "agreed"), ("1.1", 2, 1), ("2.1", "2.0", " MET ")], "utf-8-sig")
    )
    (files / "scores" / "tc02.xlsx").write_bytes(
        workbook([("Ref", "Self-score", "Peer review"), ("1.1", 0, "NA"), ("1.2", "met", "Partly  met")])
    )
    (files / "scores" / "~$tc02.xlsx").write_bytes(b"lock")
    (files / "scores" / "letter.docx").write_bytes(b"letter")

    status = run(files, "--no-pdf", out="two", edition="edition.yaml", communities="communities.csv", scores="scores")

    assert status == 0
    assert notes(capsys, files) == [
        "scores/letter.docx: This is not a table and was left out.",
        "communities.csv: The file is written in Windows-1252.",
        "communities.csv: Columns are separated by semicolons.",
        "communities.csv, row 4: The type 'adult' was taken for 'Adult'.",
        "scores/TC01.csv: The file begins with a byte-order mark (UTF-8).",
    ]
    one, two = (loaded(files / out / "office" / "national.json") for out in ("one", "two"))
    assert (one["criteria"], one["sections"]) == (two["criteria"], two["sections"])


def test_columns_and_sheets_may_be_named(files: Path) -> None:
    (files / "edition.xlsx").write_bytes(
        write_xlsx(
            [
                Table("Old", ("Code", "Text", "Level"), [("9", "old", 1)]),
                Table("New", ("Code", "Ref. v2", "Text", "Level"), [("x", "1.1", "new", 1)]),
            ]
        )
    )
    (files / "scores.csv").write_bytes(write_csv(Table("", ("tc", "ref", "ours", "theirs"), [("TC01", "1.1", 2, 0)])))

    status = run(
        files,
        *("--no-pdf", "--sheet", "edition.xlsx=New", "--map", "edition.xlsx.code=Ref. v2"),
        *("--map", "scores.self=ours", "--map", "scores.csv.agreed=theirs"),
        scores="scores.csv",
    )

    assert status == 0
    assert loaded(files / "out" / "office" / "national.json")["criteria"] == [
        {"code": "1.1", "section": "Standards", "level": 1, "self": c(1, 0, 0, 0, 2), "agreed": c(0, 0, 1, 0, 2)}
    ]


def test_everything_that_is_wrong_is_told_at_once(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "edition.xlsx").write_bytes(workbook([*EDITION, ("1.1", "again", 1), ("2.2", "b", "urgent")], "Standards"))
    (files / "communities.xlsx").write_bytes(
        workbook([*COMMUNITIES, ("tc01", "Twin", "Adult"), ("T 4", "Gap", "Adult")], "Members")
    )
    broken = openpyxl.load_workbook(BytesIO(workbook(SCORES, "Scores")))
    wrong: list[tuple[Any, ...]] = [
        ("TC01", "1.1", 2, 1),
        ("TC09", "1.1", 2, 2),
        ("TC03", "7.7", 2, 2),
        ("TC03", "1.1", 3, "bad"),
        ("TC03", "1.2", 1, None),
        ("TC03", "2.1", "=1+1", 2),
        ("TC02", "2.2", 2, 2),
    ]
    for row in wrong:
        broken["Scores"].append(row)
    broken.save(files / "scores.xlsx")
    (files / "late.xlsx").write_bytes(b"<html>")

    status = run(files, "--scores", str(files / "late.xlsx"))

    scale = "A score is 2 or 'met', 1 or 'partly met', 0 or 'not met', N/A, or empty."
    formula = (
        "This is a formula whose result was never saved. Open the file in a spreadsheet program and save it, "
        "or type the value."
    )
    assert status == 2
    assert refusals(capsys, files) == [
        "edition.xlsx, sheet Standards, row 9, column A (No.), value '1.1': This code stands in row 5 too.",
        "edition.xlsx, sheet Standards, row 10, column C (Type), value 'urgent': "
        "A level is 1, 2 or 3, or essential, expected or desirable.",
        "communities.xlsx, sheet Members, row 5, column A (Code), value 'tc01': "
        "This code differs from TC01 in row 2 only in capital letters.",
        "communities.xlsx, sheet Members, row 6, column A (Code), value 'T 4': "
        "A code is made of the letters A to Z, digits, full stops, hyphens and underscores, without spaces.",
        "scores.xlsx, sheet Scores, row 7, column B (Criterion), value '1.1': "
        "TC01 has scores on this criterion in row 2 of sheet Scores of scores.xlsx too. Keep one of the two rows.",
        "scores.xlsx, sheet Scores, row 8, column A (Community), value 'TC09': There is no community with this code.",
        "scores.xlsx, sheet Scores, row 9, column B (Criterion), value '7.7': "
        "There is no criterion with this code in the edition.",
        f"scores.xlsx, sheet Scores, row 10, column C (Self), value '3': {scale}",
        f"scores.xlsx, sheet Scores, row 10, column D (Agreed), value 'bad': {scale}",
        "scores.xlsx, sheet Scores, row 11, column C (Self), value '1': "
        "This criterion does not apply to TC03, a community of type 'Adult'. Leave the score empty.",
        f"scores.xlsx, sheet Scores, row 12, column C (Self): {formula}",
        "late.xlsx: This is not a workbook. Save it as XLSX, ODS or CSV from your spreadsheet program.",
    ]
    assert not (files / "out").exists()


def test_missing_columns_and_files_are_told_with_the_rest(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "communities.xlsx").write_bytes(workbook([("Code", "Name"), ("TC01", "a")], "Members"))
    (files / "scores.csv").write_bytes(csv_bytes([("community", "criterion", "self", "agreed"), ("TC01", "1.1", 9, 2)]))

    status = run(files, "--map", "nothing.code=X", "--sheet", "Scores", edition="gone.xlsx", scores="scores.csv")

    assert status == 2
    assert refusals(capsys, files) == [
        "gone.xlsx: There is no such file.",
        "--map, value 'nothing.code=X': No file that is to be read is called 'nothing'.",
        "--sheet, value 'Scores': Write FILE=name, such as scores.xlsx=Results.",
        "communities.xlsx, sheet Members, row 1, column type: The column 'type' is missing.",
        "scores.csv, row 2, column C (self), value '9': "
        "A score is 2 or 'met', 1 or 'partly met', 0 or 'not met', N/A, or empty.",
    ]


def test_a_folder_that_holds_something_is_left_alone(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "out").mkdir()
    (files / "out" / "mine.txt").write_text("mine")

    assert run(files) == 2
    assert refusals(capsys, files) == ["out: The folder is not empty. Name one that is absent or empty."]
    assert [path.name for path in (files / "out").iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_filled(files: Path) -> None:
    (files / "out").mkdir()

    assert run(files, "--no-pdf") == 0
    assert (files / "out" / "office" / "national.json").exists()


def test_a_folder_that_cannot_be_made_is_told(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files, "--no-pdf", out="edition.xlsx/out") == 1
    assert "could not be written" in refusals(capsys, files)[0]


@pytest.mark.parametrize("wrong", [["--date", "31.7.2026"], ["--unknown"]])
def test_wrong_arguments_end_with_two(files: Path, wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(files, *wrong)

    assert stopped.value.code == 2


def test_nothing_of_django_is_imported(files: Path) -> None:
    program = (
        "import sys; from communitas.reports.batch.build_reports import main; "
        "status = main(sys.argv[1:]); sys.exit(status or any(m.split('.')[0] == 'django' for m in sys.modules))"
    )
    arguments = ["--edition", "edition.xlsx", "--communities", "communities.xlsx", "--scores", "scores.xlsx"]

    done = subprocess.run(
        [sys.executable, "-c", program, *arguments, "--out", "out", "--no-pdf"],
        cwd=files,
        env={"PYTHONPATH": str(Path(__file__).parents[3] / "src")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.slow
def test_200_000_rows_are_read_with_a_note(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[Sequence[Cell]] = [("Code", "Statement", "Level"), ("A section", None, None)]
    rows += [(f"{number}.1", "a", 1) for number in range(125)]
    (files / "edition.xlsx").write_bytes(workbook(rows))
    members = [(f"TC{number}", f"Community {number}", "Adult") for number in range(1600)]
    (files / "communities.csv").write_bytes(csv_bytes([("Code", "Name", "Type"), *members]))
    scores: list[Sequence[Cell]] = [("community", "criterion", "self", "agreed")]
    scores += [(code, f"{number}.1", number % 3, 2) for code, _, _ in members for number in range(125)]
    (files / "scores.csv").write_bytes(csv_bytes(scores))

    status = run(files, "--no-pdf", communities="communities.csv", scores="scores.csv")

    assert status == 0
    assert notes(capsys, files) == ["scores.csv: The file is long: 200,000 rows were read."]
    overall = loaded(files / "out" / "office" / "national.json")["overall"]
    assert (overall["self"]["n"], overall["agreed"]["met"]) == (200_000, 200_000)


def test_one_community_without_any_score_has_its_report(files: Path) -> None:
    (files / "communities.csv").write_bytes(csv_bytes([("Code", "Name", "Type"), ("TC01", "Lark House", "Adult")]))
    (files / "scores.csv").write_bytes(csv_bytes([("community", "criterion", "self", "agreed")]))

    assert run(files, communities="communities.csv", scores="scores.csv") == 0
    assert loaded(files / "out" / "office" / "national.json")["overall"]["agreed"] == c(0, 0, 0, 0, 2)
    assert (files / "out" / "local" / "TC01.pdf").exists()

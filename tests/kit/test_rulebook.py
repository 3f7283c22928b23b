"""The rulebook finds every rule and says where it stands."""

import argparse
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from communitas.kit import rulebook
from communitas.visits.rules import conflicts, team, visit


def test_a_rule_starts_with_a_sentence() -> None:
    def unclear() -> bool:
        """Return whether it is so"""
        return True

    with pytest.raises(ValueError, match="starts with the rule in one sentence"):
        rulebook.rule(unclear)


def test_a_rule_is_only_marked() -> None:
    def kind() -> int:
        """People are kind."""
        return 7

    assert rulebook.rule(kind) is kind
    assert rulebook.sentence(kind) == "People are kind."


def test_a_rule_is_listed_once_where_it_is_defined() -> None:
    found = rulebook.collect_rules([conflicts, team])

    swaps = [entry for entry in found if entry.sentence == "Two communities do not review each other in one cycle."]

    line = inspect.getsourcelines(conflicts.no_swap)[1]
    assert swaps == [
        rulebook.RuleEntry(
            "visits",
            "Two communities do not review each other in one cycle.",
            "src/communitas/visits/rules/conflicts.py",
            line,
        )
    ]


def test_the_document_groups_sentences_by_app() -> None:
    text = rulebook.render([team, visit])

    line = inspect.getsourcelines(team.may_appoint)[1]
    assert text.startswith("# The rules\n")
    assert (
        "## visits\n\n- A team is appointed when it has a lead reviewer; other empty seats are shown and chased."
        f" -> `src/communitas/visits/rules/team.py:{line}`\n" in text
    )


def test_tables_of_moves_have_a_page_with_their_diagrams() -> None:
    text = rulebook.render_moves([team, visit])

    assert text.startswith("# Tables of moves\n")
    assert "## visits\n\n### Visit\n" in text
    assert "| Postpone the visit | Planned, Team appointed, Confirmed | Postponed | office | with a reason |" in text
    assert "```mermaid\nstateDiagram-v2\n" in text


def test_the_documents_are_the_same_each_time_and_hold_each_app() -> None:
    rules, moves = rulebook.render(), rulebook.render_moves()

    assert (rules, moves) == (rulebook.render(), rulebook.render_moves())
    assert {"## visits", "## workbooks"} <= set(rules.splitlines())
    assert {"## visits", "## workbooks"} <= set(moves.splitlines())


def test_a_stale_document_is_told_and_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "rules.md"
    page.write_text("old\n")
    monkeypatch.setattr(rulebook, "documents", lambda root: {root / "docs" / "kept.md": "new\n"})
    monkeypatch.setattr(rulebook, "_kept", lambda path: page.read_bytes())

    status = rulebook.run(argparse.Namespace(check=True))

    assert status == 1
    assert capsys.readouterr().out == "Stale: docs/kept.md\n"
    assert page.read_text() == "old\n"


def test_the_rulebook_and_all_rules_load_without_django() -> None:
    code = "import sys; from communitas.kit import rulebook; rulebook.render(); sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": "src"}, check=False).returncode == 0

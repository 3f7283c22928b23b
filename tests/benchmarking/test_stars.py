"""Facts kept as files: versions, hashes, what is refused, and the figures that name them."""

import io
import json
from argparse import Namespace
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from communitas.benchmarking import actions, facts_command, queries
from communitas.benchmarking.models import FactsFile, Release
from communitas.benchmarking.queries.stars import lines_of
from communitas.benchmarking.rules.facts import Fact
from communitas.benchmarking.rules.figures import national_figures
from communitas.cycles.models import Cycle
from communitas.kit import files
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine, StoredFile
from communitas.standards.models import Criterion, Edition, Lineage
from communitas.workbooks.models import Review
from tests import factories
from tests.cast import NOW, World


@pytest.fixture
def cycle(world: World) -> Cycle:
    made = factories.make_cycle(
        world.network, world.edition, name="2026", opens_on=date(2025, 9, 1), closes_on=date(2026, 8, 31)
    )
    factories.make_scored_cycle(made, factories.make_scored_communities(world.network, 12))
    return made


@pytest.fixture
def altered(world: World, cycle: Cycle) -> Iterator[FactsFile]:
    """A kept file whose bytes were changed on the disk; the store of this run is put right afterwards."""
    kept = actions.keep_facts(cycle=cycle, by=world.cora, at=NOW)
    place = Path(default_storage.path(files.relative_path("hearth", kept.sha256)))
    content = place.read_bytes()
    place.chmod(0o644)
    place.write_bytes(content[:-8] + b"tampered")
    yield kept
    place.write_bytes(content)


def correct(world: World, cycle: Cycle) -> None:
    enrolment = cycle.enrolments.order_by("community__code")[0]
    fact = Fact(enrolment.community.code, "c1-1", "agreed", 0)
    actions.freeze_facts(enrolment=enrolment, facts=[fact], source="report", by=world.cora, at=NOW)


def rows_of(kept: FactsFile) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(io.BytesIO(queries.read_facts(kept))).to_pylist()
    return found


def test_the_facts_of_a_cycle_are_kept_with_their_hash_and_counts(world: World, cycle: Cycle) -> None:
    kept = actions.keep_facts(cycle=cycle, by=world.cora, at=NOW)

    assert (kept.version, kept.enrolments, kept.criteria, kept.rows) == (1, 12, 6, 12 * 6 * 2)
    assert (kept.code_version, kept.file.name) == ("0.1.0", "facts-2026-v1.parquet")
    assert kept.sha256 == kept.file.sha256 == queries.star_of(cycle).sha256
    assert len(rows_of(kept)) == kept.rows
    assert AuditLine.objects.filter(verb="facts.keep", by=world.cora).count() == 1


def test_facts_that_did_not_change_are_not_kept_again(world: World, cycle: Cycle) -> None:
    first = actions.keep_facts(cycle=cycle, by=world.cora, at=NOW)

    again = actions.keep_facts(cycle=cycle, by=world.cyrus, at=NOW + timedelta(days=1))

    assert again == first
    assert FactsFile.objects.count() == 1


def test_the_same_facts_are_the_same_bytes_once_more(cycle: Cycle) -> None:
    assert queries.star_of(cycle).content == queries.star_of(Cycle.objects.get(pk=cycle.pk)).content


def test_a_correction_makes_a_new_version_and_leaves_the_old_one(world: World, cycle: Cycle) -> None:
    first = actions.keep_facts(cycle=cycle, by=world.cora, at=NOW)
    correct(world, cycle)

    second = actions.keep_facts(cycle=cycle, by=world.cora, at=NOW)

    assert (second.version, second.sha256 == first.sha256) == (2, False)
    marks = [
        {row["mark"] for row in rows_of(kept) if (row["community_code"], row["kind"]) == ("C000", "self")}
        for kept in (first, second)
    ]
    assert marks == [{"met", "partly met"}, {"not scored"}]


def test_the_database_refuses_to_change_or_drop_a_version(world: World, cycle: Cycle) -> None:
    kept = actions.keep_facts(cycle=cycle, by=world.cora, at=NOW)

    with pytest.raises(DatabaseError), transaction.atomic():
        FactsFile.objects.filter(pk=kept.pk).update(sha256="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        FactsFile.objects.filter(pk=kept.pk).delete()


def test_a_file_whose_hash_does_not_match_is_refused_by_name_with_both_hashes(cycle: Cycle, altered: FactsFile) -> None:
    with pytest.raises(NotAllowed) as refused:
        queries.count_and_protect(cycle=cycle, say=lambda step: None)

    assert refused.value.why == (
        f"The facts file facts-2026-v1.parquet is not what was kept: its hash should be {altered.sha256}, "
        f"but it is {files.found_hash(altered.file)}. Please bring it back from a backup."
    )


def test_a_file_that_is_gone_is_refused_by_name(world: World, cycle: Cycle) -> None:
    kept = actions.keep_facts(cycle=cycle, by=world.cora, at=NOW)
    place = Path(default_storage.path(files.relative_path("hearth", kept.sha256)))
    place.unlink()

    with pytest.raises(NotAllowed, match=f"facts-2026-v1.parquet is gone. Its hash was {kept.sha256}"):
        queries.figures_of(cycle)


def test_figures_are_not_released_when_their_facts_were_altered(world: World, cycle: Cycle) -> None:
    counted = queries.count_and_protect(cycle=cycle, say=lambda step: None)
    made = actions.freeze_release(cycle=cycle, counted=counted, by=world.cora, at=NOW)
    assert made.facts is not None
    Path(default_storage.path(files.relative_path("hearth", made.facts.sha256))).unlink()

    with pytest.raises(NotAllowed, match=r"facts-2026-v1\.parquet is gone"):
        actions.release_figures(release=made, signed_hash=made.hash, by=world.cyrus, at=NOW)


def test_an_altered_file_is_not_written_out(altered: FactsFile, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="is not what was kept"):
        actions.write_facts(folder=tmp_path / "facts", network=None, by=None, at=NOW)


def test_frozen_figures_name_the_facts_they_were_counted_from(world: World, cycle: Cycle) -> None:
    before = factories.make_cycle(
        world.network, world.edition, name="2025", opens_on=date(2024, 9, 1), closes_on=date(2025, 8, 31)
    )
    factories.make_scored_cycle(before, [row.community for row in cycle.enrolments.all()[:6]])
    Cycle.objects.filter(pk=cycle.pk).update(previous=before)
    cycle = Cycle.objects.get(pk=cycle.pk)

    counted = queries.count_and_protect(cycle=cycle, say=lambda step: None)
    made = actions.freeze_release(cycle=cycle, counted=counted, by=world.cora, at=NOW)

    assert made.facts is not None
    assert (made.facts.cycle, made.facts.version) == (cycle, 1)
    assert made.audit["facts"] == [made.facts.sha256, FactsFile.objects.get(cycle=before).sha256]
    with pytest.raises(DatabaseError, match="frozen_figures_keep_their_facts"), transaction.atomic():
        Release.objects.filter(pk=made.pk).update(facts=FactsFile.objects.get(cycle=before))


def test_figures_that_were_frozen_keep_their_version_when_a_report_is_corrected(world: World, cycle: Cycle) -> None:
    def freeze() -> Release:
        counted = queries.count_and_protect(cycle=cycle, say=lambda step: None)
        return actions.freeze_release(cycle=cycle, counted=counted, by=world.cora, at=NOW)

    first = freeze()
    correct(world, cycle)

    second = freeze()

    first.refresh_from_db()
    assert [each.facts.version for each in (first, second) if each.facts] == [1, 2]
    assert first.exact != second.exact


@pytest.mark.parametrize("kind", ["self", "peer"])
def test_figures_are_not_released_while_a_review_is_reopened(world: World, cycle: Cycle, kind: str) -> None:
    counted = queries.count_and_protect(cycle=cycle, say=lambda step: None)
    made = actions.freeze_release(cycle=cycle, counted=counted, by=world.cora, at=NOW)
    enrolment = cycle.enrolments.order_by("community__code")[0]
    review = Review.objects.create(enrolment=enrolment, kind=kind, state="reopened")

    with pytest.raises(NotAllowed, match=r"none of its reviews is reopened\. Open again: Community 0\."):
        actions.release_figures(release=made, signed_hash=made.hash, by=world.cyrus, at=NOW)

    Review.objects.filter(pk=review.pk).update(state="sent" if kind == "self" else "closed")
    actions.release_figures(release=made, signed_hash=made.hash, by=world.cyrus, at=NOW)
    made.refresh_from_db()
    assert made.state == "released"


def test_a_community_of_another_edition_is_in_the_file_and_not_in_the_figures(world: World, cycle: Cycle) -> None:
    newer = factories.make_edition(world.network, number=8)
    late = cycle.enrolments.order_by("community__code")[3]
    type(late).objects.filter(pk=late.pk).update(edition=newer)

    found = queries.figures_of(cycle)
    kept = actions.keep_facts(cycle=cycle, by=world.cora, at=NOW)

    assert found is not None
    assert (len(found.cohort.communities), found.elsewhere, kept.enrolments) == (11, 1, 12)
    assert found.national == national_figures(queries.scores_of(cycle).cohort)
    assert {row["edition"] for row in rows_of(kept)} == {world.edition.pk, newer.pk}


def test_a_line_begins_anew_where_the_meaning_changed(world: World) -> None:
    newer = factories.make_edition(world.network, number=8, published=False)
    for key, (kind, same) in {"c1-1": ("reworded", True), "c1-2": ("reworded", False)}.items():
        link = Lineage.objects.create(edition=newer, kind=kind, same_meaning=same, confirmed_at=NOW)
        link.older.add(Criterion.objects.get(edition=world.edition, key=key))
        link.newer.add(Criterion.objects.get(edition=newer, key=key))
    Edition.objects.filter(pk=newer.pk).update(state="published", content_hash="1" * 64, predecessor=world.edition)

    lines = lines_of(Edition.objects.get(pk=newer.pk))

    first = world.edition.number
    assert (lines["c1-1"], lines["c1-2"]) == (f"{first}/c1-1", "8/c1-2")
    assert lines_of(world.edition)["c1-1"] == f"{first}/c1-1"


def test_facts_are_kept_in_the_background_once(
    world: World, cycle: Cycle, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.keep_facts_soon(cycle=cycle, by=world.cora, at=NOW)
        actions.keep_facts_soon(cycle=cycle, by=world.cora, at=NOW)

    assert list(FactsFile.objects.values_list("cycle", "version", "made_by")) == [(cycle.pk, 1, world.cora.pk)]


def test_a_cycle_whose_import_was_undone_has_nothing_to_keep(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.keep_facts_soon(cycle=world.cycle, by=world.cora, at=NOW)

    assert FactsFile.objects.count() == 0


def test_facts_are_written_out_with_a_list_of_their_hashes(world: World, cycle: Cycle, tmp_path: Path) -> None:
    written = actions.write_facts(folder=tmp_path, network="hearth", by=None, at=NOW)

    told = json.loads((tmp_path / "facts.json").read_text())
    kept = FactsFile.objects.get(cycle=cycle)
    assert written == [(f"hearth/2025-09-01-{cycle.pk}-v1.parquet", kept.rows)]
    assert [(each["file"], each["sha256"]) for each in told] == [(written[0][0], kept.sha256)]
    assert (tmp_path / written[0][0]).read_bytes() == queries.read_facts(kept)


def test_facts_are_not_written_over_anything_or_for_nobody(world: World, cycle: Cycle, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("do not touch")

    with pytest.raises(NotAllowed, match="is not empty"):
        actions.write_facts(folder=tmp_path, network=None, by=None, at=NOW)
    with pytest.raises(NotAllowed, match="No cycle has signed reports"):
        actions.write_facts(folder=tmp_path / "new", network="twin", by=None, at=NOW)


def test_the_command_writes_facts_and_says_why_it_refuses(
    cycle: Cycle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = facts_command.run(Namespace(out=tmp_path / "facts", network=None))
    again = facts_command.run(Namespace(out=tmp_path / "facts", network=None))

    told = capsys.readouterr().err
    assert (first, again) == (0, 2)
    assert f"hearth/2025-09-01-{cycle.pk}-v1.parquet: 144 rows" in told
    assert "is not empty" in told


def test_a_network_keeps_its_own_facts_alone(world: World, cycle: Cycle) -> None:
    kept = actions.keep_facts(cycle=cycle, by=world.cora, at=NOW)

    assert {row["network"] for row in rows_of(kept)} == {"hearth"}
    assert StoredFile.objects.get(pk=kept.file_id).tenant.slug == "hearth"

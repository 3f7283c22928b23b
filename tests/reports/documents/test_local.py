from datetime import date

from communitas.benchmarking.rules.facts import Score
from communitas.reports.rules.documents.local_charts import local_charts, section_chart
from communitas.reports.rules.documents.parts import Band, Finding, PlannedAction, TeamMember
from communitas.standards.rules.edition import TWO_MARKS, Criterion, Edition, Level, Section
from tests.reports.documents import samples


def test_report_is_made_from_scores_and_comments_alone() -> None:
    report = samples.local(last=None, peers=None)

    assert report.summary.headline == (
        "The review team agreed that 10 of the 12 criteria that apply to Lark House are met. "
        "That is 83%, with a likely range of 55 to 95%."
    )
    assert [(row.mark.word, row.number) for row in report.summary.marks] == [
        ("met", 10),
        ("partly met", 2),
        ("not met", 0),
        ("not applicable", 0),
    ]
    assert (report.team, report.actions, report.corrections, report.signatures) == ((), (), (), ())
    assert report.overall_last is None
    assert report.peers_sentence == "There are no figures of other communities to set beside yours."


def test_report_before_the_visit_stands_on_the_self_review() -> None:
    report = samples.local(agreed_scores=[])

    assert report.basis == "self"
    assert report.overall is report.overall_self
    assert report.agreement is None
    assert report.summary.headline.startswith("The community itself says that 12 of the 12")


def test_scores_of_other_communities_never_enter() -> None:
    other = samples.facts("agreed", {"1.1": 0}, {"1.1": "a secret"}, community="WREN")

    report = samples.local(agreed_scores=other, last=None)

    assert report.basis == "self"
    assert "a secret" not in repr(report)


def test_a_criterion_of_another_type_is_left_out() -> None:
    book = Edition(
        "S",
        1,
        (
            Section(
                "A",
                (
                    Criterion("1", "For all.", Level.ESSENTIAL),
                    Criterion("2", "For prisons.", Level.ESSENTIAL, applies_to=("prison",)),
                ),
            ),
            Section("B", (Criterion("3", "For prisons.", Level.ESSENTIAL, applies_to=("prison",)),)),
        ),
    )

    report = samples.local(book)

    assert [[c.code for c in section.criteria] for section in report.sections] == [["1"]]


def test_what_to_work_on_is_chosen_by_level_then_mark_when_nobody_wrote_it() -> None:
    book = samples.edition(1, 6)  # levels 2, 3, 1, 2, 3, 1
    marks: dict[str, Score] = {"1.1": 0, "1.2": 0, "1.3": 1, "1.4": 1, "1.5": 2, "1.6": 0}

    report = samples.local(book, agreed_scores=samples.facts("agreed", marks))

    assert [finding.criteria for finding in report.summary.work_on] == [("1.6",), ("1.3",), ("1.1",)]


def test_written_findings_come_before_chosen_ones() -> None:
    written = Finding("The accounts are not open to all.", ("1.2",))

    assert samples.local(improvements=[written]).summary.work_on == (written,)


def test_client_member_of_the_team_is_named_without_a_community() -> None:
    report = samples.local(team=[TeamMember("Nadia", "client member", "Secret House", True)])

    assert report.team == (TeamMember("Nadia", "client member", "", True),)


def test_actions_stand_beside_their_criterion() -> None:
    action = PlannedAction("Open the books.", "Stefan", date(2027, 9, 1), ("1.2",))

    report = samples.local(actions=[action])

    assert [c.code for s in report.sections for c in s.criteria if c.actions] == ["1.2"]


def test_last_cycle_is_compared_on_the_same_criteria() -> None:
    report = samples.local()

    last, now = report.sections[0].last_share, report.sections[0].last_comparable

    assert last is not None
    assert now is not None
    assert (last.counts.n, now.counts.n, now.counts.met) == (6, 6, 5)
    assert report.change is not None
    assert report.change.sentence == (
        "Of 12 criteria that can be compared with 2026, 10 went up, 0 went down and 2 stayed the same."
    )


def test_position_among_peers_is_a_quarter_and_never_a_rank() -> None:
    report = samples.local()

    assert report.peers_sentence == "You are in the middle half of 27 adult communities."


def test_hidden_peers_give_their_reason() -> None:
    hidden = samples.peers(samples.edition())
    report = samples.local(peers=type(hidden)("prisons", Band(reason="hidden to protect small groups")))

    assert report.peers_sentence == "hidden to protect small groups"
    assert {section.peers.reason for section in report.sections} == {"hidden to protect small groups"}


def test_two_marks_have_no_partly() -> None:
    book = Edition("S", 1, samples.edition(1).sections, scale=TWO_MARKS)
    marks: dict[str, Score] = {"1.1": 1, "1.2": 0, "1.3": "NA"}

    report = samples.local(book, agreed_scores=samples.facts("agreed", marks), last=None)

    assert [row.mark.kind for row in report.summary.marks] == ["met", "unmet", "na", "none"]
    assert local_charts(report).marks.header == ("Section", "met", "not met", "not applicable")


def test_nothing_scored_makes_a_report_without_figures() -> None:
    report = samples.local(self_scores=[], agreed_scores=[], last=None)

    assert report.summary.headline == "No criterion has been scored for Lark House yet."
    assert report.overall.short == "none scored"


def test_each_section_is_drawn_with_both_sides_and_last_time() -> None:
    report = samples.local()

    first, second = (section_chart(section, report) for section in report.sections)

    assert first is not None
    assert second is not None
    assert first.title == "Section 1: how the marks are spread"
    assert first.rows == (
        ("Your own marks", "6", "0", "0", "0"),
        ("Agreed with the team", "5", "1", "0", "0"),
        ("2026, what can be compared", "0", "6", "0", "0"),
    )


def test_one_row_of_marks_is_not_drawn_by_itself() -> None:
    report = samples.local(agreed_scores=[], last=None)

    assert [section_chart(section, report) for section in report.sections] == [None, None]

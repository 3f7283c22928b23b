"""The page of reports at the edge, and of what people may write, without a database."""

from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string

from communitas.reports.rules.documents.local import LocalReport
from communitas.reports.rules.documents.parts import Finding, PlannedAction
from communitas.reports.views.document import document_context
from tests.reports.documents import samples
from tests.reports.documents.test_hard_inputs import EDGES, HOSTILE, LONG

VOID = {"br", "hr", "img", "input", "link", "meta", "use", "path", "line", "rect", "circle"}


class Page(HTMLParser):
    """The words of a page, the elements that are open, and how often each element was opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.open: list[str] = []
        self.seen: dict[str, int] = {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] = self.seen.get(tag, 0) + 1
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] = self.seen.get(tag, 0) + 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def page_of(report: LocalReport) -> Page:
    return Page(render_to_string("reports/local/_whole.html", document_context(report)))


@pytest.mark.parametrize("edge", EDGES)
def test_a_report_at_the_edge_is_told_in_words_on_its_page(edge: str) -> None:
    report, _words, _easy = EDGES[edge]

    page = page_of(report)

    assert page.open == []
    assert all(page.text.count(section.agreed_share.words) >= 2 for section in report.sections)
    assert not {"NaN", "nan%", "None"} & set(page.text.split())


def test_a_report_of_no_criteria_has_a_page() -> None:
    page = page_of(samples.local(samples.edition(0, 0), self_scores=[], agreed_scores=[], last=None, peers=None))

    assert page.open == []
    assert "Every criterion applies" not in page.text


@pytest.mark.parametrize(
    "written",
    [LONG, "مرحبا " * 400 + "نهاية", "אנחנו מדברים (1)", "🙂 good 👩‍👩‍👧", "a\n" * 500, "x" * 20_000, *HOSTILE],
)
def test_what_people_write_is_whole_on_the_page_and_never_markup(written: str) -> None:
    marks = dict.fromkeys(samples.codes(samples.edition()), 2)
    plain, said = (
        page_of(
            samples.local(
                self_scores=samples.facts("self", marks, {"1.1": words}),
                agreed_scores=samples.facts("agreed", {**marks, "1.1": 1}, {"1.1": words}),
                reasons={"1.1": words},
                improvements=[Finding(words)],
                actions=[PlannedAction(words, words, None, ("1.1",))],
                introduction=words,
                feedback=words,
            )
        )
        for words in ("word", written)
    )

    assert said.open == []
    assert said.seen == plain.seen
    # Both comments, the reason, the action beside its criterion, in the plan with its owner and among the next steps,
    # the finding on the one page and in its place, the introduction, the feedback.
    assert said.text.count(" ".join(written.split())) == 10

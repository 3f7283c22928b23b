"""Components refuse wrong use by name, and every declared state can be drawn."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils.translation import gettext_lazy

from communitas.kit import ui
from communitas.kit.styleguide import draw, styleguide
from communitas.kit.templatetags.ui import initials


def drawn(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_an_unknown_component_is_named() -> None:
    with pytest.raises(ui.WrongUse, match="no component 'buton'"):
        drawn('{% ui "buton" label="Save" %}')


def test_an_unknown_argument_is_named() -> None:
    with pytest.raises(ui.WrongUse, match=r"'button' has no argument lable"):
        drawn('{% ui "button" lable="Save" %}')


def test_a_missing_argument_is_named() -> None:
    with pytest.raises(ui.WrongUse, match="'button' needs the argument 'label'"):
        drawn('{% ui "button" %}')


def test_an_argument_of_the_wrong_type_is_named() -> None:
    with pytest.raises(ui.WrongUse, match="'progress': the argument 'done' wants int, got str"):
        drawn('{% ui "progress" label="Safety" done="4" total=9%}')


def test_a_truth_value_is_no_number() -> None:
    with pytest.raises(ui.WrongUse, match="'done' wants int, got bool"):
        drawn('{% ui "progress" label="Safety" done=yes total=9%}', yes=True)


def test_text_is_no_list() -> None:
    with pytest.raises(ui.WrongUse, match="'stages' wants a list, got text"):
        drawn('{% ui "path" stages="Enrolled" %}')


def test_a_value_outside_the_choices_is_named() -> None:
    with pytest.raises(ui.WrongUse, match=r"'kind' must be one of .*'quiet'.* got 'loud'"):
        drawn('{% ui "button" label="Save" kind="loud" %}')


def test_an_item_that_lacks_a_key_is_named() -> None:
    with pytest.raises(ui.WrongUse, match="'stages' item 0 lacks state"):
        drawn('{% ui "path" stages=stages %}', stages=[{"label": "Enrolled"}])


def test_a_row_with_too_few_cells_is_named() -> None:
    with pytest.raises(ui.WrongUse, match="row 1 has 1 cells for 2 columns"):
        drawn(
            '{% ui "data_table" caption="Visits" columns=columns rows=rows %}',
            columns=[{"label": "Host"}, {"label": "Date"}],
            rows=[["Lark House", "11 March"], ["Oak Court"]],
        )


def test_content_goes_only_to_components_that_take_it() -> None:
    with pytest.raises(ui.WrongUse, match="'tag' takes no content"):
        drawn('{% uiblock "tag" label="late" %}x{% enduiblock %}')
    with pytest.raises(ui.WrongUse, match="'card' takes content"):
        drawn('{% ui "card" title="News" %}')


def test_two_components_cannot_share_a_name() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        ui.declare(ui.get("button"))


def test_lazy_text_is_text() -> None:
    assert "Save" in drawn('{% ui "button" label=label %}', label=gettext_lazy("Save"))


def test_values_are_escaped() -> None:
    html = drawn(
        '{% ui "dl" items=items %}{% uiblock "card" title=title %}{{ title }}{% enduiblock %}',
        items={"<b>": "<i>"},
        title="<script>",
    )

    assert "<b>" not in html
    assert "<i>" not in html
    assert "<script>" not in html


def test_a_component_does_not_see_the_page_around_it() -> None:
    assert "leak" not in drawn('{% ui "button" label="Save" %}', value="leak", href="leak", kind="leak")


def test_a_component_is_one_piece_of_inline_text() -> None:
    assert drawn('({% ui "tag" label="late" %})') == '(<span class="tag">late</span>)'


@pytest.mark.parametrize(
    ("score", "top", "glyph", "word"),
    [
        (2, 2, "m2", "Met"),
        (1, 2, "m1", "Partly met"),
        (0, 2, "m0", "Not met"),
        (1, 1, "m2", "Met"),
        ("NA", 2, "mna", "Not applicable"),
        (None, 2, "mnone", "Not scored yet"),
        (1, 4, "m1-low", "1"),
        (3, 4, "m1-high", "3"),
    ],
)
def test_a_mark_is_a_shape_with_its_word(score: object, top: int, glyph: str, word: str) -> None:
    html = drawn('{% ui "mark" score=score top=top %}', score=score, top=top)

    assert f'href="#{glyph}"' in html
    assert f"<span>{word}</span>" in html


def test_a_score_pair_says_when_the_two_differ() -> None:
    assert "they differ" in drawn('{% ui "score_pair" self_score=2 agreed_score=1%}')
    assert "they differ" not in drawn('{% ui "score_pair" self_score=2 agreed_score=2%}')


def test_zero_is_a_chosen_mark_and_nothing_is_not() -> None:
    checked = re.compile(r'value="(\w+)" checked')

    assert checked.findall(drawn('{% ui "marks_input" name="a" legend="3.4" value=0%}')) == ["0"]
    assert checked.findall(drawn('{% ui "marks_input" name="a" legend="3.4" value="NA" %}')) == ["NA"]
    assert checked.findall(drawn('{% ui "marks_input" name="a" legend="3.4" %}')) == []


class Visit(forms.Form):
    host = forms.CharField(help_text="Its name")
    form = forms.ChoiceField(widget=forms.RadioSelect, choices=[("site", "On site")])


def test_a_field_in_error_is_tied_to_its_help_and_error() -> None:
    html = drawn('{% ui "field" field=form.host %}', form=Visit({}))

    assert 'aria-describedby="id_host_help id_host_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_host_help"' in html
    assert 'id="id_host_error"' in html


def test_the_error_summary_leads_to_the_fields() -> None:
    html = drawn('{% ui "error_summary" form=form %}', form=Visit({}))

    assert re.findall('href="(.*?)"', html) == ["#id_host", "#id_form_0"]


def test_a_form_without_errors_has_no_summary() -> None:
    assert drawn('{% ui "error_summary" form=form %}', form=Visit()) == ""


def test_the_pager_keeps_the_filter_and_leaves_gaps() -> None:
    html = drawn('{% ui "pager" page=5 pages=9 query=query %}', query={"q": "oak", "page": "5", "stage": ""})

    assert re.findall(r'href="(.*?)"', html) == [f"?q=oak&amp;page={number}" for number in (4, 1, 4, 6, 9, 6)]
    assert html.count("…") == 2


def test_a_finished_job_asks_no_more() -> None:
    source = '{% ui "job_progress" title="Reports" state=state poll_url="/jobs/1/" %}'

    assert 'hx-trigger="every 2s"' in drawn(source, state="running")
    assert "hx-get" not in drawn(source, state="done")
    assert "hx-get" not in drawn(source, state="failed")


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Lena Okafor", "LO"), ("Mina", "M"), ("ludo van der marsh", "LM"), ("", ""), ("(x) y", "Y")],
)
def test_initials_are_at_most_two_letters(name: str, letters: str) -> None:
    assert initials(name) == letters


STATES = [(component, state) for component in ui.every() for state in component.states]


@pytest.mark.parametrize(("component", "state"), STATES, ids=[f"{c.name}-{s.name}" for c, s in STATES])
def test_every_state_draws_without_inline_style_or_script(component: ui.Component, state: ui.State) -> None:
    html = draw(component, state, "x")

    assert html.strip()
    assert not re.search(r'\sstyle=|<style|<script|\son\w+="', html)


def test_every_component_has_a_state_and_a_template() -> None:
    for component in ui.every():
        assert component.states, component.name
        get_template(component.template)
        assert "content" not in component.args


def test_no_id_of_the_style_guide_stands_twice() -> None:
    html = styleguide(RequestFactory().get("/styleguide/")).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("template", ["base.html", "400.html", "403.html", "404.html", "500.html"])
def test_the_frame_needs_no_context_and_no_database(template: str) -> None:
    html = render_to_string(template, {})

    assert '<html lang="en' in html
    assert '<main id="main"' in html


def test_a_refusal_shows_its_own_sentence() -> None:
    html = render_to_string("403.html", {"why": "Only the visit team sees this."})

    assert "<p>Only the visit team sees this.</p>" in html


def test_filters_without_a_search_field_are_drawn_without_one() -> None:
    html = drawn('{% ui "filters" search_name=nothing %}', nothing=None)

    assert ("<form" in html, 'type="search"' in html) == (True, False)


def test_filters_with_a_target_need_their_address() -> None:
    with pytest.raises(ui.WrongUse, match="'target' needs 'action'"):
        drawn('{% ui "filters" target="#list" %}')


def test_the_frame_shows_who_is_signed_in() -> None:
    html = render_to_string(
        "base.html",
        {
            "account_name": "Lena Okafor",
            "standing_line": "Lark House · community lead",
            "sign_out_url": "/out/",
        },
    )

    assert "Lark House · community lead" in html
    assert '<form method="post" action="/out/">' in html


def test_the_chosen_theme_comes_from_the_cookie_and_nothing_else_does() -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = "dark"
    assert 'data-theme="dark"' in render_to_string("base.html", {"request": request})

    request.COOKIES["theme"] = '"><script>'
    assert "<script>" not in render_to_string("base.html", {"request": request})


def test_a_column_of_short_codes_keeps_each_on_one_line() -> None:
    html = drawn(
        '{% ui "data_table" caption="Visits" columns=columns rows=rows %}',
        columns=[{"label": "Host"}, {"label": "Cycle", "nowrap": True}, {"label": "Seats", "kind": "number"}],
        rows=[["Lark House", "2025–26", 4]],
    )

    assert '<td class="nowrap" data-label="Cycle">' in html
    assert '<td class="n" data-label="Seats">' in html
    assert '<th scope="row"><span>' in html

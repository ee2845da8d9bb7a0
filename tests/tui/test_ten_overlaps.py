"""Ten codings on one page: stripes, names and the line below stay readable at every size, with and without colour."""

from __future__ import annotations

import shutil

import pytest
from coding_project import CodingApp
from overlaps import CODES, make_overlaps
from rich.cells import cell_len
from textual.color import Color

from workbench.models.drafts import CodingDraft
from workbench.services.workspace import Workspace
from workbench.tui.theme import contrast
from workbench.tui.widgets.code_margin import MORE, NAMED, STRIPE
from workbench.tui.widgets.quote_line import QuoteLine

SIZES = [(80, 24), (120, 36), (200, 60)]
THEMES = ["dark", "light", "ansi"]


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_overlaps(tmp_path_factory.mktemp("overlaps"))


@pytest.fixture
def project(template, tmp_path):
    folder = shutil.copytree(template, tmp_path / "workspace" / template.name)
    with Workspace(folder.parent, coder="Anna").open(folder.name) as opened:
        yield opened


def rows_of(app):
    view = app.coding.view
    return [list(view.render_line(y)) for y in range(view.size.height)]


def margin(app):
    view = app.coding.view
    left = view._left.width + view._wrapped.width + 1
    rows = app.rows()
    return [row[left:] for row in rows if row.strip()]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
async def test_every_code_is_named_beside_its_quote_or_counted(project, size, theme):
    app = CodingApp(project)
    app.theme = theme
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert app.theme == theme
        width = app.coding.view.scrollable_content_region.width
        assert {cell_len(row) for row in app.rows()} == {width}
        rows = margin(app)
        named = sum(row.count(mark) for row in rows for mark in "●▲◆") + sum(
            row.count("+ ") for row in rows
        )
        hidden = sum(int(row.rpartition("+")[2]) for row in rows if row.rstrip()[-1:].isdigit())
        assert named + hidden == len(CODES), rows
        assert named >= 6, rows
        signs = "".join(rows)
        assert STRIPE in signs
        assert NAMED in signs, "an arm shows which stripe a name belongs to"
        assert (MORE in signs) is (
            app.coding.source.index.columns > app.coding.view._margin_width // 4
        )


@pytest.mark.parametrize("size", SIZES)
async def test_all_codes_at_the_cursor_are_named_in_the_line_below(project, size):
    text = project.sources.source("Interview 07").text
    start = text.index("I asked twice")
    known = {c.code for c in project.coding.codings("Interview 07") if c.start <= start < c.end}
    for name, *_rest in CODES:
        if name in known:
            continue
        project.coding.apply(
            CodingDraft(source="Interview 07", start=start, end=start + 13, code=name)
        )
    app = CodingApp(project, start=start, source="Interview 07")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        here = len(app.coding.view.codings_here)
        assert here == 10
        said = app.coding.query_one(QuoteLine).render().plain
        assert f"{here} codes here:" in said
        for row in said.split("\n"):
            assert cell_len(row) <= size[0] - 2
        beginnings = {name[:3] for name, *_rest in CODES}
        shown = sum(beginning in said for beginning in beginnings)
        assert shown >= min(len(beginnings), 9), said
        if shown < len(beginnings):
            assert "+" in said.split()[-1]


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_tinted_words_and_the_selection_can_be_read(project, theme):
    app = CodingApp(project)
    app.theme = theme
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        view = app.coding.view
        back = Color.parse(app.current_theme.background)
        tinted = {
            segment.style.color
            for row in rows_of(app)
            for segment in row
            if segment.text.strip() and segment.style.bgcolor == back.rich_color
        }
        assert len(tinted) >= 6, "the codes differ"
        for colour in tinted:
            assert contrast(Color.from_rich_color(colour), back) >= 4.4
        view.go(view.source.text.index("There they told"))
        await pilot.press("s")
        selected = view._styles.part("selection")
        drawn = [s for row in rows_of(app) for s in row if s.style.bgcolor == selected.bgcolor]
        assert " ".join("".join(s.text for s in drawn).split()).startswith("There they told me")
        front, ground = (Color.from_rich_color(c) for c in (selected.color, selected.bgcolor))
        assert contrast(front, ground) >= 4.5
        assert contrast(ground, back) >= 4.5, "nothing else stands out as much"


async def test_without_any_colour_quotes_and_selection_still_show(project, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = CodingApp(project)
    app.theme = "ansi"
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.no_color
        view = app.coding.view
        words = [s for row in rows_of(app) for s in row if "minutes" in s.text]
        assert words
        assert all(segment.style.underline for segment in words), "coded words are underlined"
        drawn = view.render_lines(view.size.region)
        colours = {s.style.color for strip in drawn for s in strip if s.style is not None}
        assert all(colour is None or colour.is_default for colour in colours), "none, not black"
        view.go(view.source.text.index("To my mother"))
        await pilot.press("s")
        reversed_words = "".join(
            s.text for row in rows_of(app) for s in row if s.style.reverse
        ).strip()
        assert reversed_words == app.selected(), "exactly the selection"


async def test_a_selected_place_found_is_not_turned_over_without_colour(project, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = CodingApp(project)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        styles = app.coding.view._styles
        assert styles.part("hit").reverse
        assert not (styles.part("hit") + styles.part("selection")).reverse
        assert styles.code(1).color is None, "codes are told apart by their names"

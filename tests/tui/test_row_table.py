"""The table pages its rows, keeps its cursor, and stays quick with a hundred thousand rows."""

from __future__ import annotations

from time import perf_counter

import pytest
from demo_screen import picture
from textual.app import App
from textual.content import Content

from workbench.tui.theme import THEMES
from workbench.tui.widgets.row_layout import column_widths
from workbench.tui.widgets.row_table import Column, ListSource, Row, RowTable


class Counted:
    """A source that counts what it is asked for."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.asked: list[tuple[int, int]] = []

    def count(self) -> int:
        return self._count

    def rows(self, offset: int, limit: int) -> list[Row]:
        self.asked.append((offset, limit))
        last = min(self._count, offset + limit)
        return [Row(n, (f"row {n}", str(n))) for n in range(offset, last)]


class TableApp(App[None]):
    def __init__(self, source, columns=None) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "dark"
        self.table = RowTable(
            columns or [Column("Name"), Column("Count", 8, "right")],
            source,
            empty="Nothing yet: press n.",
        )
        self.moved: list[object] = []
        self.opened: list[object] = []

    def compose(self):
        yield self.table

    def on_mount(self) -> None:
        self.table.focus()

    def on_row_table_moved(self, event: RowTable.Moved) -> None:
        self.moved.append(event.row and event.row.key)

    def on_row_table_opened(self, event: RowTable.Opened) -> None:
        self.opened.append(event.row.key)


async def test_a_hundred_thousand_rows_open_and_move_by_pages_asked_for():
    source = Counted(100_000)
    app = TableApp(source)
    begun = perf_counter()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end")
        assert "row 99999" in picture(app)
        assert app.table.current.key == 99_999
        await pilot.press("pageup", "up", "home", "down")
        assert app.table.cursor == 1
        # 25 MB of rows would be asked for if the table were not paging
        assert len(source.asked) < 8
        assert max(limit for _offset, limit in source.asked) <= 100
    # measured 0.5 s; ten times that would mean rows are built one by one
    assert perf_counter() - begun < 5


async def test_the_heading_stays_and_the_cursor_row_is_always_seen():
    app = TableApp(Counted(500))
    async with app.run_test(size=(60, 12)) as pilot:
        for _ in range(30):
            await pilot.press("down")
        lines = picture(app).splitlines()
        assert "Name" in lines[0]
        assert any("row 30 " in line for line in lines)
        for _ in range(30):
            await pilot.press("up")
        assert "row 0 " in picture(app).splitlines()[1]
        await pilot.press("pagedown")
        assert app.table.cursor == 10


async def test_enter_and_a_double_click_open_and_a_click_moves():
    app = TableApp(Counted(50))
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press("down", "down", "enter")
        assert app.opened == [2]
        await pilot.click(app.table, offset=(3, 5))
        assert app.table.cursor == 4
        assert app.opened == [2]
        await pilot.double_click(app.table, offset=(3, 7))
        assert app.opened == [2, 6]
        assert app.moved[0] == 0
        assert app.moved[-1] == 6


async def test_a_double_click_on_a_scrolled_table_opens_what_is_under_it():
    app = TableApp(Counted(500))
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press("end")
        lines = picture(app).splitlines()
        await pilot.double_click(app.table, offset=(3, 4))
        assert f"row {app.opened[0]} " in lines[4]


async def test_reloading_keeps_the_cursor_on_its_row():
    names = [Row(n, (n, "")) for n in "abcdef"]
    app = TableApp(ListSource(names))
    async with app.run_test() as pilot:
        await pilot.press("down", "down")
        app.table.show(ListSource([Row("new", ("new", "")), *names]))
        assert app.table.current.key == "c"
        app.table.show(ListSource(names[:2]))
        assert app.table.current.key == "b"
        app.table.show(ListSource(names), key="e")
        assert app.table.current.key == "e"


async def test_an_empty_table_says_what_belongs_there():
    app = TableApp(ListSource())
    async with app.run_test() as pilot:
        assert "Nothing yet: press n." in picture(app)
        await pilot.press("enter", "down", "end", "pagedown")
        assert app.opened == []
        assert app.table.current is None


def test_a_column_with_a_share_grows_with_the_table():
    columns = [Column("Name"), Column("Person", 10, share=20)]
    assert column_widths(columns, 40) == [26, 10]
    assert column_widths(columns, 200) == [156, 40]


class Measured:
    """Rows that say how much room they were made for."""

    def __init__(self) -> None:
        self.table: RowTable | None = None

    def count(self) -> int:
        return 1

    def rows(self, offset: int, limit: int) -> list[Row]:
        width = self.table.scrollable_content_region.width if self.table else 0
        return [Row(1, (f"for {width}",))]


async def test_rows_are_asked_for_again_when_the_table_has_another_width():
    source = Measured()
    app = TableApp(source, [Column("Name")])
    async with app.run_test(size=(80, 10)) as pilot:
        source.table = app.table
        app.table.display = False
        await pilot.pause()
        app.table.reload()
        app.table.display = True
        await pilot.pause()
        assert "for 80" in picture(app)
        await pilot.resize_terminal(60, 10)
        await pilot.pause()
        assert "for 60" in picture(app)


@pytest.mark.parametrize("width", [20, 40, 80, 200])
async def test_columns_fill_the_width_and_numbers_end_at_the_right(width):
    columns = [
        Column("Name", cut="middle"),
        Column("Person", 10, least=60),
        Column("Count", 6, "right"),
    ]
    hostile = Content.styled("[bold]смех", "bold")
    rows = [Row(1, ("Very long interview name with an end 日本", hostile, "1234"))]
    app = TableApp(ListSource(rows), columns)
    async with app.run_test(size=(width, 10)):
        lines = picture(app).splitlines()
        assert lines[1].rstrip().endswith("1234")
        assert sum(column_widths(app.table.columns, width)) <= width - 2
        assert ("[bold]смех" in lines[1]) == (width >= 60)
        if width == 40:
            assert "…" in lines[1]


async def test_another_colour_alone_is_drawn(tmp_path):
    def rows(colour):
        return [Row(1, (Content.styled("same words", colour), "1"))]

    app = TableApp(ListSource(rows("#ff0000")))
    async with app.run_test(size=(40, 6)) as pilot:
        await pilot.pause()

        def colours():
            return {
                s.style.color.get_truecolor().hex
                for s in app.table.render_line(1)
                if s.text.strip() and s.style.color
            }

        app.table.cursor = 0
        assert "#ff0000" in colours()
        app.table.show(ListSource(rows("#00ff00")))
        await pilot.pause()
        assert "#ff0000" not in colours()
        assert "#00ff00" in colours()
        assert app.table.render_line(1) is app.table.render_line(1), "drawn once"

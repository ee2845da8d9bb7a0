"""Thirty quotes with five codes, by mouse alone."""

from __future__ import annotations

from coding_project import CodingApp
from thirty_quotes import CODES, PLAN, WANTED, make_project

from workbench.tui.dialogs.pick_code import PickCodes
from workbench.tui.widgets.shell import KeyLine

SIZE = (140, 40)


class MouseApp(CodingApp):
    """Fails when a key is pressed."""

    def on_key(self) -> None:
        raise AssertionError("no key may be needed")


async def test_thirty_quotes_are_coded_with_the_mouse_alone(tmp_path):
    with make_project(tmp_path, coder="Anna") as project:
        app = MouseApp(project)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            view, tree = app.coding.view, app.coding.code_tree
            for number, (sentence, code) in enumerate(PLAN):
                start = view.source.text.index(sentence)
                row, cell = view._wrapped.row_of(start), view._wrapped.cell_of(start)
                at = (view._left.width + cell + 1, row - int(view.scroll_offset.y))
                await pilot.click(view, offset=at, times=3)  # the sentence
                assert app.selected() == sentence
                if number % 2:  # by the codebook beside the text
                    await pilot.click(tree, offset=(4, code), times=2)
                else:  # by the key line and the list of codes
                    shown = app.coding.query_one(KeyLine).render().plain
                    await pilot.click(KeyLine, offset=(shown.index("c Code") + 1, 0))
                    await pilot.pause()
                    assert isinstance(app.screen, PickCodes)
                    place = [each.name for each in app.screen._shown].index(CODES[code])
                    await pilot.click("#choices", offset=(6, place))
                await pilot.pause()
            found = [(c.text, c.code) for c in project.coding.codings("Интервью 1")]
            assert found == WANTED

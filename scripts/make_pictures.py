"""Makes the README's pictures from a workspace with both sample projects, transcribed and coded.

Run ``workbench demo DIR --no-tui --lang ru``, the same with ``--lang en``, then ``python scripts/make_pictures.py DIR``.
Needs rsvg-convert, LibreOffice and pdftoppm.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path

from workbench.i18n import set_language
from workbench.settings import Settings
from workbench.tui.app import WorkbenchApp

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
SAMPLES = {"ru": "mortgage_bank_ru", "en": "coffee_chain_en"}
SIZE = (120, 34)
CODER = {"ru": "Анна К.", "en": "Anna K."}


async def picture_of_coding(workspace: Path, language: str) -> str:
    """Return the coding screen of a sample's second interview as SVG."""
    settings = Settings(language=language, coder=CODER[language])
    set_language(language)
    app = WorkbenchApp(settings, workspace, SAMPLES[language])
    app.title = "Workbench"
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(2)
        app.open_screen("coding", source="2")
        await pilot.pause(2)
        await pilot.press("j", "j")  # the second quote: its codes are named below the text
        await pilot.pause(1)
        return app.export_screenshot(title="Workbench")


def save_svg(svg: str, target: Path) -> None:
    """Write an SVG as a PNG with a font that has every letter."""
    for font in ("Fira Code", "FiraCode"):
        svg = svg.replace(font, "DejaVu Sans Mono")
    svg = svg.replace("<text ", '<text xml:space="preserve" ')
    with tempfile.NamedTemporaryFile("w", suffix=".svg", encoding="utf-8") as source:
        source.write(svg)
        source.flush()
        subprocess.run(["rsvg-convert", "-w", "1200", "-o", target, source.name], check=True)


def picture_of_report(workspace: Path, language: str, page: int) -> None:
    """Write a page of the newest report as a PNG."""
    exports = workspace / SAMPLES[language] / "exports"
    report = max(exports.glob(f"*-{language}-*.docx"))
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(report)]
        subprocess.run(command, check=True, capture_output=True)
        pdf = next(Path(folder).glob("*.pdf"))
        target = PICTURES / f"report_{language}"
        pages = ["-f", str(page), "-l", str(page), "-r", "70", "-singlefile", "-png"]
        subprocess.run(["pdftoppm", *pages, str(pdf), str(target)], check=True)


def main() -> None:
    """Make all pictures."""
    workspace = Path(sys.argv[1])
    PICTURES.mkdir(parents=True, exist_ok=True)
    for language in SAMPLES:
        svg = asyncio.run(picture_of_coding(workspace, language))
        save_svg(svg, PICTURES / f"coding_{language}.png")
        picture_of_report(workspace, language, 2)


if __name__ == "__main__":
    main()

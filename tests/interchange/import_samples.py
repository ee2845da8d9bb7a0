"""Small files in every importable format, each with words that must all come through."""

from __future__ import annotations

import io

LINES = [
    "Интервью 7. Казань, 14 мая",
    "[00:00:05] Интервьюер: Расскажите, как всё началось?",
    "[00:00:12] R07: Ну, я записалась на десять — а приняли в 10:40! <смеётся> [пауза]",
    "И ещё: никто не извинился.",
    "[00:01:02] Интервьюер: А потом? См. https://bank.example/a?b=1&c=2",
    "[00:01:10] R07: Ушла. 😀 Всё.",
]


def text(encoding):
    return "\r\n".join(
        LINES[:2] + [line.replace("😀", ":)").replace("—", "-") for line in LINES[2:]]
    ).encode(encoding)


def docx():
    from docx import Document

    document = Document()
    for line in LINES[:3]:
        document.add_paragraph(line)
    table = document.add_table(rows=3, cols=2)
    for row, cells in zip(
        table.rows,
        [("R07", "Слова в таблице."), ("Интервьюер", "И вопрос в таблице?"), ("", "Одна ячейка")],
        strict=True,
    ):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    paragraph = document.add_paragraph("R07: до вставки ")
    run = paragraph.add_run("внутри вставки")
    from docx.oxml import parse_xml

    inserted = parse_xml(
        '<w:ins xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="1" w:author="x"/>'
    )
    run._r.addprevious(inserted)
    inserted.append(run._r)
    paragraph.add_run(" после\tвставки")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


VTT = """\ufeffWEBVTT - Запись

NOTE Интервью 5, имена убраны

STYLE
::cue { color: white }

intro
00:01.000 --> 00:04.500 align:start
<v Интервьюер>Как <i>дела</i> с заявкой?</v>

00:05.000 --> 00:07.000
<v R05>Три недели тишины &amp; ожидания,
потом &lt;отказ&gt;</v>

00:07.000 --> 00:09.000
<v R05>без объяснений.</v>
<v Интервьюер>Понятно.
"""

SRT = """1
00:00:01,000 --> 00:00:03,000
R1: Первая половина

2
00:00:03,000 --> 00:00:05,500
R1: и вторая.

Строка после пустой.

3
01:00:06,000 --> 01:00:07,000
I: Вопрос?
"""

CSV = (
    'дата;Автор;оценка;площадка;Текст отзыва;город\n2026-05-14;Анна;2;Карты;"x";Казань\n'.replace(
        "Текст отзыва", "Отзыв"
    ).replace('"x"', '"Ждала ""долго""; потом\nушла <молча>"')
    + "14.05.2026;;5;;Хорошо & быстро;\n;;1;;;Самара\n"
)


def xlsx():
    from datetime import datetime

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in [
        ("date", "author", "rating", "site", "text", "branch"),
        (datetime(2026, 5, 14), "Ann", 4, "Maps", "Good & quick\nsecond line", "Station"),  # noqa: DTZ001
        (None, None, 1.5, None, "=never a formula", None),
    ]:
        sheet.append(row)
    sheet["E3"].data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


FILES = {
    "utf8.txt": text("utf-8"),
    "bom.txt": text("utf-8-sig"),
    "wide.txt": text("utf-16"),
    "wide_le.txt": text("utf-16-le"),
    "old.txt": text("cp1251"),
    "unix.txt": text("koi8-r"),
    "notes.md": b"# Notes\n\nThe point: we left.\n\n- caf\xc3\xa9 was closed\n",
    "talk.docx": docx(),
    "talk.vtt": VTT.encode(),
    "talk.srt": SRT.encode("cp1251"),
    "reviews.csv": CSV.encode("cp1251"),
    "reviews.xlsx": xlsx(),
}

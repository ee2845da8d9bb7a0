"""Small files in every importable format, each with words that must all come through."""

from __future__ import annotations

import io
import json
import zipfile

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


WHISPER = {
    "text": " Расскажите, как всё началось? Ну, я записалась.",
    "language": "ru",
    "segments": [
        {
            "id": 0,
            "start": 0.5,
            "end": 2.5,
            "text": " Расскажите, как всё началось?",
            "words": [
                {"word": " Расскажите,", "start": 0.5, "end": 1.1, "probability": 0.98},
                {"word": " как", "start": 1.2, "end": 1.4, "probability": 0.99},
                {"word": " всё", "start": 1.4, "end": 1.6, "probability": 0.31},
                {"word": " началось?", "start": 1.7, "end": 2.5, "probability": 0.9},
            ],
        },
        {
            "id": 1,
            "start": 4.0,
            "end": 5.2,
            "text": " Ну, я записалась.",
            "words": [
                {"word": " Ну,", "start": 4.0, "end": 4.2, "probability": 0.9},
                {"word": " я", "start": 4.3, "end": 4.4, "probability": 0.9},
                {"word": " записалась.", "start": 4.5, "end": 5.2, "probability": 0.9},
            ],
        },
    ],
}

TRANSCRIPT = {
    "format": "workbench-transcript",
    "version": 1,
    "title": "Разговор с P3",
    "kind": "focus_group",
    "language": "ru",
    "collected_on": "2026-05-14",
    "person": "P3",
    "duration_ms": 60000,
    "transcribed_by": "faster-whisper base",
    "attributes": {"город": "Казань"},
    "suspected_left_out": 2,
    "speakers": [
        {"label": "Анна", "role": "interviewer", "person": None},
        {"label": "P3", "role": "respondent", "person": "P3"},
    ],
    "turns": [
        {"number": 1, "speaker": "Анна", "start_ms": 500, "end_ms": 2500, "suspected": False,
         "text": "Как  дела?\nХорошо?",
         "words": [
             {"text": "Как", "start": 0, "end": 3, "start_ms": 500, "end_ms": 900, "probability": 0.99, "doubtful": False},
             {"text": "дела?", "start": 5, "end": 10, "start_ms": 1000, "end_ms": 1500, "probability": 0.2, "doubtful": True},
         ]},
        {"number": 2, "speaker": "P3", "start_ms": 2600, "end_ms": None, "suspected": True,
         "text": "Продолжение следует", "words": []},
    ],
}  # fmt: skip


def rtf():
    lines = [line.replace("😀", ":)") for line in LINES]
    escaped = "\\par\n".join(
        "".join(c if c < "\x80" else f"\\'{c.encode('cp1251')[0]:02x}" for c in line)
        for line in lines
    )
    head = (
        "{\\rtf1\\ansi\\ansicpg1251\\deff0{\\fonttbl{\\f0\\fnil\\fcharset0 Times New Roman;}}\\f0 "
    )
    table = (
        "\\par\\trowd\\cellx1000\\cellx9000\\intbl R07\\cell \\u1057?\\u1083?\\u1086?\\u1074?\\u1086? "
        "\\u-10179?\\u-8704?\\cell\\row\\pard{\\pict\\pngblip 89504e47}"
    )
    return (head + escaped + table + "}").encode("ascii")


def odt():
    body = (
        '<text:h text:outline-level="1">Интервью 7</text:h>'
        "<text:p>[00:00:05] Интервьюер: Расскажите,<text:s text:c='2'/>как <text:span>всё</text:span>"
        "<text:line-break/>началось?</text:p><text:tracked-changes><text:p>удалено</text:p></text:tracked-changes>"
        "<text:p>[00:00:12] R07: Ну<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>сноска</text:p></text:note-body></text:note>, записалась.</text:p>"
        "<text:list><text:list-item><text:p>R07: В списке</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>R07</text:p></table:table-cell>"
        "<table:table-cell><text:p>В таблице</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p><draw:frame><draw:text-box><text:p>В рамке</text:p></draw:text-box></draw:frame></text:p>"
    )
    return odt_of(body)


def odt_of(body, head=""):
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
        for name, urn in [("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing")]
    )  # fmt: skip
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content{spaces}><office:body>'
        f"<office:text>{body}</office:text></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", xml)
    return buffer.getvalue()


# as noScribe writes it; the second speaker was renamed in its editor, which leaves the anchors as they were
NOSCRIBE = """<!DOCTYPE HTML><html ><head ><meta charset="UTF-8" />
<style type="text/css" >p { white-space: pre-wrap; }</style><meta name="audio_source" content="a.mp3" /></head>
<body ><div class="WordSection1" ><p style="font-weight: 600" >Разговор</p><p ><span >Transcribed with noScribe vers. 0.7<br />(Language: Russian)</span></p>
<p ><a name="ts_0_1214_" >(2 seconds pause) </a></p>
<p ><a name="ts_12140_22800_S01" >S01: <span style="color: #78909C" >[00:00:12]</span> Как дела &amp; что нового?</a><a name="ts_22800_24360_S01" > (..)</a><a name="ts_24360_30010_//S02" > //S02: Угу. // </a></p>
<p ><a name="ts_30100_36330_S00" >Ольга: <span >[00:00:30]</span> Хорошо, &lt;смеётся&gt;</a><a name="ts_36950_39650_S00" > спасибо.</a></p>
<p ><a name="ts_40000_41000_S01" >S01: Ещё?</a></p></div></body></html>
"""

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
    "whisper.json": json.dumps(WHISPER, ensure_ascii=False).encode(),
    "ours.json": json.dumps(TRANSCRIPT, ensure_ascii=False).encode(),
    "talk.rtf": rtf(),
    "talk.odt": odt(),
    "noscribe.html": NOSCRIBE.encode(),
    "reviews.csv": CSV.encode("cp1251"),
    "reviews.xlsx": xlsx(),
}

"""Method, sample and appendices of the client report."""

from __future__ import annotations

from word_templates.blocks import (
    NEW_PAGE,
    Say,
    cell,
    each,
    fact,
    listing,
    par,
    row,
    row_tag,
    run,
    runs_when,
    table,
    when,
)


def method(t: Say) -> str:
    """Return how the study was done, openly: sample, transcription, limits."""
    sources = listing(
        [
            (t("Source", "Источник"), 3272, False),
            (t("Number", "Число"), 1000, True),
            (t("Minutes", "Минуты"), 1000, True),
            (t("Words", "Слова"), 1200, True),
            (t("Period", "Период"), 2600, True),
        ],
        "s in method.sources",
        [
            par("TableText", "{{ s.kind }}"),
            *(
                par("TableNumber", f"{{{{ s.{name} }}}}")
                for name in ("count", "minutes", "words", "period")
            ),
        ],
    )
    sample = each("s in method.sample", fact("{{ s.name }}", run("{{ s.text }}"))) + par("Gap")
    persons = listing(
        [
            (t("Person", "Участник"), 1500, False),
            (t("Who", "Кто это"), 6272, False),
            (t("Sources", "Источники"), 1300, True),
        ],
        "p in method.people",
        [
            par("TableText", "{{ p.pseudonym }}"),
            par("TableText", "{{ p.attributes }}"),
            par("TableNumber", "{{ p.sources }}"),
        ],
    )
    recordings = listing(
        [
            (t("Recording", "Запись"), 2722, False),
            (t("Person", "Участник"), 900, False),
            (t("Date", "Дата"), 1100, True),
            (t("Length", "Длина"), 900, True),
            (t("Transcript", "Расшифровка"), 2100, False),
            (t("Coded", "Закодировано"), 1350, True),
        ],
        "s in method.recordings",
        [
            par("TableText", "{{ s.label }}") + par("TableSmall", "{{ s.title }}"),
            par("TableText", "{{ s.person }}"),
            par("TableNumber", "{{ s.date }}"),
            par("TableNumber", "{{ s.length }}"),
            par("TableText", "{{ s.how }}"),
            par("TableNumber", "{{ s.coded }}"),
        ],
    )
    policy = [
        when(f"method.{key}", fact(label, run(f"{{{{ method.{key} }}}}")))
        for key, label in (
            ("recruiting", t("Recruiting", "Набор")),
            ("purpose", t("Purpose of use", "Цель обработки")),
            ("recording_policy", t("Recordings", "Записи")),
            ("staff_policy", t("Naming of staff", "Имена сотрудников")),
            ("coders", t("Coded by", "Кодировали")),
            ("agreement", t("Agreement", "Согласованность")),
        )
    ]
    return "".join(
        [
            par("Heading1", t("Method and sample", "Методика и выборка"), extra=NEW_PAGE),
            when(
                "method.task",
                par("Heading2", t("Task", "Задача")),
                each("s in method.task", par("BodyText", "{{ s }}")),
                par("Heading2", t("Sources", "Источники")),
            ),
            when(
                "method.sources",
                sources,
                otherwise=[par("Note", t("There are no sources yet.", "Источников пока нет."))],
            ),
            par("Gap"),
            *policy,
            par("Gap"),
            par("Heading2", t("Who was asked", "Кого мы спрашивали")),
            when(
                "method.people",
                par("EvidenceLine", "{{ method.people_total }}"),
                sample,
                persons,
                otherwise=[
                    par("Note", t("No people have been entered yet.", "Участники пока не внесены."))
                ],
            ),
            when(
                "method.transcription",
                par("Heading2", t("How recordings became text", "Как записи стали текстом")),
                each("s in method.transcription", par("BodyText", "{{ s }}")),
                recordings,
            ),
            par("Heading2", t("Limits of this study", "Ограничения исследования")),
            when(
                "method.limits",
                each("s in method.limits", par("ListBullet", "{{ s }}")),
                otherwise=[par("Note", t("No limits have been noted.", "Ограничения не указаны."))],
            ),
        ]
    )


def appendices(t: Say) -> str:
    """Return the codebook, the checklist and the index of all quotes."""
    codebook = listing(
        [
            (t("Code", "Код"), 2872, False),
            (t("Kind", "Вид"), 1200, False),
            (t("Definition", "Определение"), 3200, False),
            (t("Quotes", "Цитаты"), 900, True),
            (t("People", "Люди"), 900, True),
        ],
        "c in codebook",
        [
            par(
                "TableText",
                run("{{ c.indent }}"),
                runs_when("c.top", run("{{ c.name }}", "Strong"), otherwise=[run("{{ c.name }}")]),
            ),
            par("TableText", run("{{ c.kind }}", "Muted")),
            par("TableText", "{{ c.definition }}"),
            par("TableNumber", "{{ c.quotes }}"),
            par("TableNumber", "{{ c.persons }}"),
        ],
    )
    return "".join(
        [
            par("Heading1", t("Appendix: codebook", "Приложение: кодификатор"), extra=NEW_PAGE),
            when(
                "codebook",
                codebook,
                otherwise=[par("Note", t("The codebook is empty.", "Кодификатор пуст."))],
            ),
            when("visits.checklist.sections", checklist(t)),
            par(
                "Heading1",
                t(
                    "Appendix: every quote and where it is",
                    "Приложение: все цитаты и где они находятся",
                ),
            ),
            when(
                "evidence",
                evidence(t),
                otherwise=[par("Note", t("There are no quotes yet.", "Цитат пока нет."))],
            ),
            par("SectionEnd"),
        ]
    )


def checklist(t: Say) -> str:
    """Return the checklist, section by section."""
    widths = [600, 4672, 1700, 800, 1300]
    head = row(
        cell(widths[0], par("TableHead", "№")),
        cell(widths[1], par("TableHead", t("Question", "Вопрос"))),
        cell(widths[2], par("TableHead", t("Answer", "Ответ"))),
        cell(widths[3], par("TableHeadNumber", t("Weight", "Вес"))),
        cell(widths[4], par("TableHead", "")),
        head=True,
    )
    title = row(
        cell(
            sum(widths),
            par(
                "TableSection",
                run("{{ s.title }}"),
                runs_when(
                    "s.weight", run(t(" · weight {{ s.weight }}", " · вес {{ s.weight }}"), "Small")
                ),
            ),
            span=len(widths),
        )
    )
    line = row(
        cell(widths[0], par("TableText", "{{ q.number }}")),
        cell(widths[1], par("TableText", "{{ q.text }}")),
        cell(widths[2], par("TableText", run("{{ q.kind }}", "Muted"))),
        cell(widths[3], par("TableNumber", "{{ q.weight }}")),
        cell(widths[4], par("TableText", run("{{ q.flags }}", "KeyFigure"))),
    )
    return "".join(
        [
            par("Heading1", t("Appendix: checklist", "Приложение: чек-лист")),
            par(
                "EvidenceLine",
                run("{{ visits.checklist.title }}"),
                runs_when(
                    "visits.checklist.version",
                    run(
                        t(
                            " · version {{ visits.checklist.version }}",
                            " · версия {{ visits.checklist.version }}",
                        )
                    ),
                ),
            ),
            table(
                widths,
                head,
                row_tag("for s in visits.checklist.sections", widths),
                title,
                row_tag("for q in s.questions", widths),
                line,
                row_tag("endfor", widths),
                row_tag("endfor", widths),
            ),
        ]
    )


def evidence(t: Say) -> str:
    """Return the index of all quotes; only a very long one may run over to the next page."""
    widths = [550, 4822, 2100, 1600]
    labels = ["№", t("Quote", "Цитата"), t("Where and who", "Где и кто"), t("Codes", "Коды")]
    head = row(
        *(
            cell(width, par("TableHead", label))
            for width, label in zip(widths, labels, strict=True)
        ),
        head=True,
    )

    def line(*, split: bool) -> str:
        return row(
            cell(widths[0], par("TableText", "{{ q.number }}")),
            cell(
                widths[1],
                par(
                    "TableText",
                    run("{{ q.text }}"),
                    runs_when("q.against", run(t(" (against)", " (против)"), "Small")),
                ),
            ),
            cell(
                widths[2],
                par("TableText", "{{ q.place }}"),
                when("q.who", par("TableText", "{{ q.who }}")),
                par("TableSmall", "{{ q.source_title }}"),
            ),
            cell(widths[3], par("TableText", run("{{ q.codes }}", "Muted"))),
            split=split,
        )

    return table(
        widths,
        head,
        row_tag("for q in evidence", widths),
        row_tag("if q.long", widths),
        line(split=True),
        row_tag("else", widths),
        line(split=False),
        row_tag("endif", widths),
        row_tag("endfor", widths),
    )

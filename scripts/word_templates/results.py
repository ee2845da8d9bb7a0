"""Mystery shopping and recommendations in the client report."""

from __future__ import annotations

from word_templates.blocks import (
    LAND,
    Say,
    cell,
    each,
    listing,
    par,
    row,
    row_tag,
    run,
    runs_when,
    section,
    table,
    when,
)


def shopping(t: Say) -> str:
    """Return the chapter on mystery shopping."""
    grey = runs_when

    def figure(value: str) -> str:
        """Return a number that is grey where there are too few visits."""
        return grey("v.few", run(value, "Muted"), otherwise=[run(value)])

    league_widths = [2250, 760, 1800, 700, 932, 2630]
    league = listing(
        [
            (label, width, number)
            for (label, number), width in zip(
                [
                    (t("Branch", "Точка"), False),
                    (t("Visits", "Визиты"), True),
                    (t("Score, of 100", "Оценка из 100"), False),
                    ("", True),
                    (t("Change, points", "Сдвиг, пункты"), True),
                    (
                        t(
                            "Critical failures, weakest section",
                            "Критичные нарушения, слабый раздел",
                        ),
                        False,
                    ),
                ],
                league_widths,
                strict=True,
            )
        ],
        "v in visits.branches",
        [
            par(
                "TableText",
                grey(
                    "v.few", run("{{ v.name }}", "Muted"), otherwise=[run("{{ v.name }}", "Strong")]
                ),
            )
            + par(
                "TableSmall",
                run("{{ v.where }}"),
                runs_when("v.few", run(t(" · fewer than 3 visits", " · менее 3 визитов"))),
            ),
            par("TableNumber", figure("{{ v.n }}")),
            par(
                "TableText",
                grey(
                    "v.few",
                    run("{{ v.bar_full }}", "BarMuted"),
                    otherwise=[run("{{ v.bar_full }}", "BarFull")],
                ),
                run("{{ v.bar_empty }}", "BarRest"),
            ),
            par(
                "TableNumber",
                grey(
                    "v.few",
                    run("{{ v.score }}", "Muted"),
                    otherwise=[run("{{ v.score }}", "Strong")],
                ),
            ),
            par("TableNumber", figure("{{ v.change }}")),
            par(
                "TableText",
                runs_when(
                    "v.failed",
                    run(t("Failed: ", "Нарушено: "), "Strong"),
                    run("{{ v.failed }}"),
                    otherwise=[run(t("none failed", "нарушений нет"), "Muted")],
                ),
            )
            + when(
                "v.worst",
                par("TableSmall", t("Weakest: {{ v.worst }}", "Слабее всего: {{ v.worst }}")),
            ),
        ],
    )
    rollups = listing(
        [
            (t("Region", "Регион"), 4572, False),
            (t("Visits", "Визиты"), 1300, True),
            (t("Score, of 100", "Оценка из 100"), 1600, True),
            (t("Change, points", "Сдвиг, пункты"), 1600, True),
        ],
        "v in visits.rollups",
        [
            par(
                "TableText",
                runs_when(
                    "v.total", run("{{ v.name }}", "Strong"), otherwise=[run("{{ v.name }}")]
                ),
            ),
            par("TableNumber", figure("{{ v.n }}")),
            par("TableNumber", figure("{{ v.score }}")),
            par("TableNumber", figure("{{ v.change }}")),
        ],
        hold=True,
    )
    missed = listing(
        [
            (t("Standard", "Стандарт"), 4572, False),
            (t("Section", "Раздел"), 2300, False),
            (t("Missed in", "Не выполнен в"), 2200, True),
        ],
        "m in visits.missed",
        [
            par(
                "TableText",
                run("{{ m.question }}"),
                runs_when("m.critical", run(t(" — critical", " — критичный"), "KeyFigure")),
            ),
            par("TableText", "{{ m.section }}"),
            par("TableNumber", "{{ m.failed }}"),
        ],
    )
    comment = par("Quote", "{{ c.text }}") + par("QuoteAttribution", "{{ c.attribution }}")
    chapter = [
        par("BodyText", "{{ visits.summary }}"),
        par("Caption", t("Branches in this wave", "Точки в этой волне")),
        league,
        when(
            "visits.few",
            par(
                "Note",
                t(
                    "Grey: fewer than three visits, too few to compare.",
                    "Серым: менее трёх визитов, для сравнения недостаточно.",
                ),
            ),
        ),
        when(
            "visits.matrix",
            par("Caption", t("Sections by branch, of 100", "Разделы по точкам, из 100")),
            matrix(t),
        ),
        when("visits.rollups", par("Caption", t("Regions", "Регионы")), rollups),
        when(
            "visits.missed",
            par(
                "Caption",
                t("Standards missed most often", "Стандарты, которые нарушают чаще всего"),
            ),
            missed,
        ),
        when(
            "visits.comments",
            par("Heading2", t("What shoppers wrote", "Что написали тайные покупатели")),
            each("c in visits.comments", comment),
        ),
    ]
    none = par(
        "Note",
        t(
            "There were no mystery-shopping visits in this wave.",
            "В этой волне тестовых закупок не было.",
        ),
    )
    title = t("Mystery shopping", "Тестовые закупки")
    return when(
        "visits.any",
        par("Heading1", title),
        *chapter,
        otherwise=[par("Heading1", title), none],
    )


def matrix(t: Say) -> str:
    """Return branches by sections; the columns repeat for as many sections as there are."""
    widths = [2250, 200, 6422, 200]
    head = row(
        cell(widths[0], par("TableHead", t("Branch", "Точка"))),
        cell(widths[1], par("TemplateTag", "{%tc for s in visits.sections %}")),
        cell(widths[2], par("TableHeadNumber", "{{ s }}")),
        cell(widths[3], par("TemplateTag", "{%tc endfor %}")),
        head=True,
    )
    body = row(
        cell(widths[0], par("TableText", "{{ v.name }}")),
        cell(widths[1], par("TemplateTag", "{%tc for s in v.cells %}")),
        cell(widths[2], par("TableNumber", "{{ s }}")),
        cell(widths[3], par("TemplateTag", "{%tc endfor %}")),
    )
    return table(
        widths, head, row_tag("for v in visits.matrix", widths), body, row_tag("endfor", widths)
    )


def actions(t: Say) -> str:
    """Return the recommendations on a turned page; without any, a sentence on an upright one."""
    columns = [
        ("№", 450, False),
        (t("Recommendation", "Рекомендация"), 4353, False),
        (t("Answers barriers", "Барьеры"), 950, False),
        (t("Kind", "Вид"), 1150, False),
        (t("Owner", "Ответственный"), 1750, False),
        (t("Effort", "Усилие"), 900, False),
        (t("Effect", "Эффект"), 1000, False),
        (t("Due", "Срок"), 1050, True),
        (t("Status", "Статус"), 1350, False),
        (t("Measured again", "Повторный замер"), 1050, False),
    ]
    cells = [
        par("TableText", "{{ r.number }}"),
        par(
            "TableText",
            run("{{ r.title }}", "Strong"),
            runs_when(
                "r.quick_win",
                run("  "),
                run("\u00a0" + t("quick win", "быстрый результат") + "\u00a0", "Tag"),
            ),
        )
        + when("r.text", par("TableText", "{{ r.text }}")),
        par("TableText", "{{ r.barriers }}"),
        par("TableText", "{{ r.kind }}"),
        par("TableText", "{{ r.owner }}"),
        par("TableText", "{{ r.effort }}"),
        par("TableText", run("{{ r.impact }}", "Dots")),
        par("TableNumber", "{{ r.due }}"),
        par("TableText", "{{ r.status }}"),
        par("TableText", "{{ r.remeasured }}"),
    ]
    assert sum(width for _label, width, _number in columns) == LAND  # noqa: S101 - the table fills the page
    title = par("Heading1", t("What to do", "Что делать"))
    none = par(
        "Note",
        t("No recommendations have been written yet.", "Рекомендации пока не сформулированы."),
    )
    return when(
        "recommendations",
        section(),
        title,
        listing(columns, "r in recommendations", cells),
        section(land=True),
        otherwise=[title, none],
    )

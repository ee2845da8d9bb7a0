"""The template of the client report, in English and Russian side by side."""

from __future__ import annotations

from collections.abc import Callable

from word_templates.blocks import (
    LAND,
    PAGE,
    cell,
    each,
    field,
    listing,
    par,
    quote,
    row,
    row_tag,
    run,
    runs_each,
    runs_when,
    section,
    table,
    when,
)
from word_templates.parts import FILL_ACCENT, R, W

Say = Callable[[str, str], str]
"""Chooses between the English and the Russian label."""

NEW_PAGE = "<w:pageBreakBefore/>"


def cover(t: Say) -> str:
    """Return the title page: a coloured band with client, title and wave; below it the facts."""
    wide, left, right = 11906, 8500, 3406
    inside = '<w:tcMar><w:left w:w="1417" w:type="dxa"/><w:right w:w="1417" w:type="dxa"/></w:tcMar>'
    band = table(
        [left, right],
        row(
            cell(left, par("CoverClient", "{{ report.client }}"), look=f"{FILL_ACCENT}{inside}"),
            cell(right, par("CoverClient", ""), look=FILL_ACCENT),  # room for a logo
            extra='<w:trHeight w:val="1900" w:hRule="atLeast"/>',
        ),
        row(
            cell(
                wide,
                par("Title", "{{ report.title }}"),
                par("Subtitle", "{{ report.wave }}"),
                par("Subtitle", ""),
                span=2,
                look=f'{FILL_ACCENT}{inside}<w:vAlign w:val="bottom"/>',
            ),
            extra='<w:trHeight w:val="5400" w:hRule="atLeast"/>',
        ),
        style="TableNormal",
        place='<w:tblInd w:w="-1417" w:type="dxa"/>',
    )
    lines = [
        ("period", t("Period", "Период")),
        ("authors", t("Authors", "Авторы")),
        ("date", t("Date", "Дата")),
    ]
    facts = [
        when(f"report.{key}", par("CoverLine", run(f"{label}\t", "Muted"), run(f"{{{{ report.{key} }}}}")))
        for key, label in lines
    ]
    brief = when("report.brief", par("CoverLine", run(t("Task\t", "Задача\t"), "Muted"), run("{{ report.brief }}")))
    return band + par("CoverLine", "") + "".join(facts) + brief + section(cover=True)


def answers(t: Say) -> str:
    """Return page one: the three questions with their answers."""
    block = [
        par("Heading2", "{{ a.question }}"),
        when(
            "a.text",
            par("Lead", "{{ a.text }}"),
            otherwise=[par("Note", t("No answer has been written yet.", "Ответ ещё не сформулирован."))],
        ),
        when("a.barrier", par("EvidenceLine", "{{ a.barrier }}")),
        each("q in a.quotes", quote("q")),
    ]
    return par("Heading1", t("Three questions, three answers", "Три вопроса — три ответа")) + each("a in answers", *block)


def glance(t: Say) -> str:
    """Return the table of barriers, the goals and the metrics."""
    widths = [500, 3572, 1700, 1050, 1150, 1100]
    labels = [
        ("№", False),
        (t("Barrier", "Барьер"), False),
        (t("Hinders", "Мешает"), False),
        (t("Severity", "Тяжесть"), False),
        (t("People", "Люди"), True),
        (t("Priority", "Приоритет"), False),
    ]
    key = listing(
        [(label, width, number) for (label, number), width in zip(labels, widths, strict=True)],
        "b in barriers",
        [
            par("TableText", "{{ b.number }}"),
            par("TableText", "{{ b.statement }}"),
            par("TableText", "{{ b.effects_short }}"),
            par("TableText", run("{{ b.severity_dots }}", "Dots")),
            par("TableNumber", "{{ b.people_short }}"),
            par("TableText", runs_when("b.urgent", run("{{ b.level_short }}", "KeyFigure"), otherwise=[run("{{ b.level_short }}")])),
        ],
    )
    goals = listing(
        [
            (t("Goal", "Цель"), 3072, False),
            (t("Baseline", "Было"), 1300, True),
            (t("Target", "Нужно"), 1300, True),
            (t("Due", "Срок"), 1300, True),
            (t("Latest reading", "Последний замер"), 2100, True),
        ],
        "g in goals",
        [
            par("TableText", "{{ g.metric }}") + par("TableSmall", "{{ g.category }}"),
            par("TableNumber", "{{ g.baseline }}"),
            par("TableNumber", "{{ g.target }}"),
            par("TableNumber", "{{ g.due }}"),
            par("TableNumber", run("{{ g.latest }}", "Strong"))
            + when("g.latest_note", par("TableNumber", run("{{ g.latest_note }}", "Small"))),
        ],
    )
    metrics = listing(
        [
            (t("Metric", "Показатель"), 3472, False),
            (t("Segment", "Сегмент"), 2300, False),
            (t("Value", "Значение"), 1200, True),
            ("n", 800, True),
            (t("When", "Когда"), 1300, True),
        ],
        "m in metrics",
        [
            par("TableText", "{{ m.metric }}"),
            par("TableText", "{{ m.segment }}"),
            par("TableNumber", "{{ m.value }}"),
            par("TableNumber", "{{ m.n }}"),
            par("TableNumber", "{{ m.when }}"),
        ],
    )
    none = par("Note", t("No barriers have been described yet.", "Барьеры пока не описаны."))
    no_goals = par("Note", t("No measurable goals have been set.", "Измеримые цели пока не поставлены."))
    return "".join([
        par("Heading1", t("Barriers at a glance", "Барьеры: обзор"), extra=NEW_PAGE),
        when(
            "barriers",
            key,
            par(
                "Note",
                t(
                    "People: how many met the barrier, of those asked. Priority: severity and frequency together; the reasons are on the cards.",
                    "Люди: сколько человек столкнулось с барьером из числа опрошенных. Приоритет учитывает тяжесть и частоту; обоснования — в карточках.",
                ),
            ),
            otherwise=[none],
        ),
        par("Heading2", t("Goals and where they stand", "Цели и где мы сейчас")),
        when("goals", goals, otherwise=[no_goals]),
        when("metrics", par("Heading2", t("Metrics", "Показатели")), metrics),
    ])


def fact(label: str, *runs: str) -> str:
    """Return a line of a card: a grey label, then what it says."""
    return par("Fact", run(f"{label}\t", "FactLabel"), *runs)


def cards(t: Say) -> str:
    """Return a card for each barrier."""
    tags = runs_each("e in b.effects", run("\u00a0{{ e }}\u00a0", "Tag"), run("  "))
    level = runs_when("b.level", run("\u00a0{{ b.level }}\u00a0", "TagStrong"))
    card = [
        par("Heading2", "{{ b.number }}. {{ b.statement }}"),
        par("Tags", tags, level),
        when("b.place", fact(t("Where", "Где"), run("{{ b.place }}"))),
        when(
            "b.severity",
            fact(
                t("Severity", "Тяжесть"),
                run("{{ b.severity_dots }}", "Dots"),
                runs_when("b.severity_reason", run("   {{ b.severity_reason }}")),
            ),
        ),
        when("b.people", fact(t("Who met it", "Кто столкнулся"), run("{{ b.people }}", "KeyFigure"))),
        when(
            "b.evidence",
            fact(
                t("Evidence", "Подтверждения"),
                run("{{ b.evidence }}"),
                runs_when("b.kinds_text", run(" ({{ b.kinds_text }})", "Muted")),
            ),
        ),
        when("b.cause", fact(t("Cause", "Причина"), run("{{ b.cause }}"))),
        fact(t("Kind and state", "Вид и состояние"), run("{{ b.kind }} · {{ b.standing }}")),
        par("Gap"),
        each("q in b.quotes", quote("q")),
        when(
            "b.contradicting_text",
            par("EvidenceLine", run("{{ b.contradicting_text }}"), runs_when("b.against", run(":"))),
            each("q in b.against", quote("q")),
        ),
        each(
            "r in b.recommendations",
            par("Recommendation", run("\u00a0" + t("Recommendation", "Рекомендация") + " {{ r.number }}. ", "KeyFigure"), run("{{ r.title }}")),
            par("RecommendationDetails", run("\u00a0{{ r.details }}")),
        ),
        when(
            "not b.recommendations",
            par("Note", t("No recommendation answers this barrier yet.", "Рекомендации по этому барьеру пока нет.")),
        ),
    ]
    return when("barriers", par("Heading1", t("The barriers one by one", "Барьеры подробно"), extra=NEW_PAGE), each("b in barriers", *card))


def findings(t: Say) -> str:
    """Return strengths and themes."""

    def chapter(name: str, title: str, none: str) -> str:
        item = [
            par("Heading2", "{{ f.name }}"),
            when("f.definition", par("BodyText", "{{ f.definition }}", extra="<w:keepNext/>")),
            par("EvidenceLine", "{{ f.people }}"),
            each("q in f.quotes", quote("q")),
        ]
        return par("Heading1", title) + when(name, each(f"f in {name}", *item), otherwise=[par("Note", none)])

    return chapter(
        "strengths",
        t("What customers value", "Что клиенты ценят"),
        t("No strengths have been coded yet.", "Сильные стороны пока не закодированы."),
    ) + when("themes", chapter("themes", t("Themes", "Темы"), ""))


def shopping(t: Say) -> str:
    """Return the chapter on mystery shopping."""
    grey = runs_when

    def figure(value: str) -> str:
        """Return a number that is grey where there are too few visits."""
        return grey("v.few", run(value, "Muted"), otherwise=[run(value)])

    league_widths = [2250, 760, 2050, 800, 912, 2300]
    league = listing(
        [
            (label, width, number)
            for (label, number), width in zip(
                [
                    (t("Branch", "Точка"), False),
                    (t("Visits", "Визиты"), True),
                    (t("Score, of 100", "Оценка из 100"), False),
                    ("", True),
                    (t("Change, points", "Изменение, пункты"), True),
                    (t("Critical failures, weakest section", "Критичные нарушения, слабый раздел"), False),
                ],
                league_widths,
                strict=True,
            )
        ],
        "v in visits.branches",
        [
            par("TableText", grey("v.few", run("{{ v.name }}", "Muted"), otherwise=[run("{{ v.name }}", "Strong")]))
            + par("TableSmall", run("{{ v.where }}"), runs_when("v.few", run(t(" · fewer than 3 visits", " · менее 3 визитов")))),
            par("TableNumber", figure("{{ v.n }}")),
            par("TableText", grey("v.few", run("{{ v.bar_full }}", "BarMuted"), otherwise=[run("{{ v.bar_full }}", "BarFull")]), run("{{ v.bar_empty }}", "BarRest")),
            par("TableNumber", grey("v.few", run("{{ v.score }}", "Muted"), otherwise=[run("{{ v.score }}", "Strong")])),
            par("TableNumber", figure("{{ v.change }}")),
            par("TableText", runs_when("v.failed", run(t("Failed: ", "Нарушено: "), "Strong"), run("{{ v.failed }}"), otherwise=[run(t("none failed", "нарушений нет"), "Muted")]))
            + when("v.worst", par("TableSmall", t("Weakest: {{ v.worst }}", "Слабее всего: {{ v.worst }}"))),
        ],
    )
    rollups = listing(
        [
            (t("Region", "Регион"), 4572, False),
            (t("Visits", "Визиты"), 1300, True),
            (t("Score, of 100", "Оценка из 100"), 1600, True),
            (t("Change, points", "Изменение, пункты"), 1600, True),
        ],
        "v in visits.rollups",
        [
            par("TableText", runs_when("v.total", run("{{ v.name }}", "Strong"), otherwise=[run("{{ v.name }}")])),
            par("TableNumber", figure("{{ v.n }}")),
            par("TableNumber", figure("{{ v.score }}")),
            par("TableNumber", figure("{{ v.change }}")),
        ],
    )
    missed = listing(
        [
            (t("Standard", "Стандарт"), 4572, False),
            (t("Section", "Раздел"), 2300, False),
            (t("Missed in", "Не выполнен"), 2200, True),
        ],
        "m in visits.missed",
        [
            par("TableText", run("{{ m.question }}"), runs_when("m.critical", run(t(" — critical", " — критичный"), "KeyFigure"))),
            par("TableText", "{{ m.section }}"),
            par("TableNumber", "{{ m.failed }}"),
        ],
    )
    comment = par("Quote", "{{ c.text }}") + par("QuoteAttribution", "{{ c.attribution }}")
    chapter = [
        par("BodyText", "{{ visits.summary }}"),
        par("Caption", t("Branches in this wave", "Точки в этой волне")),
        league,
        when("visits.few", par("Note", t("Grey: fewer than three visits, too few to compare.", "Серым: менее трёх визитов, для сравнения недостаточно."))),
        when("visits.matrix", par("Caption", t("Sections by branch, of 100", "Разделы по точкам, из 100")), matrix(t)),
        when("visits.rollups", par("Caption", t("Regions", "Регионы")), rollups),
        when("visits.missed", par("Caption", t("Standards missed most often", "Стандарты, которые нарушают чаще всего")), missed),
        when("visits.comments", par("Heading2", t("What shoppers wrote", "Что написали тайные покупатели")), each("c in visits.comments", comment)),
    ]
    none = par("Note", t("There were no mystery-shopping visits in this wave.", "В этой волне тестовых закупок не было."))
    return par("Heading1", t("Mystery shopping", "Тестовые закупки")) + when("visits.any", *chapter, otherwise=[none])


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
    return table(widths, head, row_tag("for v in visits.matrix", widths), body, row_tag("endfor", widths))


def actions(t: Say) -> str:
    """Return the recommendations on a turned page; without any, a sentence on an upright one."""
    columns = [
        ("№", 450, False),
        (t("Recommendation", "Рекомендация"), 4553, False),
        (t("Answers barriers", "Барьеры"), 950, False),
        (t("Kind", "Вид"), 1150, False),
        (t("Owner", "Ответственный"), 1750, False),
        (t("Effort", "Усилие"), 900, False),
        (t("Effect", "Эффект"), 1000, False),
        (t("Due", "Срок"), 1050, True),
        (t("Status", "Статус"), 1150, False),
        (t("Measured again", "Повторный замер"), 1050, False),
    ]
    cells = [
        par("TableText", "{{ r.number }}"),
        par("TableText", run("{{ r.title }}", "Strong"), runs_when("r.quick_win", run("  "), run("\u00a0" + t("quick win", "быстрый результат") + "\u00a0", "Tag")))
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
    none = par("Note", t("No recommendations have been written yet.", "Рекомендации пока не сформулированы."))
    return when(
        "recommendations",
        section(),
        title,
        listing(columns, "r in recommendations", cells),
        section(land=True),
        otherwise=[title, none],
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
        [par("TableText", "{{ s.kind }}"), *(par("TableNumber", f"{{{{ s.{name} }}}}") for name in ("count", "minutes", "words", "period"))],
    )
    sample = each("s in method.sample", fact("{{ s.name }}", run("{{ s.text }}"))) + par("Gap")
    persons = listing(
        [(t("Person", "Участник"), 1500, False), (t("Who", "Кто это"), 6272, False), (t("Sources", "Источники"), 1300, True)],
        "p in method.people",
        [par("TableText", "{{ p.pseudonym }}"), par("TableText", "{{ p.attributes }}"), par("TableNumber", "{{ p.sources }}")],
    )
    recordings = listing(
        [
            (t("Recording", "Запись"), 3072, False),
            (t("Person", "Участник"), 900, False),
            (t("Date", "Дата"), 1100, True),
            (t("Length", "Длина"), 900, True),
            (t("Transcript", "Расшифровка"), 2100, False),
            (t("Coded", "Закодировано"), 1000, True),
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
    return "".join([
        par("Heading1", t("Method and sample", "Методика и выборка"), extra=NEW_PAGE),
        when("method.sources", sources, otherwise=[par("Note", t("There are no sources yet.", "Источников пока нет."))]),
        *policy,
        par("Gap"),
        par("Heading2", t("Who was asked", "Кого мы спрашивали")),
        when(
            "method.people",
            par("EvidenceLine", "{{ method.people_total }}"),
            sample,
            persons,
            otherwise=[par("Note", t("No people have been entered yet.", "Участники пока не внесены."))],
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
    ])


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
            par("TableText", run("{{ c.indent }}"), runs_when("c.top", run("{{ c.name }}", "Strong"), otherwise=[run("{{ c.name }}")])),
            par("TableText", run("{{ c.kind }}", "Muted")),
            par("TableText", "{{ c.definition }}"),
            par("TableNumber", "{{ c.quotes }}"),
            par("TableNumber", "{{ c.persons }}"),
        ],
    )
    return "".join([
        par("Heading1", t("Appendix: codebook", "Приложение: кодификатор"), extra=NEW_PAGE),
        when("codebook", codebook, otherwise=[par("Note", t("The codebook is empty.", "Кодификатор пуст."))]),
        when("visits.checklist.sections", checklist(t)),
        par("Heading1", t("Appendix: every quote and where it is", "Приложение: все цитаты и где они находятся")),
        when("evidence", evidence(t), otherwise=[par("Note", t("There are no quotes yet.", "Цитат пока нет."))]),
        par("SectionEnd"),
    ])


def checklist(t: Say) -> str:
    """Return the checklist, section by section."""
    widths = [600, 5172, 1800, 700, 800]
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
            par("TableSection", run("{{ s.title }}"), runs_when("s.weight", run(t(" · weight {{ s.weight }}", " · вес {{ s.weight }}"), "Small"))),
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
    return "".join([
        par("Heading1", t("Appendix: checklist", "Приложение: чек-лист")),
        par(
            "EvidenceLine",
            run("{{ visits.checklist.title }}"),
            runs_when("visits.checklist.version", run(t(" · version {{ visits.checklist.version }}", " · версия {{ visits.checklist.version }}"))),
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
    ])


def evidence(t: Say) -> str:
    """Return the index of all quotes; only a very long one may run over to the next page."""
    widths = [550, 4722, 2100, 1700]
    labels = ["№", t("Quote", "Цитата"), t("Who and where", "Кто и где"), t("Codes", "Коды")]
    head = row(*(cell(width, par("TableHead", label)) for width, label in zip(widths, labels, strict=True)), head=True)

    def line(*, split: bool) -> str:
        return row(
            cell(widths[0], par("TableText", "{{ q.number }}")),
            cell(widths[1], par("TableText", run("{{ q.text }}"), runs_when("q.against", run(t(" (against)", " (против)"), "Small")))),
            cell(widths[2], par("TableText", "{{ q.attribution }}"), par("TableSmall", "{{ q.source_title }}")),
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


def document(t: Say) -> str:
    """Return document.xml."""
    body = "".join([
        cover(t), answers(t), glance(t), cards(t), findings(t), shopping(t), actions(t), method(t), appendices(t),
        section(last=True),
    ])  # fmt: skip
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'


def margins(t: Say) -> dict[str, str]:
    """Return the headers and footers of upright (1) and turned (2) pages."""
    parts = {}
    for key, width in (("1", PAGE), ("2", LAND)):
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
        pages = run(t("Page ", "Страница ")) + field("PAGE") + run(t(" of ", " из ")) + field("NUMPAGES")
        for name, mark, text in (
            ("header", "hdr", par("Header", run("{{ report.client }}\t{{ report.title }}"), extra=tab)),
            ("footer", "ftr", par("Footer", run("{{ report.date }}\t"), pages, extra=tab)),
        ):
            parts[name + key] = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{mark} xmlns:w="{W}" xmlns:r="{R}">{text}</w:{mark}>'
    return parts

"""The title page, the answers, the barriers and the findings of the client report."""

from __future__ import annotations

from word_templates.blocks import (
    Say,
    cell,
    each,
    fact,
    listing,
    par,
    quote,
    row,
    run,
    runs_each,
    runs_when,
    section,
    table,
    when,
)
from word_templates.parts import FILL_ACCENT


def cover(t: Say) -> str:
    """Return the title page: a coloured band with client, title and wave; below it the facts."""
    wide, left, right = 11906, 8500, 3406
    inside = (
        '<w:tcMar><w:left w:w="1417" w:type="dxa"/><w:right w:w="1417" w:type="dxa"/></w:tcMar>'
    )
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
        when(
            f"report.{key}",
            par("CoverLine", run(f"{label}\t", "Muted"), run(f"{{{{ report.{key} }}}}")),
        )
        for key, label in lines
    ]
    brief = when(
        "report.brief",
        par("CoverLine", run(t("Task\t", "Задача\t"), "Muted"), run("{{ report.brief }}")),
    )
    return band + par("CoverLine", "") + "".join(facts) + brief + section(cover=True)


def answers(t: Say) -> str:
    """Return page one: the three questions with their answers."""
    block = [
        par("Heading2", "{{ a.question }}"),
        when(
            "a.text",
            par("Lead", "{{ a.text }}"),
            otherwise=[
                par("Note", t("No answer has been written yet.", "Ответ ещё не сформулирован."))
            ],
        ),
        when("a.barrier", par("EvidenceLine", "{{ a.barrier }}")),
        each("q in a.quotes", quote("q")),
    ]
    return par("Heading1", t("Three questions, three answers", "Три вопроса — три ответа")) + each(
        "a in answers", *block
    )


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
            par(
                "TableText",
                runs_when(
                    "b.urgent",
                    run("{{ b.level_short }}", "KeyFigure"),
                    otherwise=[run("{{ b.level_short }}")],
                ),
            ),
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
    no_goals = par(
        "Note", t("No measurable goals have been set.", "Измеримые цели пока не поставлены.")
    )
    return "".join(
        [
            par("Heading1", t("Barriers at a glance", "Барьеры: обзор")),
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
        ]
    )


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
        when(
            "b.people", fact(t("Who met it", "Кто столкнулся"), run("{{ b.people }}", "KeyFigure"))
        ),
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
        each("q in b.quotes", quote("q", hold=True)),
        when(
            "b.contradicting_text",
            par(
                "EvidenceLine", run("{{ b.contradicting_text }}"), runs_when("b.against", run(":"))
            ),
            each("q in b.against", quote("q", hold=True)),
        ),
        each(
            "r in b.recommendations",
            par(
                "Recommendation",
                run(
                    "\u00a0" + t("Recommendation", "Рекомендация") + " {{ r.number }}. ",
                    "KeyFigure",
                ),
                run("{{ r.title }}"),
            ),
            par("RecommendationDetails", run("\u00a0{{ r.details }}")),
        ),
        when(
            "not b.recommendations",
            par(
                "Note",
                t(
                    "No recommendation answers this barrier yet.",
                    "Рекомендации по этому барьеру пока нет.",
                ),
            ),
        ),
    ]
    return when(
        "barriers",
        par("Heading1", t("The barriers one by one", "Барьеры подробно")),
        each("b in barriers", *card),
    )


def findings(t: Say) -> str:
    """Return strengths and themes."""

    def chapter(name: str, title: str, none: str) -> str:
        item = [
            par("Heading2", "{{ f.name }}"),
            when("f.definition", par("BodyText", "{{ f.definition }}", extra="<w:keepNext/>")),
            par("EvidenceLine", "{{ f.people }}"),
            each("q in f.quotes", quote("q")),
        ]
        return par("Heading1", title) + when(
            name, each(f"f in {name}", *item), otherwise=[par("Note", none)]
        )

    return chapter(
        "strengths",
        t("What customers value", "Что клиенты ценят"),
        t("No strengths have been coded yet.", "Сильные стороны пока не закодированы."),
    ) + when("themes", chapter("themes", t("Themes", "Темы"), ""))

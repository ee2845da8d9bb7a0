"""A rich report, written by hand: twelve people, five barriers, four branches, two waves."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from workbench.models.kinds import (
    BarrierKind,
    BarrierStatus,
    CodeKind,
    Effort,
    GoalCategory,
    KnownInside,
    LocationOwner,
    RecommendationKind,
    RecommendationStatus,
    SourceKind,
    Stance,
)
from workbench.reports import data as d

DAY = dt.date(2026, 5, 14)
CITIES = {"en": ("Leeds", "York", "Hull"), "ru": ("Казань", "Самара", "Уфа")}
SPOKEN = {
    "en": [
        "Frankly, annoyed. I thought they were deceiving me. After that we went to another bank, although the rate there was a little higher.",
        "I had an appointment for two o'clock. I was called at twenty to three. What is the appointment for, then?",
        "The site says one rate, the branch says another. Whom am I to believe?",
        "Nobody called back. I rang them myself, four times, and each time I told the whole story again from the beginning, to a new person, who said that they would pass it on, and again nothing happened. In the end my husband went there in his lunch break and stood at the counter until somebody found the papers. They had been lying in the next room for nine days. Nobody had lost them; nobody had thought that it was their business.",
        "They ask for the same papers twice.",
        "The girl at the counter explained everything with a pencil, on one sheet. I still have that sheet.",
        "It was quick, I was served at once, I cannot complain.",
    ],
    "ru": [
        "Честно говоря, раздражение. Я подумал, что меня обманывают. После этого мы пошли в другой банк, хотя ставка там была чуть выше.",
        "У меня была запись на два часа. Вызвали без двадцати три. Для чего тогда запись?",
        "На сайте одна ставка, в отделении — другая. Кому верить?",
        "Никто не перезвонил. Я звонила сама, четыре раза, и каждый раз рассказывала всё с начала новому человеку, который говорил: «Передам», — и опять ничего. В конце концов муж пошёл туда в обед и стоял у окна, пока не нашли документы. Они девять дней лежали в соседней комнате. Никто их не терял; просто никто не думал, что это его дело.",
        "Одни и те же справки просят дважды.",
        "Девушка объяснила всё карандашом на одном листе. Этот лист у меня до сих пор лежит.",
        "Всё быстро, приняли сразу, жаловаться не на что.",
    ],
}


def quote(language: str, which: int, **changes: object) -> d.Quote:
    values: dict[str, object] = {
        "text": SPOKEN[language][which],
        "source_number": which % 6 + 1,
        "source_title": {"en": "Interview in the branch", "ru": "Интервью в отделении"}[language],
        "person": f"R{which + 1:02d}",
        "attributes": (str(28 + which * 3), CITIES[language][which % 3]),
        "start_ms": 728_000 + which * 61_000,
        "date": DAY,
        "codes": ({"en": "Waiting", "ru": "Ожидание"}[language],),
        "emotion": -2,
    }
    return d.Quote(**{**values, **changes})  # type: ignore[arg-type]


def _barriers(language: str) -> tuple[d.Barrier, ...]:
    def t(english: str, russian: str) -> str:
        return russian if language == "ru" else english

    against = quote(
        language,
        6,
        stance=Stance.CONTRADICTS,
        source_kind=SourceKind.REVIEW,
        start_ms=None,
        person=None,
        attributes=(),
    )
    kinds = d.EvidenceKind
    rows = [
        (t("Queue", "Очередь"), t("Forty minutes in the queue in spite of an appointment", "Сорок минут в очереди, несмотря на запись"), {d.Effect.LOVE, d.Effect.RECOMMEND}, 5, 7, d.Level.HIGH, 20, [1, 0], [against]),
        (t("Different answers", "Разные ответы"), t("Site, call centre and branch name different rates", "Сайт, колл-центр и отделение называют разные ставки"), {d.Effect.CHOOSE, d.Effect.LOVE, d.Effect.RECOMMEND}, 4, 5, d.Level.MEDIUM, 12, [2, 0], []),
        (t("Silence", "Тишина после одобрения"), t("Nobody calls back after approval", "После одобрения никто не перезванивает"), {d.Effect.RECOMMEND}, 4, 4, d.Level.MEDIUM, 12, [3], []),
        (t("Papers twice", "Документы дважды"), t("The same papers are asked for twice", "Одни и те же документы просят дважды"), {d.Effect.LOVE}, 2, 3, d.Level.LOW, 6, [4], []),
        (t("Hidden fee", "Скрытая комиссия"), t("The insurance is mentioned only at the signing of the contract", "О страховке говорят только на подписании договора"), {d.Effect.CHOOSE}, 3, 1, None, None, [], []),
    ]  # fmt: skip
    return tuple(
        d.Barrier(
            number=number,
            name=name,
            statement=statement,
            kind=BarrierKind.GAP if number == 2 else BarrierKind.BARRIER,
            effects=frozenset(effects),
            stage=t("Application", "Заявка"),
            touchpoint=t("Branch, counter", "Отделение, окно"),
            cause=t("Appointments are taken by the call centre, but the branch does not see them: its queue machine has its own list.", "Запись ведёт колл-центр, а отделение её не видит: у электронной очереди свой список."),
            severity=severity,
            severity_reason=t("Customers leave the queue and go to a competitor.", "Клиенты уходят из очереди к конкуренту."),
            known_inside=KnownInside.PARTLY,
            status=BarrierStatus.CONFIRMED,
            persons=d.Count(n=n, of=12),
            evidence={kinds.INTERVIEW: d.Count(n=n, of=12), kinds.REVIEW: d.Count(n=n + 1, of=22), kinds.VISIT: d.Count(n=3, of=8)},
            contradicting=len(other),
            priority=priority,
            level=level,
            confidence=3,
            quotes=tuple(quote(language, which, favourite=which == 1, emphasis=((0, 26 if language == "ru" else 16),) if which == 0 else ()) for which in quotes) + tuple(other),
        )
        for number, (name, statement, effects, severity, n, level, priority, quotes, other) in enumerate(rows, start=1)
    )  # fmt: skip


def _visits(language: str) -> d.Visits:
    def t(english: str, russian: str) -> str:
        return russian if language == "ru" else english

    sections = [
        t("Entrance", "Вход"),
        t("Counter and service", "Окно и обслуживание"),
        t("Advice", "Консультация"),
        t("Farewell", "Прощание"),
        t("Cleanliness", "Чистота"),
    ]
    branches = [
        (t("Station Road 5", "Ленина, 5"), t("Centre", "Центр"), LocationOwner.OWN, 4, "91.25", "6.25", ()),
        (t("Market Square", "Рыночная площадь"), t("Centre", "Центр"), LocationOwner.OWN, 3, "84.4", "-3.1", (t("Told the full cost of the credit", "Назвал полную стоимость кредита"),)),
        (t("Riverside Park shopping centre, ground floor", "ТРЦ «Волжская набережная», первый этаж"), t("River", "Поволжье"), LocationOwner.PARTNER, 3, "72.5", "0", (t("Told the full cost of the credit", "Назвал полную стоимость кредита"), t("Asked for a document of identity", "Попросил паспорт"))),
        (t("Hill Street 18", "Горная, 18"), t("River", "Поволжье"), LocationOwner.OWN, 2, "58.05", None, ()),
    ]  # fmt: skip

    def waves(n: int, score: str) -> tuple[d.WaveScore, ...]:
        return (
            d.WaveScore(wave=1, n=2, score=Decimal(score) - 3),
            d.WaveScore(wave=2, n=n, score=Decimal(score)),
        )

    return d.Visits(
        branches=tuple(
            d.BranchScore(name=name, region=region, owner=owner, waves=waves(n, score), delta=Decimal(delta) if delta else None, failed_criticals=failed, worst_section=sections[1])
            for name, region, owner, n, score, delta, failed in branches
        ),
        sections=tuple(
            d.SectionScore(section=section, scores={row[0]: (None if at == 3 and row[3] == 2 else Decimal(row[4]) - at * 4) for row in branches}, total=Decimal(80 - at))
            for at, section in enumerate(sections)
        ),
        regions=(d.Rollup(name=t("Centre", "Центр"), waves=waves(7, "88.3"), delta=Decimal("2.2")), d.Rollup(name=t("River", "Поволжье"), waves=waves(5, "66.7"), delta=Decimal("-1.4"))),
        network=d.Rollup(name="", waves=waves(12, "79.31"), delta=Decimal("0.84")),
        missed=(
            d.MissedStandard(question=t("Told the full cost of the credit", "Назвал полную стоимость кредита"), section=sections[2], failed=d.Count(n=5, of=12), critical=True),
            d.MissedStandard(question=t("Offered water or coffee to those waiting", "Предложил ожидающим воду или кофе"), section=sections[0], failed=d.Count(n=9, of=11)),
        ),
        comments=(
            d.VisitComment(branch=branches[1][0], text=t("Four people before me, one window of three open. Nobody said how long it would take.", "Передо мной четверо, из трёх окон открыто одно. Никто не сказал, сколько ждать."), date=DAY, section=sections[1]),
            d.VisitComment(branch=branches[3][0], text=t("The consultant was polite, but read the conditions from the screen.", "Консультант вежлив, но условия читал с экрана."), date=DAY, section=sections[2]),
        ),
    )  # fmt: skip


def _recommendations(language: str) -> tuple[d.Recommendation, ...]:
    def t(english: str, russian: str) -> str:
        return russian if language == "ru" else english

    return (
        d.Recommendation(number=1, title=t("Show the call centre's appointments on the branch's queue machine", "Показывать запись колл-центра в электронной очереди отделения"), text=t("Until the systems are joined, print the list every morning and call people by name.", "До объединения систем — печатать список каждое утро и вызывать по имени."), kind=RecommendationKind.TECHNOLOGY, barriers=(1,), owner=t("Head of branches", "Руководитель сети отделений"), effort=Effort.MEDIUM, impact=5, due=dt.date(2026, 9, 1), status=RecommendationStatus.ACCEPTED, remeasured_in=3),
        d.Recommendation(number=2, title=t("One page of rates for site, call centre and branches", "Единая страница ставок для сайта, колл-центра и отделений"), kind=RecommendationKind.PROCESS, barriers=(2, 5), owner=t("Product owner, mortgages", "Владелец ипотечного продукта"), effort=Effort.SMALL, impact=4, due=dt.date(2026, 7, 1), quick_win=True, remeasured_in=3),
        d.Recommendation(number=3, title=t("A named manager calls within one working day of approval", "Закреплённый менеджер звонит в течение рабочего дня после одобрения"), text=t("A reminder in the system, and a short script.", "Напоминание в системе и короткая памятка."), kind=RecommendationKind.TRAINING, barriers=(3,), owner=t("Head of service", "Руководитель сервиса"), effort=Effort.SMALL, impact=4, due=dt.date(2026, 6, 15), status=RecommendationStatus.IN_PROGRESS, quick_win=True),
    )  # fmt: skip


def _method(language: str) -> tuple[d.Method, tuple[d.Person, ...]]:
    def t(english: str, russian: str) -> str:
        return russian if language == "ru" else english

    people = tuple(
        d.Person(pseudonym=f"R{n:02d}", attributes={t("City", "Город"): CITIES[language][n % 3], t("Age", "Возраст"): ("25–34", "35–44", "45–54")[n % 3 - 1], t("Segment", "Сегмент"): (t("new customer", "новый клиент"), t("regular customer", "постоянный клиент"))[n % 2]}, sources=1 + n % 2)
        for n in range(1, 13)
    )  # fmt: skip
    interviews = tuple(
        d.Source(number=n, title=t("Interview in the branch", "Интервью в отделении"), kind=SourceKind.INTERVIEW, person=f"R{n:02d}", date=dt.date(2026, 5, n + 1), wave=2, duration_ms=2_400_000 + n * 61_000 if n <= 3 else None, words=5_200 + n * 31, engine="faster-whisper" if n <= 3 else None, model="base" if n <= 3 else None, checked=n < 3, coded_share=0.62 + n / 50)
        for n in range(1, 7)
    )  # fmt: skip
    reviews = tuple(
        d.Source(
            number=n,
            title=t("Review", "Отзыв"),
            kind=SourceKind.REVIEW,
            date=dt.date(2026, 4, n % 28 + 1),
            words=40,
        )
        for n in range(7, 29)
    )
    method = d.Method(
        sources=interviews + reviews,
        recruiting=t("Customers of the last six months, invited by telephone from the bank's list.", "Клиенты за последние полгода, приглашённые по телефону из списка банка."),
        limits=(t("All interviews took place on weekdays.", "Все интервью проходили в будние дни."),),
        coders=("Anna K.", "Boris L."),
        agreement=Decimal("0.812"),
        agreement_measure="Krippendorff α",
        visits=12,
        branches=4,
    )  # fmt: skip
    return method, people


def rich(language: str) -> d.ReportData:
    def t(english: str, russian: str) -> str:
        return russian if language == "ru" else english

    method, people = _method(language)
    strength = d.Finding(
        name=t("Clear explanation at the counter", "Понятное объяснение у окна"),
        definition=t(
            "The consultant explains the terms in plain words.",
            "Консультант объясняет условия простыми словами.",
        ),
        persons=d.Count(n=6, of=12),
        quotes_total=9,
        quotes=(quote(language, 5, favourite=True),),
    )
    theme = d.Finding(
        name=t("Trust in what is promised", "Доверие к обещаниям"),
        definition=t(
            "Whether people count on what they were told.",
            "Рассчитывают ли люди на то, что им сказали.",
        ),
        persons=d.Count(n=9, of=12),
        quotes_total=21,
        quotes=(quote(language, 2),),
    )
    return d.ReportData(
        project=d.Project(title=t("Mortgage through customers' eyes", "Ипотека глазами клиентов"), client=t("Northern Bank", "Банк «Северный»"), language=language, brief=t("Find what keeps mortgage customers from choosing, loving and recommending the bank.", "Найти, что мешает ипотечным клиентам выбирать, любить и рекомендовать банк."), purpose=t("improvement of service; respondents agreed in writing", "улучшение сервиса; согласие респондентов получено письменно"), recording_policy=t("kept for one year on the researchers' computer, then destroyed", "хранятся год на компьютере исследователей, затем уничтожаются"), staff_policy=t("staff are not named", "сотрудники не называются")),
        report=d.Report(date=dt.date(2026, 6, 2), title=t("Why mortgage customers leave: barriers and what to do", "Почему уходят ипотечные клиенты: барьеры и что с ними делать"), authors=(t("Anna Kovaleva", "Анна Ковалёва"), t("Boris Levin", "Борис Левин")), period_start=dt.date(2026, 4, 1), period_end=dt.date(2026, 5, 20)),
        wave=d.Wave(number=2, title=t("spring 2026", "весна 2026")),
        answers=(
            d.Answer(question=d.QuestionAsked.UNHAPPY, text=t("They wait forty minutes although they have an appointment, and nobody tells them why.", "Они ждут сорок минут, хотя записаны, и никто не объясняет почему."), barrier_number=1),
            d.Answer(question=d.QuestionAsked.LOSE, text=t("Between the site and the branch: two different rates look like deceit.", "Между сайтом и отделением: две разные ставки выглядят как обман."), barrier_number=2),
            d.Answer(question=d.QuestionAsked.LOVE, text=t("Silence after approval: people feel forgotten at the most important moment.", "Тишина после одобрения: в самый важный момент человек чувствует себя забытым."), barrier_number=3),
        ),
        method=method,
        people=people,
        barriers=_barriers(language),
        strengths=(strength,),
        themes=(theme,),
        visits=_visits(language),
        recommendations=_recommendations(language),
        goals=(
            d.Goal(metric="NPS", baseline=Decimal(12), target=Decimal(25), due=dt.date(2026, 12, 31), category=GoalCategory.LOYALTY, latest=d.Reading(metric="NPS", value=Decimal(18), n=120, date=DAY)),
            d.Goal(metric=t("Waiting with an appointment", "Ожидание по записи"), baseline=Decimal(40), target=Decimal("7.5"), unit=t("min", "мин"), due=dt.date(2026, 10, 1), category=GoalCategory.ADVANTAGE),
        ),
        metrics=(d.Reading(metric="NPS", value=Decimal(18), n=120, date=DAY, variant="0–10"), d.Reading(metric="CSAT", value=Decimal("71.5"), unit="%", n=1_204, wave=2, segment=t("new customers", "новые клиенты"))),
        codebook=(
            d.CodebookRow(level=0, kind=CodeKind.THEME, name=t("Waiting", "Ожидание"), definition=t("Everything about time spent waiting.", "Всё о времени ожидания."), quotes=31, persons=9),
            d.CodebookRow(level=1, kind=CodeKind.BARRIER, name=t("Queue", "Очередь"), definition=t("Waiting in the branch in spite of an appointment.", "Ожидание в отделении, несмотря на запись."), quotes=14, persons=7),
            d.CodebookRow(level=2, kind=CodeKind.NEED, name=t("To know how long", "Знать, сколько ждать"), quotes=3, persons=2),
            d.CodebookRow(level=0, kind=CodeKind.STRENGTH, name=t("Clear explanation", "Понятное объяснение"), definition=t("Terms in plain words.", "Условия простыми словами."), quotes=9, persons=6),
        ),
        checklist=d.Checklist(
            title=t("Bank branch", "Отделение банка"),
            version=3,
            sections=(
                d.ChecklistSection(title=t("Entrance", "Вход"), weight=Decimal(10), questions=(d.ChecklistQuestion(number="1", text=t("The entrance is clean and the opening hours can be read", "Вход чистый, часы работы читаются"), kind="yes_no", weight=Decimal(1)),)),
                d.ChecklistSection(title=t("Advice", "Консультация"), weight=Decimal("22.5"), questions=(d.ChecklistQuestion(number="2", text=t("Told the full cost of the credit", "Назвал полную стоимость кредита"), kind="yes_no", weight=Decimal(5), critical=True), d.ChecklistQuestion(number="3", text=t("Time from ticket to call", "Время от талона до вызова"), kind="time", scored=False))),
            ),
        ),
        evidence=tuple(quote(language, which) for which in range(7)),
    )  # fmt: skip

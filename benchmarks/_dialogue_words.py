"""Made-up talk about a bank in Russian and in English: turns of a dialogue as people would say them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

_COMMON = {
    "ru": "и в не на я что с это он а как то но мы к у вы по так за же из было для от мне бы только "
    "уже когда ещё там потом если или очень просто было они нас тоже чтобы где меня всё нет ну вот",
    "en": "the and to of a I it was in that we they for is you on not with but this so there be at "
    "had then have just my because when what were me them if would all about one really very no",
}
_THINGS = {
    "ru": "банк банка банку банком банке банки банков очередь очереди очередью очередей менеджер "
    "менеджера менеджеру менеджером менеджеры ставка ставки ставку ставкой договор договора договору "
    "договором документы документов документам документами сайт сайта сайте приложение приложения "
    "приложении приложением ипотека ипотеки ипотеку ипотекой ипотеке кредит кредита кредитом отделение "
    "отделения отделении отделением решение решения решением решении звонок звонка звонки звонков "
    "оператор оператора оператору условия условий условиям условиями комиссия комиссии комиссию "
    "вклад вклада вклады вкладов карта карты карту картой доставка доставки доставку доставкой "
    "ответ ответа ответом ответы время времени раз раза день дня дней неделю недели недель час часа "
    "деньги денег деньгами клиент клиента клиентам клиентов человек человека людей людям",
    "en": "bank banks branch branches queue queues manager managers rate rates contract contracts "
    "paper papers document documents website site app mortgage mortgages loan loans decision "
    "decisions call calls operator operators condition conditions fee fees deposit deposits card "
    "cards delivery deliveries answer answers time times day days week weeks hour hours money "
    "customer customers person people advice advisor advisors office offices letter letters",
}
_DOINGS = {
    "ru": "ждал ждала ждали подождали ждать сказал сказала сказали говорил говорили перезвонил "
    "перезвонили обещал обещали обещала пришёл пришла пришли ушёл ушли ушла объяснил объяснила "
    "объяснили спросил спросили понял поняла поняли понятно быстро медленно честно вежливо грубо "
    "долго удобно неудобно дорого дёшево хорошо плохо раздражает раздражало удивило порадовало "
    "советую порекомендовал порекомендую вернулся вернулась подписал подписали отказали одобрили",
    "en": "wait waited waiting said told called promised came went left explained asked understood "
    "quickly slowly honestly politely rudely long convenient expensive cheap good bad annoyed "
    "annoying surprised pleased recommend recommended returned signed refused approved helped "
    "compared chose switched checked filled sent received lost found",
}
LANGUAGES = ("ru", "en")

_PACE_MS = 380
"""Milliseconds a word takes."""


def _weighted(language: str) -> tuple[list[str], list[float]]:
    """Return the words with running sums of their weights: a few are half of what anybody says."""
    common, rest = _COMMON[language].split(), _THINGS[language].split() + _DOINGS[language].split()
    weights = [1 / (place + 3) for place in range(len(common))]
    share = sum(weights) / len(rest)
    return common + rest, list(accumulate(weights + [share] * len(rest)))


_WORDS = {language: _weighted(language) for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Said:
    """One turn: who spoke (0 asks, others answer), what, how many words, from when to when."""

    speaker: int
    text: str
    words: int
    start_ms: int
    end_ms: int


def sentence(chance: random.Random, language: str) -> tuple[str, int]:
    """Return a sentence and how many words it has."""
    words, weights = _WORDS[language]
    count = chance.randint(4, 18)
    chosen = chance.choices(words, cum_weights=weights, k=count)
    if count > 9:
        chosen[count // 2] += ","
    text = " ".join(chosen)
    return f"{text[0].upper()}{text[1:]}{chance.choice('.....?!')}", count


def dialogue(chance: random.Random, languages: tuple[str, ...], voices: int = 2) -> Iterator[Said]:
    """Talk for ever, question and answer in turn; several languages take turns, too.

    Args:
        chance: where chance comes from.
        languages: which are spoken.
        voices: how many speak; the first one asks.
    """
    ms = number = 0
    while True:
        asks = number % 2 == 0
        speaker = 0 if asks else 1 + chance.randrange(max(1, voices - 1))
        language = languages[number // 2 % len(languages)]
        parts = [sentence(chance, language) for _ in range(chance.randint(1, 2 if asks else 9))]
        words = sum(count for _text, count in parts)
        text = " ".join(text for text, _count in parts)
        yield Said(speaker, text, words, ms, ms + words * _PACE_MS)
        ms += words * _PACE_MS + chance.randint(100, 1500)
        number += 1

"""What a clean reading of speech leaves out: hesitation sounds, stuttered words, words that broke off.

The rules are cautious: what might be meant stays. Only small grammatical words count as stuttered
when they come twice, for people double the others on purpose ("очень очень", "ждала ждала").
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import Final

from workbench.text.spans import Span
from workbench.text.turns import words


def _listed(line: str) -> frozenset[str]:
    return frozenset(line.split())


# directly beside one of these a sound is part of something else
_EDGE: Final = r"[\w'’@#/\\\u0300-\u036f]"
_SOUNDS: Final = {
    "ru": r"э+(?:[-\u2010\u2011]э+)*|э+[-\u2010\u2011]?м+|м{2,}|м(?:[-\u2010\u2011]м+)+|а{2,}|а(?:[-\u2010\u2011]а+)+"
    r"|ы{2,}|ы(?:[-\u2010\u2011]ы+)+|[хг]м+",
    "en": r"u+m+|u+h+|u+h+m+|er|e+r+m+|ehm+|hm+|m{2,}",
}
_ANSWERS: Final = re.compile(r"[?!]|\.?[\w'’@#/\\\u0300-\u036f]|[-\u2010\u2011][\w]")
_MILLIMETRES: Final = frozenset(["мм", "mm"])
_NUMBERS: Final = _listed(
    "ноль один два три четыре пять шесть семь восемь девять десять двадцать тридцать сорок пятьдесят шестьдесят "
    "семьдесят восемьдесят девяносто сто полтора пара пару несколько "
    "zero one two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred few half"
)
_LETTER_NAMED: Final = re.compile(r"(?:букв\w*|звук\w*|letters?|sounds?)\s+\Z", re.IGNORECASE)
_CLAUSE: Final = _listed(
    "что чтобы который которая которое которые которого которой которых если когда потому поэтому но а где куда как "
    "хотя зачем почему кто but which who because although though while"
)
_STUTTERED_BEFORE_COMMA: Final = _listed(
    "я мы он она они оно мне меня нам нас ему его ей её им их мой моя моё мои наш наша наше наши этот эта эти эту этого "
    "этой этих и но если чтобы потому в во с со к ко у по за из от до для при про под над без об через "
    "i i'm i've i'd i'll we we're we've they they're they've it it's she he's she's the a an and but or if of to for "
    "from with my our their because this these"
)
_STUTTERED: Final = _STUTTERED_BEFORE_COMMA | _listed(
    "ты вы тебя тебе вас вам это тот та те а на о что как который которая которое которые ну вот там "
    "he you your his at by those like just when would could should"
)
_CUT_OFF: Final = re.compile(r"(?<![\w'’\-\u2010\u2011\u2013\u2014])([^\W\d_]{1,10})[-\u2010\u2011\u2013\u2014](?:,|…|\.{2,3})?[^\S\n]+(?=[^\W\d_])")  # fmt: skip
_GAP: Final = re.compile(r"[^\S\n]+|(?:,|…|\.{2,3})[^\S\n]+")
_GOES_ON: Final = re.compile(r"[^\S\n]+[\w«\"“(]")
_ADVERB: Final = re.compile(r"по-\w+(?:ски|цки|ки|ому|ему|ьи)\Z", re.IGNORECASE)
_PREFIXES: Final = frozenset(["re", "co", "pre", "de", "un", "non", "pro", "anti", "sub"])
_STAMMERS: Final = re.compile(
    r"([бвгджзклмнпрстфхцчшщ]|w|y|th|wh)((?:[-\u2010\u2011]\1)*)[-\u2010\u2011](\1\w+)\Z"
)
_NO_STAMMER: Final = re.compile(r"т-тест")
_SECOND_DASH: Final = re.compile(r",?[^\S\n]+[–—][^\S\n]+(?=\S)")
_LOOK_BACK: Final = 60  # codepoints before a sound that say whether it is one
_OPENERS: Final = "([{«“„\"'‘"
_CLOSERS: Final = ")]}»”\"'’"
_PUNCTUATION: Final = re.compile(r",|…|\.{2,3}|[.;:]")


def disfluencies(text: str, language: str) -> tuple[Span, ...]:
    """Return the spans that a clean view of a text leaves out, with the white space and commas they bring.

    ``language`` is a code such as ``ru`` or ``en``, or empty for both; in other languages nothing is left out.
    A line of nothing but such sounds stays: that somebody hesitated is then all it says.
    """
    sounds = _sounds(language)
    if sounds is None:
        return ()
    found: list[Span] = []
    start = 0
    for line in text.split("\n"):
        found.extend(span.shifted(start) for span in _of_line(line, sounds))
        start += len(line) + 1
    return tuple(found)


def clean(text: str, language: str) -> str:
    """Return a text without its disfluencies; cleaning twice changes nothing."""
    return without(text, disfluencies(text, language))


def without(text: str, spans: Iterable[Span]) -> str:
    """Return a text without some of its spans, which stand in order and apart."""
    kept: list[str] = []
    place = 0
    for span in spans:
        kept.append(text[place : span.start])
        place = span.end
    return "".join([*kept, text[place:]])


def _sounds(language: str) -> re.Pattern[str] | None:
    code = language.casefold().replace("_", "-").partition("-")[0]
    chosen = [_SOUNDS[code]] if code in _SOUNDS else ([] if code else list(_SOUNDS.values()))
    if not chosen:
        return None
    return re.compile(
        rf"(?<!{_EDGE})(?<![-.\u2010\u2011])(?:{'|'.join(chosen)})(?!{_EDGE})", re.IGNORECASE
    )


def _of_line(line: str, sounds: re.Pattern[str]) -> list[Span]:
    """Take disfluencies away until none is left, for what is left may show the next one."""
    left, places = line, list(range(len(line)))
    before = -1
    while len(left) != before:
        before = len(left)
        left = _without_sounds(left, places, sounds)
        for find in (_cut_offs, _stammers, _repeats):
            for cut in reversed(find(left)):
                left = left[: cut.start] + left[cut.end :]
                del places[cut.start : cut.end]
    if len(left) == len(line) or not any(character.isalnum() for character in left):
        return []
    edges = [-1, *places, len(line)]
    return [Span(one + 1, two) for one, two in itertools.pairwise(edges) if two > one + 1]


def _without_sounds(line: str, places: list[int], sounds: re.Pattern[str]) -> str:
    """Return a line without its sounds, and take their places out of the list."""
    start = 0
    while (cut := _first_sound(line, sounds, start)) is not None:
        line = line[: cut.start] + line[cut.end :]
        del places[cut.start : cut.end]
        start = max(cut.start - _LOOK_BACK, 0)
    return line


def _first_sound(line: str, sounds: re.Pattern[str], start: int) -> Span | None:
    for match in sounds.finditer(line, start):
        end = match.end()
        if line[end : end + 1] in {"-", "–", "—"} and line[end + 1 : end + 2] in {"", " ", ","}:
            end += 1
        if _is_meant(line, match, end):
            continue
        cut = _with_surroundings(line, match.start(), end)
        if cut is not None:
            return cut
    return None


def _is_meant(line: str, match: re.Match[str], end: int) -> bool:
    """Tell whether a sound is a word, a unit, an initial or an answer after all."""
    sound = match[0]
    before, after = line[: match.start()], line[end:]
    if _ANSWERS.match(after) or (sound.isupper() and len(sound) > 1):
        return True
    if len(sound) == 1 and (re.match(r"\.(?!\.)", after) or _LETTER_NAMED.search(before)):
        return True
    if sound.casefold() in _MILLIMETRES:
        last = words(before[-40:])
        word = last[-1].of(before[-40:]).casefold() if last else ""
        return word[-1:].isdigit() or word in _NUMBERS
    return False


def _with_surroundings(line: str, start: int, end: int) -> Span | None:
    """Return what goes with a sound so that the rest reads well; None where it had better stay."""
    before = line[:start].rstrip()
    previous = before[-1:]
    sign = _PUNCTUATION.match(line, end)
    mark = sign[0] if sign else ""
    behind = sign.end() if sign else end
    rest = line[behind:].lstrip()
    follows = len(line) - len(rest)
    closed = line[end : end + 1] in _CLOSERS and end < len(line)
    if before and len(before) == start:  # nothing parts it from the sign before
        if previous in _OPENERS:
            return Span(start, follows) if mark in {"", ","} and not closed else None
        return Span(start, behind if mark == "," else end) if end < len(line) else None
    if closed:
        return Span(len(before) - (previous in ",;"), end) if previous not in "–—-" else None
    if not before or previous in ".!?…" or before in {"-", "–", "—"}:  # it opens a sentence
        return Span(start, follows) if rest else Span(len(before), behind)
    if not rest:
        return _at_the_end(before, mark, end)
    return _inside(line, before, mark, Span(start, end), follows)


def _at_the_end(before: str, mark: str, end: int) -> Span | None:
    if before[-1] in "–—-":
        return None
    return Span(len(before) - (before[-1] in ",;" and mark != ","), end)


def _inside(line: str, before: str, mark: str, sound: Span, follows: int) -> Span | None:
    """Return what goes with a sound that has words on both sides."""
    previous, rest = before[-1], line[follows:]
    if mark == ",":
        if previous == "," and follows > sound.end + 1 and _leans_on(before[:-1]):
            return Span(
                len(before) - 1, sound.end + 1
            )  # "the, uh, shop": both commas are the sound's
        if previous in ",;:–—-" or not _starts_clause(rest):
            return Span(sound.start, follows)
    dash = _SECOND_DASH.match(line, sound.end) if previous in "–—" else None
    if dash:
        return Span(sound.start, dash.end())
    if mark:
        return None if previous in "–—-" else Span(len(before) - (previous in ",;"), sound.end)
    return Span(sound.start, follows)


def _leans_on(before: str) -> bool:
    """Tell whether the word before cannot stand before a comma, so that more must follow it."""
    last = words(before[-40:])
    return bool(last) and last[-1].of(before[-40:]).casefold() in _STUTTERED


def _starts_clause(rest: str) -> bool:
    first = words(rest[:40])
    return bool(first) and first[0].of(rest).casefold() in _CLAUSE


def _cut_offs(line: str) -> list[Span]:
    """Find "по- пошёл" and "по- по-пошёл"."""
    found: list[Span] = []
    for match in _CUT_OFF.finditer(line):
        following = line[match.end() : match.end() + 60]
        word = next(iter(words(following)), None)
        if word is None or word.start:
            continue
        start = _whole_word(line, match, word.of(following))
        if start is not None and (not found or match.start() >= found[-1].end):
            found.append(Span(match.start(), match.end() + start))
    return found


def _stammers(line: str) -> list[Span]:
    """Find "п-пошёл"."""
    found: list[Span] = []
    if "-" in line or "\u2010" in line or "\u2011" in line:
        for span in words(line):
            stammer = _STAMMERS.match(span.of(line))
            if stammer and not _NO_STAMMER.match(span.of(line)):
                found.append(Span(span.start, span.start + stammer.start(3)))
    return found


def _whole_word(line: str, match: re.Match[str], whole: str) -> int | None:
    """Return where in the next word the word that broke off begins; None if it is another word."""
    piece, following = match[1].casefold(), whole.casefold()
    before = line[: match.start()].rstrip()
    raised = match[1][0].isupper() and whole[0].islower() and before and before[-1] not in ".!?…"
    if raised or not following.startswith(piece):
        return None  # a mark such as "B- but" is no beginning of a word
    head, _hyphen, rest = following.partition("-")
    if rest.startswith(piece) and head == piece and piece not in _PREFIXES:
        return 0 if _ADVERB.match(following) else len(head) + 1
    if len(following) > len(piece):
        return 0
    behind = line[match.end() + len(whole) : match.end() + len(whole) + 1]
    return 0 if piece in _STUTTERED or behind in {"-", "–", "—"} else None


def _repeats(line: str) -> list[Span]:
    """Find small words that come twice and are followed by more: "я я пошёл", "the, the shop"."""
    spans = words(line)
    keys = [span.of(line).casefold().replace("’", "'") for span in spans]
    found: list[Span] = []
    used = -1
    for place, (one, two) in enumerate(itertools.pairwise(keys)):
        if one == two and one in _STUTTERED and place > used:
            cut = _stuttered(line, one, spans[place], spans[place + 1])
            if cut is not None:
                found.append(cut)
                used = place + 1
    return found


def _stuttered(line: str, key: str, first: Span, second: Span) -> Span | None:
    """Return which of two equal words in a row may go; None where both are meant."""
    one, two = first.of(line), second.of(line)
    gap = line[first.end : second.start]
    if not _GAP.fullmatch(gap) or not _GOES_ON.match(line, second.end):
        return None
    if gap.strip() and key not in _STUTTERED_BEFORE_COMMA:
        return None
    if one.isupper() and two.isupper() and not key.startswith("i"):
        return None  # vitamin A A, or a heading
    if two[0].isupper() and not one[0].isupper():
        return Span(first.start, second.start)
    return Span(first.end, second.end)

"""How far coders agree: percent, Cohen's kappa and Krippendorff's alpha, from intervals and counts.

What coders said is kept as how often they said it: ``{(True, False): 400}`` means that of 400 units the first coder
coded and the second did not. So a million characters cost as much as there are quotes in them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from workbench.i18n import N_
from workbench.models.agreement_views import Figures, Measure
from workbench.models.kinds import AgreementUnit
from workbench.text.spans import Span, union

Said = tuple[Hashable | None, ...]
"""What each coder said of a unit, in their order; None where a coder did not judge it."""

Judgements = Mapping[Said, int]
"""Of how many units it was said."""

NO_PAIRS: Final = N_("No unit was judged by two coders.")
NO_VARIATION: Final = N_("All judgements are the same, so there is nothing to tell from chance.")
NOBODY: Final = N_("Nobody used it.")
NOT_TWO: Final = N_("Cohen's kappa is for two coders.")

DEFINITIONS: Final[Mapping[str, str]] = {
    AgreementUnit.CHARACTERS: N_(
        "Every character of the text is a unit; it is coded if a quote with the code covers it."
    ),
    AgreementUnit.SENTENCES: N_(
        "Every sentence is a unit; it is coded if a quote with the code shares a character with it."
    ),
    AgreementUnit.TURNS: N_(
        "Every turn is a unit; it is coded if a quote with the code shares a character with it."
    ),
    "worked": N_(
        "A coder has judged the sources in which they coded anything; what is not coded there counts as “not coded”. "
        "Turns that are hidden as perhaps never said are left out."
    ),
    "percent": N_("%: units of which two coders say the same, of all units that both judged."),
    "kappa": N_(
        "κ, Cohen's kappa (1960): (Po − Pe) / (1 − Pe). Po is the share of units of which both say the same; Pe is the "
        "sum of the products of both coders' shares of “coded” and of “not coded”."
    ),
    "alpha": N_(
        "α, Krippendorff's alpha for nominal data (2011): 1 − Do / De. Do is the disagreement observed, De the one to be "
        "expected if all judgements were dealt out to units by chance; for any number of coders."
    ),
    "pooled": N_(
        "All codes: every unit is judged once for each code, and Po, Pe, Do and De are averaged over the codes before they "
        "are put into the formulas (pooled kappa, De Vries and others 2008)."
    ),
}
"""How units are made and measures computed: what is printed beside the figures."""


# -- measures ----------------------------------------------------------------------------------------


def percent(*judgements: Judgements) -> Measure:
    """Return the share of pairs of judgements that are the same; of several questions, the average."""
    return _averaged([_same_pairs(said) for said in judgements], lambda same: same[0])


def kappa(*judgements: Judgements) -> Measure:
    """Return Cohen's kappa of two coders; of several questions, the pooled one.

    J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960), 37-46.
    H. de Vries and others, Using pooled kappa to summarize interrater agreement across many items, Field Methods 20
    (2008), 272-282.
    """
    if any(len(said) != 2 for question in judgements for said in question):  # noqa: PLR2004 - two coders
        return Measure(None, NOT_TWO)
    return _averaged([_chances(said) for said in judgements], _kappa)


def alpha(*judgements: Judgements) -> Measure:
    """Return Krippendorff's alpha for nominal data; of several questions, that of averaged disagreements.

    K. Krippendorff, Computing Krippendorff's alpha-reliability (2011), sections A to C.
    """
    return _averaged([_disagreements(said) for said in judgements], _alpha)


def figures(*judgements: Judgements) -> Figures:
    """Return all measures of questions that were answered by True (coded) and False."""
    if not any(True in said for question in judgements for said, n in question.items() if n):
        nothing = Measure(None, NOBODY)
        return Figures(nothing, nothing, nothing)
    return Figures(percent(*judgements), kappa(*judgements), alpha(*judgements))


def _averaged(
    questions: Sequence[tuple[Fraction, Fraction] | None],
    formula: Callable[[tuple[Fraction, Fraction]], Fraction | None],
) -> Measure:
    known = [question for question in questions if question is not None]
    if not known:
        return Measure(None, NO_PAIRS)
    left = sum((left for left, _right in known), Fraction(0)) / len(known)
    right = sum((right for _left, right in known), Fraction(0)) / len(known)
    value = formula((left, right))
    return Measure(None, NO_VARIATION) if value is None else Measure(float(value))


def _kappa(chances: tuple[Fraction, Fraction]) -> Fraction | None:
    observed, expected = chances
    return None if expected == 1 else (observed - expected) / (1 - expected)


def _alpha(disagreements: tuple[Fraction, Fraction]) -> Fraction | None:
    observed, expected = disagreements
    return None if expected == 0 else 1 - observed / expected


def _same_pairs(judgements: Judgements) -> tuple[Fraction, Fraction] | None:
    """Return the share of pairs of coders that say the same of a unit."""
    pairs = same = 0
    for said, weight in judgements.items():
        values = _values(said)
        pairs += weight * values.total() * (values.total() - 1)
        same += weight * sum(n * (n - 1) for n in values.values())
    return (Fraction(same, pairs), Fraction(0)) if pairs else None


def _chances(judgements: Judgements) -> tuple[Fraction, Fraction] | None:
    """Return the observed and the expected agreement of two coders."""
    both = [(said, weight) for said, weight in judgements.items() if None not in said]
    n = sum(weight for _said, weight in both)
    if not n:
        return None
    first: Counter[Hashable] = Counter()
    second: Counter[Hashable] = Counter()
    same = 0
    for (one, other), weight in both:
        first[one] += weight
        second[other] += weight
        same += weight * (one == other)
    expected = sum(count * second[value] for value, count in first.items())
    return Fraction(same, n), Fraction(expected, n * n)


def _disagreements(judgements: Judgements) -> tuple[Fraction, Fraction] | None:
    """Return the observed and the expected disagreement of any number of coders."""
    margins: Counter[Hashable] = Counter()
    same = Fraction(0)
    for said, weight in judgements.items():
        values = _values(said)
        judged = values.total()
        if judged < 2:  # noqa: PLR2004 - one judgement has nothing to be compared with
            continue
        for value, n in values.items():
            margins[value] += weight * n
            same += Fraction(weight * n * (n - 1), judged - 1)
    total = margins.total()
    if not total:
        return None
    unlike = total * total - sum(n * n for n in margins.values())
    return (total - same) / total, Fraction(unlike, total * (total - 1))


def _values(said: Said) -> Counter[Hashable]:
    return Counter(value for value in said if value is not None)


# -- judgements from spans ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A source as it is compared: what of it could be coded, and what each coder coded."""

    length: int
    """Characters that could be coded."""
    marks: Mapping[str, Sequence[Sequence[Span]]]
    """By code: the spans of each coder, in the order of coders."""
    worked: Sequence[bool]
    """Whether each coder worked on it."""
    units: Sequence[Span] | None = None
    """Sentences or turns in the order of the text; without them every character is a unit."""

    def spans(self, code: str | None) -> list[Sequence[Span] | None]:
        """Return what each coder coded with a code, or with any; None for a coder who did not work on it."""
        if code is None:
            by_coder: list[Sequence[Span]] = [
                [span for marks in self.marks.values() for span in marks[coder]]
                for coder in range(len(self.worked))
            ]
        else:
            by_coder = list(self.marks.get(code, [()] * len(self.worked)))
        return [
            spans if worked else None for spans, worked in zip(by_coder, self.worked, strict=True)
        ]


def judge(texts: Iterable[Text], code: str | None) -> Counter[Said]:
    """Return what coders said about a code (or about anything at all) over all units of some texts."""
    found: Counter[Said] = Counter()
    for text in texts:
        marks = text.spans(code)
        found.update(
            by_characters(marks, text.length) if text.units is None else by_units(marks, text.units)
        )
    return found


def by_characters(marks: Sequence[Sequence[Span] | None], length: int) -> Counter[Said]:
    """Return of how many characters of a text each coder did and did not code.

    Args:
        marks: each coder's spans, which may overlap; None for one who did not judge.
        length: characters of the text; no span may reach beyond.
    """
    edges = sorted(
        (place, coder, coded)
        for coder, spans in enumerate(marks)
        for span in union(spans or ())
        for place, coded in ((span.start, True), (span.end, False))
    )
    state = [None if spans is None else False for spans in marks]
    found: Counter[Said] = Counter()
    before = 0
    for place, coder, coded in edges:
        if place > before:
            found[tuple(state)] += place - before
            before = place
        state[coder] = coded
    found[tuple(state)] += length - before
    return +found


def by_units(marks: Sequence[Sequence[Span] | None], units: Sequence[Span]) -> Counter[Said]:
    """Return of how many sentences or turns each coder coded at least one character."""
    starts, ends = [unit.start for unit in units], [unit.end for unit in units]
    touched: dict[int, set[int]] = {}
    for coder, spans in enumerate(marks):
        for span in union(spans or ()):
            for unit in range(bisect_right(ends, span.start), bisect_left(starts, span.end)):
                touched.setdefault(unit, set()).add(coder)
    found: Counter[Said] = Counter()
    for coders in touched.values():
        found[
            tuple(None if spans is None else coder in coders for coder, spans in enumerate(marks))
        ] += 1
    found[tuple(None if spans is None else False for spans in marks)] += len(units) - len(touched)
    return +found

"""A template from a stranger cannot reach anything but the values it is given."""

from __future__ import annotations

import pytest
from report_helpers import PROPERTIES, fill, make_template, words

from workbench.errors import ReportError
from workbench.reports import sandbox
from workbench.reports.render import straighten
from workbench.reports.wording import Words

ESCAPES = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ q.__class__.__mro__[1].__subclasses__() }}",
    "{{ q|attr('__class__') }}",
    "{{ q.whole.__class__ }}",
    "{{ q._log.clear() }}",
    "{{ q['__class__'] }}",
    "{{ q.format.__globals__ }}",
    "{{ '{0.__class__}'.format(q) }}",
    "{{ '%s%999999999d'|format(1, 1) }}",
    "{{ '%999999999d' % 1 }}",
    "{{ 'a' * 50000000 }}",
    "{{ 2 ** 99999999 }}",
    "{{ 'a'.center(999999999) }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context.environment }}",
    "{{ items.append(1) }}",
    "{{ items.clear() }}",
    "{% set x = items.__init__ %}{{ x.__globals__ }}",
    "{% for i in range(99999999) %}x{% endfor %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}{{ os }}",
    "{{ (q|map(attribute='__class__')|list)[0].__mro__ }}",
    "{{ loop.__init__ }}",
    "{{ namespace }}",
    "{{ dict }}",
    "{% macro m() %}x{% endmacro %}{{ m.__globals__ }}",
    "{% macro m() %}x{% endmacro %}{{ m._func.__globals__ }}",
]


@pytest.mark.parametrize("attack", ESCAPES)
@pytest.mark.parametrize("where", ["body", "header"])
def test_escapes_fail(tmp_path, attack, where):
    target = tmp_path / "out.docx"
    template = make_template(tmp_path, attack if where == "body" else "body")
    if where == "header":
        from docx import Document

        document = Document(str(template))
        document.sections[0].header.paragraphs[0].text = attack
        document.save(str(template))
    from workbench.reports.render import render

    with pytest.raises(ReportError) as trouble:
        render(template, target, {"q": Words("quote"), "items": [1]}, properties=PROPERTIES)
    assert trouble.value.code in {
        "template-forbidden",
        "template-variable",
        "template-syntax",
        "template-failed",
    }
    assert not target.exists()


def test_what_honest_templates_need_still_works(tmp_path):
    target = fill(
        tmp_path,
        {"q": Words("слово"), "items": [{"n": 3}, {"n": 1}]},
        "{{ q.upper() }} {{ items|map(attribute='n')|sort|join(', ') }} {{ '-' * 3 }} {{ items|length }}",
        "{%p for i in items %}",
        "{{ loop.index }}: {{ i.n }}",
        "{%p endfor %}",
        "{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}{{ twice('ab') }}",
        "{% filter upper|lower %}Ab{% endfilter %} {% set b | upper %}cd{% endset %}{{ b ~ (1 + 2) }}",
    )
    assert words(target) == ["СЛОВО 1, 3 --- 2", "1: 3", "2: 1", "abab", "ab CD3"]


def test_endless_output_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(sandbox, "MAX_CHARACTERS", 100_000)
    many = {"items": list(range(400))}
    with pytest.raises(ReportError) as trouble:
        fill(
            tmp_path,
            many,
            "{% for a in items %}{% for b in items %}{{ b }}{% endfor %}{% endfor %}",
        )
    assert trouble.value.code == "template-forbidden"


@pytest.mark.parametrize(
    "endless",
    [
        "{% for a in items %}{% for b in items %}{% for c in items %}{% for d in items %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
        "{% macro m() %}{% for a in items %}{% for b in items %}{% for c in items %}{% for d in items %}x{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endmacro %}{{ m() }}",
    ],
)
def test_endless_loops_are_stopped(tmp_path, monkeypatch, endless):
    monkeypatch.setattr(sandbox, "MAX_SECONDS", 0.5)
    with pytest.raises(ReportError) as trouble:
        fill(tmp_path, {"items": list(range(2000))}, endless)
    assert trouble.value.code == "template-forbidden"


@pytest.mark.parametrize(
    "double",
    [
        "{% set s = s ~ s %}",
        "{% set s = s + s %}",
        "{% set s = [s, s]|join %}",
        "{% set s = s|replace('ab', 'abab') %}",
    ],
)
def test_texts_that_double_are_stopped(tmp_path, monkeypatch, double):
    monkeypatch.setattr(sandbox, "MAX_TEXT", 100_000)  # it is the text that stops, not the report
    with pytest.raises(ReportError) as trouble:
        fill(tmp_path, {}, "{% set s = 'ab' %}" + double * 20 + "{{ s }}")
    assert trouble.value.code == "template-forbidden"


@pytest.mark.parametrize(
    ("tag", "straight"),
    [
        ("{% if a == «yes» %}", '{% if a == "yes" %}'),
        ("{{ a|join(“, ”) }}", '{{ a|join(", ") }}'),
        ("{{ a|join(„; “) }}", '{{ a|join("; ") }}'),
        ('{{ "«" ~ a ~ "»" }}', '{{ "«" ~ a ~ "»" }}'),
        ("{{\u00a0a\u00a0}}", "{{ a }}"),
        ("{{ it['x'] }}", "{{ it['x'] }}"),
    ],
)
def test_typographic_quotes_in_tags(tag, straight):
    assert straighten(tag) == straight


def test_word_s_quotes_do_not_stop_a_report(tmp_path):
    target = fill(
        tmp_path,
        {"items": ["a", "b"], "x": "да"},
        "{{ items|join(«, ») }}",
        "{% if x == «да» %}«{{ x }}»{% endif %}",
    )
    assert words(target) == ["a, b", "«да»"]

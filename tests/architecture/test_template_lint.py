"""Templates carry no script, style or logic; each forbidden thing has a sample, and honest markup passes."""

import pytest

from santai.config.cli.develop.templates import check_folder, check_text
from santai.config.zones import SOURCE


def test_every_template_of_the_house_passes() -> None:
    assert list(check_folder(SOURCE)) == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>go()</script>",
        "<style>p {}</style>",
        '<p class="a" style="color: red">',
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        '<div hx-on:click="go()">',
        "{{ text|safe }}",
        "{% autoescape off %}{% endautoescape %}",
        "{% if a and b or c and d %}{% endif %}",
        '<img src="https://cdn.example.org/a.png">',
        "{% for x in case.objects.all %}{% endfor %}",
    ],
)
def test_a_forbidden_thing_is_found_on_its_line(text: str) -> None:
    assert [line for line, _ in check_text(f"<p>\n{text}\n</p>")] == [2]


@pytest.mark.parametrize(
    "text",
    [
        "<script src=\"{% static 'vendor/htmx.min.js' %}\" defer></script>",
        '<script type="application/json" id="data">{}</script>',
        "{# <script>old</script> #}",
        "{% if case.open and case.mine %}{% endif %}",
        '<a href="{% url \'back_cases:case\' case.no %}" data-style="wide">',
    ],
)
def test_honest_markup_passes(text: str) -> None:
    assert list(check_text(text)) == []

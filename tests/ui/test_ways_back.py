"""A form's way back is set in the block in which the form stands; set in another block it is silently not there. And
what is shown again when an act was refused stands at the act's address, where a mere `?…` leads nowhere."""

import re
from pathlib import Path

import pytest

import apps

TEMPLATES = sorted(Path(apps.__file__).parent.rglob("templates/**/*.html"))
BLOCK = re.compile(r"{% block (\w+) %}")
ASKED = re.compile(r"{% form [^%]*cancel=(\w+)")


def ways_lost(template):
    """The names that forms go back by and that an address in another block alone gives."""
    lost = []
    pieces = BLOCK.split(template)[1:]
    blocks = dict(zip(pieces[::2], pieces[1::2], strict=True))
    for name, block in blocks.items():
        elsewhere = "".join(text for other, text in blocks.items() if other != name)
        lost += [way for way in ASKED.findall(block) if f" as {way} %" not in block and f" as {way} %" in elsewhere]
    return lost


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_form_has_its_way_back(path):
    assert ways_lost(path.read_text()) == []


def test_a_way_that_another_block_gives_is_found_to_be_lost():
    crumbs = '{% block crumbs %}{% url "x" as back %}{% endblock %}'

    assert ways_lost(crumbs + "{% block content %}{% form form cancel=back %}{% endblock %}") == ["back"]
    assert ways_lost(crumbs + '{% block content %}{% url "x" as back %}{% form form cancel=back %}{% endblock %}') == []


def leads_nowhere(template):
    """Whether the page tells of refused acts and has links that keep its address."""
    return "refused" in template and 'href="?' in template


def test_a_page_that_tells_of_a_refused_act_leads_on_from_there():
    assert [path.name for path in TEMPLATES if leads_nowhere(path.read_text())] == []


def test_one_that_does_not_would_be_seen():
    assert leads_nowhere('{% include "ui/parts/refused.html" %}<a href="?muc=1">Mục 1</a>')

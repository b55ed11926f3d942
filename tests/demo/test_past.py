"""The windows of a round that was played today stand in the year that it tells of."""

from datetime import date

import pytest
from stage import decided

from apps.demo.casting import cast
from apps.demo.past import lay_into_its_year
from apps.rounds.models import Window, WindowChange
from tieubieu.moments import transaction_time

DECIDED_ON = date(2023, 11, 20)


@pytest.fixture
def laid(in_daklak):
    stage = decided()
    lay_into_its_year(stage.round, cast("khanhhoa"), DECIDED_ON)
    return stage


def spans():
    return {window.kind: (window.opens_at, window.closes_at) for window in Window.objects.all()}


def test_every_window_ended_long_ago_in_its_order(laid):
    there = spans()

    assert there["filing"][1] <= there["screening"][0] <= there["scoring"][0] <= there["council"][0]
    assert there["council"][1].date() < DECIDED_ON
    assert max(closes for _, closes in there.values()) < transaction_time()
    assert {change.closes_at for change in WindowChange.objects.all()} == {closes for _, closes in there.values()}


def test_laid_twice_it_lies_as_after_once(laid):
    once = spans()

    lay_into_its_year(laid.round, cast("khanhhoa"), DECIDED_ON)

    assert spans() == once

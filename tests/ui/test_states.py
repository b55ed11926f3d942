import pytest
from django.db import models

from tieubieu.ui import states
from tieubieu.ui.signs import SIGNS
from tieubieu.ui.states import State


@pytest.fixture(autouse=True)
def own_words(monkeypatch):
    """Words added by a test are gone after it."""
    monkeypatch.setattr(states, "_WORDS", states.registered())


class Phase(models.TextChoices):
    OPEN = "open", "Đang nhận hồ sơ"
    SCORED = "scored", "Đã khóa điểm"


def test_a_subject_may_have_its_own_word_for_a_state():
    states.register({"round.open": State("Đang nhận hồ sơ", "active", "ring")})

    assert states.find("open", "round").word == "Đang nhận hồ sơ"
    assert states.find("open", "sheet").word == "Đang mở"


def test_choices_bring_their_own_words():
    states.register_choices("round", Phase, {"scored": ("good", "lock")})

    assert states.find(Phase.SCORED, "round") == State("Đã khóa điểm", "good", "lock")
    assert states.find("open", "round") == State("Đang nhận hồ sơ", "active", "ring")


def test_a_choice_that_nobody_gave_a_look_is_refused():
    with pytest.raises(states.UnknownState):
        states.register_choices("round", Phase, {})


def test_a_second_meaning_is_refused_and_the_same_again_is_not():
    states.register({"open": states.find("open")})

    with pytest.raises(ValueError, match="already means 'Đang mở'"):
        states.register({"open": State("Mở", "good", "check")})


def test_a_state_without_a_word_is_told_at_once():
    with pytest.raises(states.UnknownState, match="register"):
        states.find("frozen", "round")


def test_every_sign_draws_something_and_has_a_character():
    assert [name for name, sign in SIGNS.items() if not (sign.strokes or sign.solid) or len(sign.mark) != 1] == []

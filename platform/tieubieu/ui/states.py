"""The fixed set of state words: each with one tone and one sign, the same in list, detail, document and e-mail.

A room registers its own words once, in its AppConfig's `ready`, from the labels its states already have:

    states.register_choices("sheet", SheetState, {"draft": ("active", "pen"), "locked": ("good", "lock")})

A key is `subject.state`, or the bare state when the word is the same for every subject.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models.enums import Choices

from tieubieu.ui.signs import SIGNS

Tone = Literal["quiet", "active", "good", "warn", "wrong", "decided"]


@dataclass(frozen=True)
class State:
    """A word, its tone (colour) and its sign."""

    word: str
    tone: Tone
    sign: str

    @property
    def mark(self) -> str:
        """The sign as one character, for e-mail and documents."""
        return SIGNS[self.sign].mark


class UnknownState(LookupError):
    """A page shows a state that nobody gave a word."""


_WORDS: dict[str, State] = {}


def register(words: Mapping[str, State]) -> None:
    """Add words. The same word again changes nothing; a second meaning for a key raises `ValueError`."""
    for key, state in words.items():
        if state.sign not in SIGNS:
            raise ValueError(f"{key}: no sign is called {state.sign!r}")
        if _WORDS.setdefault(key, state) != state:
            raise ValueError(f"{key} already means {_WORDS[key].word!r}")


def register_choices(subject: str, choices: type[Choices], looks: Mapping[str, tuple[Tone, str]]) -> None:
    """Add the words of a TextChoices under `subject`; `looks` gives each value its tone and sign.

    A value without a look of its own takes the look of the bare word; `UnknownState` when there is none.
    """
    register({f"{subject}.{member.value}": _dressed(member, looks) for member in choices})


def _dressed(member: Any, looks: Mapping[str, tuple[Tone, str]]) -> State:
    if member.value in looks:
        return State(str(member.label), *looks[member.value])
    bare = find(member.value)
    return State(str(member.label), bare.tone, bare.sign)


def find(value: object, subject: str = "") -> State:
    """The word for `value`, of `subject` if it has its own; `UnknownState` when nobody registered one."""
    bare = str(getattr(value, "value", value))
    for key in (f"{subject}.{bare}", bare):
        if key in _WORDS:
            return _WORDS[key]
    raise UnknownState(f"{subject or 'state'} {bare!r} has no word; register it with tieubieu.ui.states.register")


def registered() -> dict[str, State]:
    """A copy of the whole set, for pages that explain the signs and for tests."""
    return dict(_WORDS)


register(
    {
        # a piece of work on its way
        "draft": State("Đang soạn", "quiet", "pen"),
        "open": State("Đang mở", "active", "ring"),
        "closed": State("Đã đóng", "quiet", "dot"),
        "submitted": State("Đã gửi", "active", "arrow"),
        "supplement": State("Chờ bổ sung", "warn", "clock"),
        "accepted": State("Hợp lệ", "good", "check"),
        "refused": State("Không hợp lệ", "wrong", "cross"),
        "withdrawn": State("Đã rút", "quiet", "minus"),
        "merged": State("Đã ghép bộ", "quiet", "join"),
        "cancelled": State("Đã hủy", "quiet", "cross"),
        # decisions
        "decided": State("Đã quyết định", "decided", "seal"),
        "published": State("Đã công bố", "good", "check"),
        "locked": State("Đã khóa", "good", "lock"),
        "passed": State("Đạt", "good", "check"),
        "not_passed": State("Không đạt", "quiet", "cross"),
        "selected": State("Được chọn", "decided", "seal"),
        "not_selected": State("Không được chọn", "quiet", "minus"),
        # long work
        "waiting": State("Đang chờ", "quiet", "clock"),
        "running": State("Đang chạy", "active", "half"),
        "done": State("Đã xong", "good", "check"),
        "partly": State("Xong một phần", "warn", "half"),
        "failed": State("Không xong", "wrong", "warn"),
        # where what was typed now is
        "saved_here": State("Đã lưu ở máy này", "warn", "device"),
        "saved_there": State("Đã lưu ở máy chủ", "good", "server"),
        # papers
        "valid": State("Còn hiệu lực", "good", "check"),
        "expired": State("Hết hiệu lực", "quiet", "clock"),
        "suspended": State("Tạm đình chỉ", "warn", "pause"),
        "revoked": State("Đã thu hồi", "wrong", "cross"),
        "unknown": State("Không có trong sổ", "wrong", "question"),
        "matching": State("Khớp", "good", "check"),
        "mismatch": State("Không khớp", "wrong", "warn"),
        # people
        "recused": State("Không tham gia chấm", "quiet", "minus"),
        "absent": State("Vắng mặt", "quiet", "ring"),
    }
)

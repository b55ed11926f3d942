"""The house's signs: strokes in a 16 × 16 square that take the colour of the text, each with a plain character."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sign:
    """`strokes` is drawn as a line, `solid` is filled, `mark` stands for it where nothing can be drawn."""

    mark: str
    strokes: str = ""
    solid: str = ""


_CIRCLE = "M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z"
_TRIANGLE = "M8 2.2 14.6 13.6H1.4z"

SIGNS: dict[str, Sign] = {
    "arrow": Sign("→", "M2.5 8h10M8.5 3.8 12.7 8l-4.2 4.2"),
    "back": Sign("←", "M13.5 8h-10M7.5 3.8 3.3 8l4.2 4.2"),
    "check": Sign("✓", "M2.8 8.6 6.3 12l7-8"),
    "clock": Sign("◷", f"{_CIRCLE}M8 4.8V8l2.3 1.6"),
    "cross": Sign("✕", "M3.5 3.5l9 9M12.5 3.5l-9 9"),
    "device": Sign("▯", "M4.5 1.8h7v12.4h-7zM7 12h2"),
    "dot": Sign("●", solid=_CIRCLE),
    "down": Sign("↓", "M8 2.5v10M3.8 8.5 8 12.7l4.2-4.2"),
    "half": Sign("◐", _CIRCLE, "M8 2.5a5.5 5.5 0 0 0 0 11z"),
    "join": Sign("⋈", "M2.5 3.5h4.2v4.2H2.5zM9.3 8.3h4.2v4.2H9.3zM6.7 5.6h4.7v2.7M9.3 10.4H4.6V7.7"),
    "lock": Sign("■", "M5 7V5a3 3 0 0 1 6 0v2", "M3 7h10v7H3z"),
    "menu": Sign("≡", "M2.5 4h11M2.5 8h11M2.5 12h11"),
    "minus": Sign("–", "M3 8h10"),
    "note": Sign("i", f"{_CIRCLE}M8 7.3v3.6M8 5v.3"),
    "pause": Sign("‖", "M5.5 3.5v9M10.5 3.5v9"),
    "pen": Sign("✎", "M3 13l.6-2.8L10.9 2.9l2.2 2.2L5.8 12.4z"),
    "question": Sign("?", "M5.2 5.6a2.8 2.8 0 1 1 4.1 2.6C8.4 8.7 8 9.2 8 10.2M8 12.8v.3"),
    "ring": Sign("○", _CIRCLE),
    "seal": Sign("▣", "M2.5 2.5h11v11h-11z", "M5.3 5.3h5.4v5.4H5.3z"),
    "server": Sign("▤", "M2.5 2.8h11v4.2h-11zM2.5 9h11v4.2h-11zM5 4.9h.3M5 11.1h.3"),
    "warn": Sign("!", f"{_TRIANGLE}M8 6.4v3.4M8 11.7v.3"),
}

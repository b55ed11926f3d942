"""Vietnamese text: one spelling, one order, one way to search, and names without tricks.

Everything here is computed in Python and stored, because a database without ICU knows no Vietnamese collation
and one with ICU may change it. Nothing here imports Django.
"""

import re
import unicodedata

# The order of dictionaries: thanh ngang, huyền, hỏi, ngã, sắc, nặng.
TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
LEVEL_TONE = "1"
# ă â ê ô ơ ư đ are letters of their own, right after the letter they look like.
LETTER_MARKS = {("a", "\u0306"): "1", ("a", "\u0302"): "2", ("e", "\u0302"): "1"}
LETTER_MARKS |= {("o", "\u0302"): "1", ("o", "\u031b"): "2", ("u", "\u031b"): "1"}
TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
KEY_GROWTH = 4

INVISIBLE = {
    "Cc": "ký tự điều khiển (xuống dòng, tab…)",
    "Cf": "ký tự ẩn hoặc ký tự đổi chiều chữ",
    "Cs": "mã chữ bị hỏng",
    "Co": "ký tự thuộc bảng mã riêng",
    "Cn": "mã không phải là chữ",
    "Zl": "ký tự ngắt dòng",
    "Zp": "ký tự ngắt đoạn",
}
# Hangul fillers and the braille blank count as letters yet draw nothing.
BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")
MOST_MARKS = 2


class UnsafeText(ValueError):
    """A name holds characters that hide or disguise text, or is empty; `str()` says so in Vietnamese."""


def nfc(text: str) -> str:
    """The text in Unicode NFC, the only form the house stores."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The text as search compares it: lower case, no diacritics, đ as d, single spaces, never longer than its NFC."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return nfc(" ".join(bare.replace("đ", "d").split()))


def sort_key(text: str) -> str:
    """ASCII text whose byte order is the order of a Vietnamese dictionary.

    Syllable by syllable: first the letters (a ă â b c d đ e ê …), then the tone, so that all of "ba …" stands
    before "bà …". Digits count as numbers and stand before letters; case, punctuation and spacing do not count.
    At most four characters for each character of the NFC text, so a column four times as wide is wide enough.
    """
    tokens = TOKEN.findall(nfc(text).lower())
    key = " ".join(_number_key(token) if token[0] in "0123456789" else _syllable_key(token) for token in tokens)
    return key[: KEY_GROWTH * len(nfc(text))]


def person_sort_key(full_name: str) -> str:
    """The `sort_key` of a person as Vietnamese lists order people: given name first, then family and middle name."""
    *before, given = full_name.split() or [""]
    return sort_key(" ".join([given, *before]))


def clean_name(text: str) -> str:
    """The name in NFC with single spaces; raises `UnsafeText` rather than dropping what does not belong in it.

    Refused are control, zero-width and bidirectional characters, blanks dressed as letters, and piled-up marks:
    two names that look alike must be alike.
    """
    name = " ".join(_spaces_made_plain(nfc(text)).split(" ")).strip()
    name = re.sub(" {2,}", " ", name)
    if not name:
        raise UnsafeText("Tên không được để trống.")
    for place, char in enumerate(name, 1):
        _refuse_invisible(char, place)
    _refuse_piled_marks(name)
    return name


def slugify_vn(text: str) -> str:
    """Lower-case ASCII words joined by hyphens, for addresses: `Đắk Lắk` gives `dak-lak`."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(text)))


def short_words(text: str, most: int) -> str:
    """The text cut between words to at most `most` characters, with an ellipsis when something was cut."""
    text = " ".join(nfc(text).split())
    if len(text) <= most:
        return text
    head = text[: max(most - 1, 0)]
    if " " in head and not text[len(head)].isspace():
        head = head.rsplit(" ", 1)[0]
    return head.rstrip() + "…"


def _number_key(digits: str) -> str:
    number = digits.lstrip("0") or "0"
    return f"{min(len(number), 99):02}{number}"


def _syllable_key(word: str) -> str:
    letters: list[str] = []
    tones = ""
    for char in word:
        base, *marks = list(unicodedata.normalize("NFD", char))
        tones += "".join(TONES[m] for m in marks if m in TONES)
        letters.append(_letter_key(base, marks))
    return "".join(letters) + (tones or LEVEL_TONE)


def _letter_key(base: str, marks: list[str]) -> str:
    if base == "đ":
        return "d1"
    if "a" <= base <= "z":
        return base + next((LETTER_MARKS[base, m] for m in marks if (base, m) in LETTER_MARKS), "0")
    return f"~{ord(base):05x}"  # another script: after z, in the order of its code points


def _spaces_made_plain(text: str) -> str:
    return "".join(" " if unicodedata.category(char) == "Zs" else char for char in text)


def _refuse_invisible(char: str, place: int) -> None:
    category = unicodedata.category(char)
    if category in INVISIBLE or char in BLANKS or _is_selector(char):
        reason = INVISIBLE.get(category, "ký tự không nhìn thấy")
        raise UnsafeText(f"Tên có {reason} ở vị trí {place} (mã U+{ord(char):04X}); xin xóa rồi gõ lại.")


def _is_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _refuse_piled_marks(name: str) -> None:
    run = 0
    for place, char in enumerate(name, 1):
        run = run + 1 if unicodedata.category(char).startswith("M") else 0
        if run > MOST_MARKS or (run and place == 1):
            raise UnsafeText(f"Tên có dấu chồng bất thường ở vị trí {place}; xin xóa rồi gõ lại.")

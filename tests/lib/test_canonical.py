"""The canonical form: same meaning, same bytes; no meaning, no bytes."""

import hashlib
import json
import unicodedata
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieubieu.lib.canonical import DEEPEST, NotCanonical, canonical_json, digest

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
KEYS = TEXT.map(lambda key: unicodedata.normalize("NFC", key))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


class Colour(StrEnum):
    RED = "đỏ"


class Size(IntEnum):
    BIG = 3


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({}, "{}"),
        ([], "[]"),
        ("", '""'),
        (None, "null"),
        ([True, False, None, 0, -12], "[true,false,null,0,-12]"),
        ({"b": 1, "a": {"d": (1, 2), "c": "x"}}, '{"a":{"c":"x","d":[1,2]},"b":1}'),
        ({"Z": 1, "a": 2, "Đ": 3, "1": 4}, '{"1":4,"Z":1,"a":2,"Đ":3}'),
        ('"\\/\n\x01é€😀', '"\\"\\\\/\\n\\u0001é€😀"'),
        (2**70, str(2**70)),
        (Colour.RED, '"đỏ"'),
        (Size.BIG, "3"),
        ("e\u0301", '"\u00e9"'),
        ({"Đa\u0306\u0301k": "La\u0306\u0301k"}, '{"Đ\u1eafk":"L\u1eafk"}'),
    ],
)
def test_the_form(value, written):
    assert canonical_json(value) == written.encode("utf-8")


def test_the_digest_can_be_computed_by_anybody_with_sha256():
    # printf '%s' '{"a":"é"}' | sha256sum
    assert digest({"a": "e\u0301"}) == "sha256:" + hashlib.sha256(b'{"a":"\xc3\xa9"}').hexdigest()
    assert digest({}) == "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (1.0, "type float"),
        (float("nan"), "type float"),
        ([{"a": [0.5]}], "type float"),
        (Decimal("1"), "type Decimal"),
        (date(2026, 11, 23), "type date"),
        (UUID(int=0), "type UUID"),
        (b"x", "type bytes"),
        ({1, 2}, "type set"),
        ({1: "a"}, "key of type int"),
        ({None: "a"}, "key of type NoneType"),
        ("\ud800", "surrogates not allowed"),
        ({"\udfff": 1}, "surrogates not allowed"),
        ({"\u00e9": 1, "e\u0301": 2}, "two keys are the same after NFC: 'é'"),
        (10**5000, "not writable as JSON"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isprintable() else "",
)
def test_what_has_no_canonical_form(value, why):
    with pytest.raises(NotCanonical, match=why):
        canonical_json(value)


def nested(levels, kind):
    value = "x"
    for _ in range(levels):
        value = [value] if kind is list else {"k": value}
    return value


@pytest.mark.parametrize("kind", [list, dict])
def test_nesting_has_a_bottom(kind):
    assert canonical_json(nested(DEEPEST, kind))
    with pytest.raises(NotCanonical, match="deeper than 100 levels"):
        canonical_json(nested(DEEPEST + 1, kind))


def test_a_value_that_holds_itself_is_refused():
    endless = {}
    endless["again"] = [endless]
    with pytest.raises(NotCanonical, match="deeper"):
        canonical_json(endless)


@given(VALUES)
def test_reading_it_back_gives_the_same_form(value):
    written = canonical_json(value)

    assert canonical_json(json.loads(written)) == written
    assert unicodedata.is_normalized("NFC", written.decode())


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_the_order_of_keys_and_the_normal_form_do_not_matter(value):
    turned = {unicodedata.normalize("NFD", key): value[key] for key in reversed(value)}

    assert canonical_json(turned) == canonical_json(value)

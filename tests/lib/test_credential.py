"""The signed words of a certificate's QR code."""

import base64
import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieubieu.lib import credential
from tieubieu.lib.credential import Credential, CredentialRefused, Reason

PAIR = credential.new_key()
NEIGHBOUR = credential.new_key()
KEYS = {"daklak-1": PAIR.public, "khanhhoa-1": NEIGHBOUR.public}
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
WORD = "Đường "


def words(**changes: object) -> Credential:
    facts: dict[str, object] = {
        "issuer": "daklak",
        "number": "07/2026/GCN-UBND",
        "subject": "Bộ ấm chén gốm men lam",
        "holder": "Hợp tác xã Gốm Yang Tao",
        "decision": "2184/QĐ-UBND",
        "issued_on": date(2026, 11, 5),
        "valid_until": date(2029, 12, 31),
        "certificate_id": "0b8a3f6e-9f52-4a55-8f0b-3d1c52a0e9aa",
        "kid": "daklak-1",
    }
    return Credential(**{**facts, **changes})  # type: ignore[arg-type]


def refusal(token: str, keys: dict[str, str] = KEYS) -> Reason:
    with pytest.raises(CredentialRefused) as caught:
        credential.verify(token, keys)
    return caught.value.reason


def raw(token: str) -> bytes:
    return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))


def spelled(body: bytes) -> str:
    return base64.urlsafe_b64encode(body).rstrip(b"=").decode()


def test_what_was_signed_is_what_is_read() -> None:
    token = credential.issue(words(), PAIR.private)

    assert credential.verify(token, KEYS) == words()
    assert credential.issue(words(), PAIR.private) == token


def test_text_is_signed_in_one_spelling() -> None:
    decomposed = words(subject="Bo\u0323\u0302 a\u0302\u0301m che\u0301n go\u0302\u0301m men lam")

    assert credential.issue(decomposed, PAIR.private) == credential.issue(words(), PAIR.private)


def test_long_names_are_shortened_yet_still_exact() -> None:
    subject, holder = (WORD * 40).strip(), (WORD * 33).strip()

    token = credential.issue(words(subject=subject, holder=holder), PAIR.private)
    read = credential.verify(token, KEYS)

    assert len(token) <= 320
    assert read.subject.endswith("…")
    assert subject.startswith(read.subject.rstrip("…"))
    assert read.names(subject, holder)
    assert not read.names(subject + " giả", holder)
    assert not read.names(holder, subject)


def test_a_short_name_leaves_its_room_to_the_long_one() -> None:
    read = credential.verify(credential.issue(words(subject=WORD * 40, holder="Ba Na"), PAIR.private), KEYS)

    assert read.holder == "Ba Na"
    assert len(read.subject.encode()) > 80


def test_whole_names_are_compared_letter_by_letter() -> None:
    read = credential.verify(credential.issue(words(), PAIR.private), KEYS)

    assert read.names("Bộ ấm chén gốm men lam", "Hợp tác xã Gốm Yang Tao")
    assert not read.names("Bộ ấm chén gốm men Lam", "Hợp tác xã Gốm Yang Tao")


@given(st.text(max_size=250), st.text(max_size=250), st.text(max_size=60), st.text(max_size=60))
def test_a_token_stays_short_enough_to_print(subject: str, holder: str, number: str, decision: str) -> None:
    long = words(subject=subject, holder=holder, number=number[:55], decision=decision[:55])

    read = credential.verify(credential.issue(long, PAIR.private), KEYS)

    assert read.names(subject, holder)


@given(st.integers(0, 319), st.sampled_from(ALPHABET))
def test_no_single_character_can_be_changed(place: int, char: str) -> None:
    token = credential.issue(words(), PAIR.private)
    place %= len(token)
    changed = token[:place] + char + token[place + 1 :]

    if changed == token:
        assert credential.verify(changed, KEYS) == words()
    else:
        assert refusal(changed) in Reason


def test_every_bit_of_every_byte_counts() -> None:
    whole = raw(credential.issue(words(), PAIR.private))

    for place in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[place // 8] ^= 1 << place % 8
        refusal(spelled(bytes(changed)))


def test_two_thousand_blind_changes_are_all_refused() -> None:
    token = credential.issue(words(), PAIR.private)
    dice = random.Random(7)

    for _ in range(2000):
        at = dice.randrange(len(token))
        grown = token[:at] + dice.choice(ALPHABET) + token[at:]
        changed = dice.choice([token[:at] + token[at + 1 :], grown, token[:at]])
        if changed != token:
            refusal(changed)


@pytest.mark.parametrize("extra", ["=", "==", " ", "\n", ".", "é", "\x00"])
def test_a_token_has_one_spelling(extra: str) -> None:
    token = credential.issue(words(), PAIR.private)

    assert refusal(token + extra) == Reason.MALFORMED
    assert refusal(extra + token) == Reason.MALFORMED


def test_the_loose_bits_of_the_last_character_are_not_forgiven() -> None:
    token = next(
        token
        for n in range(3)
        if len(token := credential.issue(words(number="7" * (n + 1)), PAIR.private)) % 4 in (2, 3)
    )
    twin = token[:-1] + ALPHABET[ALPHABET.index(token[-1]) ^ 1]

    assert raw(twin) == raw(token)
    assert refusal(twin) == Reason.MALFORMED


@pytest.mark.parametrize("token", ["", "A", "xin-chao", "AAAA", "A" * 400, "đ" * 90])
def test_what_is_no_token_is_malformed(token: str) -> None:
    assert refusal(token) in (Reason.MALFORMED, Reason.UNKNOWN_VERSION)


def test_a_version_of_the_future_is_named_so() -> None:
    body = b"\x02" + raw(credential.issue(words(), PAIR.private))[1:]

    assert refusal(spelled(body)) == Reason.UNKNOWN_VERSION


def test_a_key_that_was_not_published_proves_nothing() -> None:
    token = credential.issue(words(), PAIR.private)

    assert refusal(token, {}) == Reason.UNKNOWN_KEY
    assert refusal(token, {"daklak-1": "không phải khóa"}) == Reason.UNKNOWN_KEY


def test_another_key_under_the_same_name_is_a_bad_signature() -> None:
    assert refusal(credential.issue(words(), NEIGHBOUR.private)) == Reason.BAD_SIGNATURE


def test_a_province_cannot_sign_for_its_neighbour() -> None:
    with pytest.raises(ValueError, match="does not speak for"):
        credential.issue(words(kid="khanhhoa-1"), NEIGHBOUR.private)

    own = words(issuer="khanhhoa", kid="khanhhoa-1")
    assert credential.verify(credential.issue(own, NEIGHBOUR.private), KEYS).issuer == "khanhhoa"


def test_a_signature_for_another_purpose_is_not_a_certificate() -> None:
    body = raw(credential.issue(words(), PAIR.private))[:-64]

    assert refusal(spelled(body + PAIR.private.sign(body))) == Reason.BAD_SIGNATURE


def test_a_new_key_leaves_the_old_papers_valid() -> None:
    old = credential.issue(words(), PAIR.private)
    fresh = credential.new_key()
    keys = {**KEYS, "daklak-2": fresh.public}

    assert credential.verify(old, keys) == words()
    new = words(kid="daklak-2")
    assert credential.verify(credential.issue(new, fresh.private), keys) == new


def test_a_slug_with_a_hyphen_is_still_one_issuer() -> None:
    pair = credential.new_key()
    said = words(issuer="thua-thien-hue", kid="thua-thien-hue-3")

    assert credential.verify(credential.issue(said, pair.private), {said.kid: pair.public}) == said


def test_a_sealed_key_opens_with_its_secret_only() -> None:
    sealed = credential.seal_private(PAIR.private, "bí mật một")

    for opened in (credential.open_private(sealed, "bí mật một"), credential.open_private(sealed, "mới", "bí mật một")):
        assert credential.issue(words(), opened) == credential.issue(words(), PAIR.private)
    with pytest.raises(credential.KeyUnreadable):
        credential.open_private(sealed, "bí mật hai")


def test_a_number_that_cannot_be_written_is_refused_before_signing() -> None:
    with pytest.raises(ValueError, match="too long"):
        credential.issue(words(number="9" * 256), PAIR.private)

"""The public host: the nation's register for anyone, and what a scanned code means."""

import base64
from datetime import timedelta
from uuid import uuid4

import pytest
from browsers import at
from django.utils import timezone

from apps.catalogue.models import IssuerKey, RegisteredCertificate
from apps.catalogue.services import register_certificate, register_key
from tieubieu.binding import PUBLIC, bound
from tieubieu.errors import DomainError
from tieubieu.lib import credential

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def in_public(db):
    with bound(PUBLIC):
        yield


def line(number=1, **changes):
    """A registered certificate as its tenant's message carries it."""
    told = {
        "id": str(uuid4()),
        "issuer": "daklak",
        "issuer_name": "Tỉnh Đắk Lắk",
        "province_code": "66",
        "number": f"{number:02d}/2026/GCN-DLK",
        "level": "province",
        "year": 2026,
        "product_name": "Cà phê bột Ea Tu",
        "holder_name": "Hợp tác xã Ea Tu",
        "holder_address": "Buôn Ea Tu",
        "group": "2",
        "decision": "2150/QĐ-UBND",
        "issued_on": TODAY.isoformat(),
        "valid_until": (TODAY + timedelta(days=700)).isoformat(),
        "state": "valid",
        "is_demo": False,
        "version": 1,
    } | changes
    register_certificate(told)
    return RegisteredCertificate.objects.get(pk=told["id"])


@pytest.fixture
def pair():
    pair = credential.new_key()
    register_key(issuer="daklak", kid="daklak-1", public=pair.public)
    return pair


def token(row, pair, **changes):
    """The code on the certificate of this line, as its issuer signs it."""
    told = {
        "issuer": row.issuer,
        "number": row.number,
        "subject": row.product_name,
        "holder": row.holder_name,
        "decision": row.decision,
        "issued_on": row.issued_on,
        "valid_until": row.valid_until,
        "certificate_id": str(row.pk),
        "kid": "daklak-1",
    } | changes
    return credential.issue(credential.Credential(**told), pair.private)


@pytest.mark.parametrize("words", ["ca phe", "CÀ PHÊ", "phê bột cà", "ea tu", "cà phê  bột"])
def test_search_forgives_diacritics_case_and_order(words):
    line(1)
    line(2, product_name="Chè Thái Nguyên")

    page = at("").get("/", {"tim": words}).content.decode()

    assert "Cà phê bột Ea Tu" in page
    assert "Chè Thái Nguyên" not in page


@pytest.mark.parametrize("words", ["đá", "da"])
def test_d_with_a_stroke_is_found_both_ways(words):
    line(1, product_name="Tranh đá quý")

    assert "Tranh đá quý" in at("").get("/", {"tim": words}).content.decode()


@pytest.mark.parametrize("words", ["%", "_", "\\", "'; drop table", "x" * 9000, "😀"])
def test_search_takes_any_words_and_finds_nothing_by_accident(words):
    line(1)

    answer = at("").get("/", {"tim": words})

    assert answer.status_code == 200
    assert "Không tìm thấy sản phẩm nào" in answer.content.decode()


@pytest.mark.parametrize("address", ["/?tim=%00", "/xac-minh/?so=%00", "/xac-minh/%00/", "/api/v1/verify/%00/"])
def test_an_address_with_a_nul_is_a_bad_request(address):
    assert at("").get(address).status_code == 400


def test_the_register_has_pages_and_the_words_go_along():
    for number in range(1, 36):
        line(number)

    first = at("").get("/", {"tim": "ca phe"}).content.decode()
    second = at("").get("/", {"tim": "ca phe", "trang": "2"}).content.decode()

    assert (first.count("GCN-DLK"), second.count("GCN-DLK")) == (30, 5)
    assert "trang=2" in first
    assert "tim=ca" in first


@pytest.mark.parametrize("page", ["khong", "0", "-1", "99", "9" * 40])
def test_any_page_number_shows_a_page(page):
    line(1)

    assert "Cà phê bột" in at("").get("/", {"trang": page}).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_asks_the_same_questions_for_one_line_as_for_three(count, django_assert_num_queries):
    for number in range(count):
        line(number)
    client = at("")

    with django_assert_num_queries(2):
        client.get("/")


def test_a_scanned_code_tells_what_it_certifies(pair):
    row = line()

    page = at("").get(f"/xac-minh/{token(row, pair)}/")

    words = page.content.decode()
    assert page.status_code == 200
    assert [
        w for w in ("Cà phê bột Ea Tu", "Hợp tác xã Ea Tu", "01/2026/GCN-DLK", "2150/QĐ-UBND") if w not in words
    ] == []
    assert "Còn hiệu lực" in words


def test_a_code_works_with_and_without_the_last_slash(pair):
    code = token(line(), pair)

    assert at("").get(f"/xac-minh/{code}").status_code == 200


@pytest.mark.parametrize(
    ("changes", "state", "label"),
    [
        ({"valid_until": (TODAY - timedelta(days=1)).isoformat()}, "expired", "Hết hiệu lực"),
        ({"valid_until": TODAY.isoformat()}, "valid", "Còn hiệu lực"),
        ({"state": "suspended"}, "suspended", "Tạm đình chỉ"),
        ({"state": "revoked"}, "revoked", "Đã thu hồi"),
        ({"state": "replaced"}, "replaced", "Đã được thay thế"),
    ],
)
def test_the_state_told_is_todays(pair, changes, state, label):
    code = token(line(**changes), pair)

    page = at("").get(f"/xac-minh/{code}/")
    told = at("").get(f"/api/v1/verify/{code}/")

    assert page.status_code == told.status_code == 200
    assert label in page.content.decode()
    assert (told.json()["state"], told.json()["label"]) == (state, label)


def test_demo_data_says_so(pair):
    code = token(line(is_demo=True), pair)

    assert "không có giá trị thật" in at("").get(f"/xac-minh/{code}/").content.decode()
    assert at("").get(f"/api/v1/verify/{code}/").json()["is_demo"] is True


def altered(code):
    raw = bytearray(base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)))
    raw[30] ^= 1
    return base64.urlsafe_b64encode(bytes(raw)).decode().rstrip("=")


@pytest.mark.parametrize("kind", ["altered", "another key", "unknown key", "not registered", "cut", "rubbish", "id"])
def test_what_cannot_be_verified_is_told_and_nothing_else(pair, kind):
    row = line()
    good = token(row, pair)
    code = {
        "altered": lambda: altered(good),
        "another key": lambda: token(row, credential.new_key()),
        "unknown key": lambda: token(row, pair, kid="daklak-9"),
        "not registered": lambda: token(row, pair, certificate_id=str(uuid4())),
        "cut": lambda: good[:-5],
        "rubbish": lambda: "ối-trời-ơi",
        "id": lambda: str(row.pk),
    }[kind]()

    page, told = at("").get(f"/xac-minh/{code}/"), at("").get(f"/api/v1/verify/{code}/")

    assert (page.status_code, told.status_code) == (404, 404)
    assert set(told.json()) == {"state", "label", "reason"}
    assert told.json()["state"] == "unknown"
    assert "Không xác minh được" in page.content.decode()
    assert "Hợp tác xã Ea Tu" not in page.content.decode() + told.content.decode()


def test_a_key_of_one_issuer_verifies_nothing_for_another(pair):
    """Khánh Hòa signs well, but may not sign what Đắk Lắk issued."""
    other = credential.new_key()
    register_key(issuer="khanhhoa", kid="khanhhoa-1", public=other.public)
    row = line()

    with pytest.raises((credential.CredentialRefused, ValueError)):
        credential.verify(token(row, other, kid="khanhhoa-1"), {"khanhhoa-1": other.public})
    with pytest.raises(DomainError):
        register_key(issuer="khanhhoa", kid="daklak-2", public=other.public)


def test_the_number_on_the_paper_finds_it_and_half_a_number_does_not():
    line()

    whole = at("").get("/xac-minh/", {"so": " 01/2026/GCN-DLK "}).content.decode()
    half = at("").get("/xac-minh/", {"so": "01/2026"}).content.decode()

    assert "Cà phê bột Ea Tu" in whole
    assert "Không có giấy chứng nhận nào mang số này" in half
    assert "Cà phê bột Ea Tu" not in half


def test_programs_verify_only_by_code():
    """No list and no number: whoever has no code learns nothing here."""
    row = line()

    answers = [
        at("").get(f"/api/v1/{path}") for path in ("verify/", f"verify/{row.pk}/", "certificates/", "", "rounds/")
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert not [a for a in answers if "Cà phê" in a.content.decode()]
    unknown = at("").get("/api/v1/certificates/")
    assert unknown.headers["content-type"] == "application/problem+json"


def test_published_keys_verify_a_code_without_us(pair):
    row = line()

    told = at("").get("/api/v1/keys/").json()

    assert told["algorithm"] == "Ed25519"
    keys = {key["kid"]: key["public"] for key in told["keys"]}
    assert credential.verify(token(row, pair), keys).number == row.number
    assert set(told["keys"][0]) == {"issuer", "kid", "public"}
    assert IssuerKey.objects.count() == 1


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("path", ["/api/v1/keys/", "/api/v1/verify/x/"])
def test_programs_only_read_here(method, path):
    client = at("")
    client.handler.enforce_csrf_checks = True

    answer = getattr(client, method)(path)

    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("cookie", ["x" * 32, "", "a" * 3000])
@pytest.mark.parametrize("path", ["/", "/xac-minh/", "/xac-minh/x/", "/api/v1/keys/", "/khong-co/"])
def test_a_session_cookie_from_elsewhere_is_nobody_on_the_public_host(cookie, path):
    client = at("")
    client.cookies["sessionid"] = cookie

    assert client.get(path).status_code in (200, 404)


def test_a_page_for_everyone_sets_no_cookie():
    line()

    assert not at("").get("/").cookies


def test_a_late_message_does_not_undo_a_newer_one():
    row = line(state="revoked", version=3)
    told = {f.name: getattr(row, f.name) for f in row._meta.fields if f.name != "product_folded"}

    register_certificate({**told, "state": "valid", "version": 2})

    row.refresh_from_db()
    assert row.state == "revoked"

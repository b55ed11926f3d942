"""From a host name to a tenant: what is answered, in which words, and with what bound."""

import json
from datetime import date
from uuid import uuid4

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import ProgrammingError, connection, transaction
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from stage import person

from apps.accounts.models import Person
from apps.facilities.models import Facility
from apps.recognition.models import Certificate
from apps.recognition.pages.certificates import share_link
from tenants.directory import directory
from tenants.gateways import as_owner, inside
from tenants.middleware import TenantMiddleware
from tenants.models import Tenant, TenantState
from tenants.provisioning.services import add_domain
from tieubieu.binding import PUBLIC, NoTenantBound, bound, current, current_or_none

FORGED = "0" * 32
NO_SUCH_PAGE = "Không có trang hoặc hồ sơ nào ở địa chỉ này."
UNREADABLE = "Yêu cầu gửi tới chưa đúng dạng nên không đọc được."
TECHNICAL = ("Traceback", "DisallowedHost", "ALLOWED_HOSTS", "Exception", "django.")


@pytest.fixture(autouse=True)
def unremembered(canaries, db):
    """Every test asks the register anew."""
    directory.forget()
    yield
    directory.forget()


def get(path="/", host="daklak.localhost", client=None, **meta):
    return (client or Client()).get(path, HTTP_HOST=host, **meta)


def asked(view, host="daklak.localhost", path="/", **meta):
    return TenantMiddleware(view)(RequestFactory().get(path, HTTP_HOST=host, **meta))


def told(response) -> str:
    text = response.content.decode()
    assert not [word for word in TECHNICAL if word in text]
    return text


def set_tenant(**values) -> None:
    with as_owner():
        Tenant.objects.filter(slug="daklak").update(**values)
    directory.forget()


def place(request) -> HttpResponse:
    tenant = request.tenant
    return HttpResponse(f"{current().schema} {tenant.slug if tenant else '-'}")


# --- Hosts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    ["daklak.localhost", "daklak.localhost:8000", "daklak.localhost.", "daklak.localhost.:8000",
     "DAKLAK.LOCALHOST", "DakLak.LocalHost.:443"],
)  # fmt: skip
def test_a_tenant_is_found_however_its_host_is_written(host):
    assert asked(place, host).content == b"daklak daklak"


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "LOCALHOST.", "localhost.:80"])
def test_the_bare_host_is_the_public_one(host):
    assert asked(place, host).content == b"public -"


@pytest.mark.parametrize("path", ["/", "/tai-khoan/dang-nhap/", "/xac-minh/", "/khong-co/"])
@pytest.mark.parametrize(
    "host",
    ["khong-co.localhost", "www.localhost", "www.daklak.localhost", "daklak.khanhhoa.localhost", "public.localhost",
     "daklak-.localhost", "daklak..localhost", "..localhost",
     "127.0.0.1", "127.0.0.1:8000", "[::1]:8000", "10.0.0.7", "xau.example", "daklak.localhost.xau.example",
     "xn--klk-jeb0770b", "daklak.localhost..", "a" * 5000],
)  # fmt: skip
def test_an_unknown_host_gets_the_page_of_what_does_not_exist(host, path):
    response = get(path, host)

    assert response.status_code == 404
    assert NO_SUCH_PAGE in told(response)


@pytest.mark.parametrize("path", ["/", "/api/v1/rounds/", "/xac-minh/"])
@pytest.mark.parametrize(
    "host",
    ["", " ", "daklak.localhost@xau.example", "daklak.localhost/", "daklak.localhost:80:80",
     "daklak.localhost, khanhhoa.localhost", "đắklắk.localhost", "daklak.localhost\x00", "*", "%",
     "tb_template.localhost", "daklak.localhost'--", "http://daklak.localhost"],
)  # fmt: skip
def test_what_is_no_host_name_is_a_bad_request(host, path):
    response = get(path, host)

    assert response.status_code == 400
    if path.startswith("/api/"):
        assert response["Content-Type"] == "application/problem+json"
        assert json.loads(response.content)["status"] == 400
    else:
        assert UNREADABLE in told(response)


def test_a_request_without_a_host_is_for_nobody():
    response = Client().get("/", SERVER_NAME="10.0.0.7")

    assert response.status_code == 404
    assert NO_SUCH_PAGE in told(response)


def test_no_view_runs_for_a_host_that_nobody_has():
    """The middleware is the only judge of hosts: whatever it lets through was found in the register."""
    assert asked(pytest.fail, "xau.example", "/api/").status_code == 404


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_HOST", "HTTP_X_ORIGINAL_HOST"])
def test_only_the_host_header_names_the_tenant(header):
    assert asked(place, "daklak.localhost", **{header: "khanhhoa.localhost"}).content == b"daklak daklak"
    assert asked(place, "localhost", **{header: "host=khanhhoa.localhost"}).content == b"public -"


def test_a_domain_of_its_own_leads_to_the_tenant():
    assert get("/", "binhchon.daklak.example").status_code == 404

    add_domain("daklak", "binhchon.daklak.example")
    directory.forget()

    assert asked(place, "BinhChon.daklak.example:443").content == b"daklak daklak"
    assert get("/", "binhchon.daklak.example").status_code == 200


def test_a_form_sent_at_a_domain_of_its_own_is_heard_and_one_sent_from_another_site_is_not():
    add_domain("daklak", "binhchon.daklak.example")
    directory.forget()
    client = Client(enforce_csrf_checks=True)
    client.get("/tai-khoan/dang-nhap/", HTTP_HOST="binhchon.daklak.example")
    sent = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value, "username": "ai", "password": "sai"}

    own, other = (
        client.post("/tai-khoan/dang-nhap/", sent, HTTP_HOST="binhchon.daklak.example", HTTP_ORIGIN=origin)
        for origin in ("http://binhchon.daklak.example", "http://daklak.localhost")
    )

    assert (own.status_code, other.status_code) == (200, 403)


# --- Tenants that cannot be served -------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/ky-binh-chon/", "/khong-co/"])
def test_a_suspended_tenant_says_so(path):
    set_tenant(state=TenantState.SUSPENDED)

    response = get(path)

    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "tạm ngừng" in told(response)


def test_a_tenant_whose_schema_is_behind_is_being_upgraded():
    set_tenant(schema_state="cu")

    response = get()

    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "nâng cấp" in told(response)


def test_a_tenant_that_is_being_built_does_not_exist_yet():
    set_tenant(state=TenantState.BUILDING)

    assert get().status_code == 404


@pytest.mark.parametrize(
    ("values", "words"), [({"state": "suspended"}, "tạm ngừng"), ({"schema_state": "cu"}, "nâng cấp")]
)
def test_a_program_is_told_in_its_own_form(values, words):
    set_tenant(**values)

    response = get("/api/v1/rounds/")

    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    assert words in json.loads(response.content)["errors"][0]["detail"]


def test_a_program_at_an_unknown_host_is_told_in_its_own_form():
    response = get("/api/v1/rounds/", "khong-co.localhost")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_no_view_runs_for_a_tenant_that_cannot_be_served():
    set_tenant(state=TenantState.SUSPENDED)

    assert asked(pytest.fail, path="/api/").status_code == 503


def test_its_neighbour_is_served_meanwhile():
    set_tenant(state=TenantState.SUSPENDED)

    assert asked(place, "khanhhoa.localhost").status_code == 200


# --- The binding around an answer --------------------------------------------------------------------


def names():
    return Facility.objects.filter(tax_code__startswith="CANARY").values_list("name", flat=True)


def test_nothing_stays_bound_after_an_answer():
    asked(place)

    assert current_or_none() is None


def test_nothing_stays_bound_after_a_view_broke():
    def broken(request):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        asked(broken)

    assert current_or_none() is None


def test_a_streamed_answer_reads_its_own_tenant_and_leaves_the_reader_unbound(canaries):
    here, there = canaries
    responses = [
        asked(lambda _: StreamingHttpResponse(one for _ in "abc" for one in names()[:1]), f"{scope.slug}.localhost")
        for scope in canaries
    ]

    for parts in zip(*(response.streaming_content for response in responses), strict=True):
        assert parts == (here.schema.encode(), there.schema.encode())
        assert current_or_none() is None


def test_a_stream_that_nobody_reads_to_the_end_is_closed_inside_its_tenant(canaries):
    closed = []

    def parts():
        try:
            yield from names()
        finally:
            closed.append(names().first())

    response = asked(lambda _: StreamingHttpResponse(parts()))
    next(iter(response.streaming_content))
    response.close()

    assert closed == ["daklak"]


def test_a_stream_without_the_middlewares_care_is_refused():
    """The control: the parts are indeed made after the binding has been left."""
    with bound(directory.tenant_at("daklak.localhost").scope):
        response = StreamingHttpResponse(one for _ in "abc" for one in names())

    with pytest.raises(NoTenantBound):
        list(response.streaming_content)


def test_a_file_is_sent_as_it_is(tmp_path):
    path = tmp_path / "mau.txt"
    path.write_bytes(b"noi dung")

    response = asked(lambda _: FileResponse(path.open("rb")))

    assert b"".join(response.streaming_content) == b"noi dung"
    response.close()


# --- People and links --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", "/xac-minh/", "/xac-minh/?so=1", "/xac-minh/abc/", "/api/v1/keys/", "/khong-co/"]
)
@pytest.mark.parametrize("cookies", [{}, {"sessionid": FORGED, "csrftoken": FORGED, "messages": "x"}])
def test_the_public_host_serves_anybody_whatever_cookie_they_bring(path, cookies):
    client = Client()
    client.cookies.load(cookies)

    assert get(path, "localhost", client).status_code in (200, 404)


def test_the_public_host_sees_no_session_cookie(settings):
    seen = []

    def look(request):
        seen.append(dict(request.COOKIES))
        return HttpResponse()

    asked(look, "localhost", HTTP_COOKIE=f"sessionid={FORGED}; a=1")

    assert seen == [{"a": "1"}]


def test_there_is_no_session_to_look_up_in_public():
    """The control: with the cookie left in, the first page that asks who is there would be a 500."""
    with bound(PUBLIC), pytest.raises(ProgrammingError), transaction.atomic():
        SessionStore(FORGED).load()


def signed_in(slug: str, pk=None) -> Client:
    client = Client()
    with inside(slug):
        someone = person("nguoi-dung", name=f"Người của {slug}")
        if pk:
            Person.objects.filter(pk=someone.pk).update(id=pk)
            someone.pk = pk
        client.force_login(someone, "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_session_opens_no_door_next_door():
    pk = uuid4()
    client = signed_in("daklak", pk)
    signed_in("khanhhoa", pk)

    own, foreign = get("/", "daklak.localhost", client), get("/co-so/", "khanhhoa.localhost", client)

    assert "Người của daklak" in own.content.decode()
    assert foreign.status_code == 302
    assert foreign["Location"].startswith("/tai-khoan/dang-nhap/")


def test_the_same_account_name_next_door_is_another_person():
    client = signed_in("daklak")
    with inside("khanhhoa"):
        person("nguoi-dung", name="Người khác")

    assert "Người khác" not in get("/", "daklak.localhost", client).content.decode()


def certificate(pk) -> Certificate:
    return Certificate.objects.create(
        pk=pk, number="01/2026", level="province", year=2026, product_name="Cà phê", holder_name="HTX",
        document_id=uuid4(), holder_address="Buôn Thử", issued_on=date(2026, 8, 3), valid_until=date(2029, 12, 31),
    )  # fmt: skip


def test_a_signed_link_opens_at_home_and_is_the_common_404_next_door(monkeypatch):
    monkeypatch.setattr("apps.recognition.pages.certificates.open_document", lambda pk: current().schema.encode())
    pk = uuid4()
    with inside("khanhhoa"):
        certificate(pk)
    with inside("daklak"):
        path = f"/chung-nhan/lien-ket/{share_link(certificate(pk))}.pdf"

    home, foreign, made_up = get(path), get(path, "khanhhoa.localhost"), get("/chung-nhan/lien-ket/x.pdf")

    assert (home.status_code, home.content) == (200, b"daklak")
    assert foreign.status_code == made_up.status_code == 404
    assert NO_SUCH_PAGE in told(foreign)
    assert told(foreign).count("data-message") == told(made_up).count("data-message") == 1


def test_one_page_costs_one_look_at_the_register_for_half_a_minute(django_assert_num_queries):
    asked(place)

    with django_assert_num_queries(0, connection=connection):
        asked(place)
        asked(place, "DAKLAK.localhost:99")

"""The nation's inbox: what arrived, whether it recomputes, and taking it in."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from browsers import at
from exports import LIVE_NAME, sheets
from stage import person

from apps.accounts.models import Role
from apps.nominations.models import InboxPacket, Nominee
from tenants.gateways import inside
from tieubieu.audit.models import Event

GOOD, OTHER = "sha256:" + "a" * 64, "sha256:" + "b" * 64
LINE = {"entry": "THU-2026-001", "field": "total_exact", "declared": "95", "recomputed": "80"}
ADDRESSES = ["/de-cu/", "/de-cu/{}/"]


@pytest.fixture
def in_national(national):
    with inside(national):
        yield national


def arrived(nominees=1, *, recomputed=GOOD, mismatches=(), sender="daklak"):
    packet = InboxPacket.objects.create(
        sender=sender,
        sender_name="Tỉnh Đắk Lắk",
        province_code="66",
        target_level="region",
        digest="sha256:" + "c" * 64,
        storage_name="packets/received/c.zip",
        declared_digest=GOOD,
        recomputed_digest=recomputed,
        mismatches=list(mismatches),
    )
    Nominee.objects.bulk_create(
        [
            Nominee(
                packet=packet,
                entry_id=uuid4(),
                product_name=f"Sản phẩm {number}",
                holder_name="Hợp tác xã",
                tax_code="0100233488",
                group="2",
                certificate_number=f"0{number}/2026/GCN-THU",
                valid_until=datetime(2028, 12, 31, tzinfo=UTC).date(),
                total="80",
            )
            for number in range(nominees)
        ]
    )
    return packet


@pytest.fixture
def officer(in_national):
    return person("chuyen-vien", Role.OFFICER)


def test_the_inbox_lists_every_packet_and_adds_up(officer):
    arrived(2)
    arrived(3, recomputed=OTHER, sender="khanhhoa")

    page = at("quocgia", officer).get("/de-cu/").content.decode()

    assert page.count("Tỉnh Đắk Lắk") == 2
    assert '<td class="num">5</td>' in page


def test_an_empty_inbox_teaches(officer):
    assert "Chưa có gói đề cử nào" in at("quocgia", officer).get("/de-cu/").content.decode()


def test_a_matching_packet_is_taken_in_once(officer):
    packet = arrived()
    client = at("quocgia", officer)
    assert "Tiếp nhận gói đề cử" in client.get(f"/de-cu/{packet.pk}/").content.decode()

    done = client.post(f"/de-cu/{packet.pk}/tiep-nhan/", follow=True).content.decode()
    again = client.post(f"/de-cu/{packet.pk}/tiep-nhan/", follow=True)

    packet.refresh_from_db()
    assert packet.state == "accepted"
    assert "Đã tiếp nhận gói đề cử." in done
    assert "Tiếp nhận gói đề cử này?" not in done
    assert again.status_code == 200
    assert Event.objects.filter(tag="nominations.packet.accepted").count() == 1


def test_every_line_that_does_not_recompute_is_shown_and_the_packet_cannot_be_taken_in(officer):
    packet = arrived(recomputed=OTHER, mismatches=[LINE, {**LINE, "entry": "THU-2026-002", "field": "rank"}])
    client = at("quocgia", officer)

    page = client.get(f"/de-cu/{packet.pk}/").content.decode()
    refused = client.post(f"/de-cu/{packet.pk}/tiep-nhan/", follow=True).content.decode()

    table = page.split("Chỗ lệch giữa công bố và tính lại")[1].split("</table>")[0]
    assert table.count("<tr>") == 3
    assert [word for word in ("THU-2026-001", "THU-2026-002", "95", "80") if word not in table] == []
    assert GOOD in page
    assert OTHER in page
    assert "Tiếp nhận gói đề cử này?" not in page
    assert "Kết quả tính lại không khớp" in refused
    packet.refresh_from_db()
    assert packet.state == "received"


def test_a_digest_that_differs_without_a_line_is_a_mismatch_too(officer):
    packet = arrived(recomputed=OTHER)

    page = at("quocgia", officer).get(f"/de-cu/{packet.pk}/").content.decode()

    assert "Tiếp nhận gói đề cử này?" not in page


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR])
def test_whoever_may_only_look_sees_the_packet_and_takes_nothing_in(in_national, role):
    packet = arrived()
    looker = at("quocgia", person("xem", role))

    page = looker.get(f"/de-cu/{packet.pk}/")
    refused = looker.post(f"/de-cu/{packet.pk}/tiep-nhan/")

    assert page.status_code == 200
    assert "Tiếp nhận gói đề cử này?" not in page.content.decode()
    assert refused.status_code == 403
    packet.refresh_from_db()
    assert packet.state == "received"


def test_a_stranger_finds_nothing_here(in_national):
    packet = arrived()
    stranger = at("quocgia", person("la-mat"))

    answers = [stranger.get(path.format(packet.pk)) for path in ADDRESSES]
    answers += [stranger.get(f"/de-cu/{uuid4()}/"), stranger.post(f"/de-cu/{packet.pk}/tiep-nhan/")]

    assert {answer.status_code for answer in answers} == {404}
    assert {answer.content for answer in answers} == {stranger.get("/khong-co/").content}


def test_a_province_has_no_inbox_not_even_for_its_officers(in_national, daklak):
    packet = arrived()
    with inside(daklak):
        officer = at("daklak", person("chuyen-vien", Role.OFFICER))

    answers = [officer.get(path.format(packet.pk)) for path in ADDRESSES]

    assert {answer.status_code for answer in answers} == {404}
    assert "Hộp nhận đề cử" not in officer.get("/").content.decode()


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_asks_who_is_there(in_national, path):
    address = path.format(arrived().pk)

    answer = at("quocgia").get(address)

    assert (answer.status_code, answer.headers["location"]) == (302, f"/tai-khoan/dang-nhap/?next={address}")


def test_taking_in_is_a_post(officer):
    assert at("quocgia", officer).get(f"/de-cu/{arrived().pk}/tiep-nhan/").status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_asks_the_same_questions_for_one_packet_as_for_three(officer, count, django_assert_num_queries):
    for _ in range(count):
        arrived(count)
    client = at("quocgia", officer)

    client.get("/khong-co/")
    with django_assert_num_queries(5):
        client.get("/de-cu/")


@pytest.mark.parametrize("count", [1, 3])
def test_a_packet_asks_the_same_questions_for_one_nominee_as_for_three(officer, count, django_assert_num_queries):
    packet = arrived(count)
    client = at("quocgia", officer)

    client.get("/khong-co/")
    with django_assert_num_queries(6):
        client.get(f"/de-cu/{packet.pk}/")


def test_the_inbox_is_exported_with_its_nominees_and_a_province_has_none(officer, daklak):
    arrived(2)
    Nominee.objects.filter(product_name="Sản phẩm 1").update(product_name=LIVE_NAME)

    told = sheets(at("quocgia", officer).get("/de-cu/de-cu-da-nhan.xlsx"))

    assert [line[:4] for line in told["Gói đề cử"][1:]] == [["Tỉnh Đắk Lắk", "Mới nhận", "Khớp", 2.0]]
    assert {line[1] for line in told["Sản phẩm được đề cử"][1:]} == {"Sản phẩm 0", LIVE_NAME}
    with inside(daklak):
        theirs = person("chuyen-vien", Role.OFFICER)
    assert at("daklak", theirs).get("/de-cu/de-cu-da-nhan.xlsx").status_code == 404
    assert at("quocgia", None).get("/de-cu/de-cu-da-nhan.xlsx").status_code == 302

import json
import zipfile
from datetime import date
from io import BytesIO

import pytest
from stage import decided, filed

from apps.nominations.models import InboxPacket, Packet
from apps.nominations.packet import PacketRefused, compare, seal, unseal
from apps.nominations.services import Letter, accept_packet, acknowledge, nominate, packet_bytes, receive
from apps.nominations.states import PacketState
from apps.recognition.making import make_certificate
from apps.recognition.models import Certificate
from apps.recognition.services import issue_certificates
from apps.rounds.models import Level
from tenants.gateways import inside
from tieubieu.errors import DomainError, WrongState
from workers.nominations import deliver

LETTER = Letter("99/UBND-CN", date(2026, 9, 1))


def with_certificates(entries=2):
    stage = decided(entries)
    job = issue_certificates(stage.round.pk, actor=stage.officer)
    for certificate in Certificate.objects.all():
        make_certificate(certificate.pk, job_id=job)
    return stage


def sealed(entries=2):
    stage = with_certificates(entries)
    packet = nominate(
        stage.round.pk,
        [e.pk for e in stage.entries],
        target="quocgia",
        target_level=Level.REGION,
        letter=LETTER,
        actor=stage.officer,
    )
    return stage, packet


def reworked(data, change):
    """The packet with its content changed and its digest left to be computed anew by whoever forges."""
    opened = unseal(data)
    content = json.loads(json.dumps(opened.content))
    change(content)
    return seal({k: v for k, v in content.items() if k not in ("files", "format")}, opened.files)[0]


def test_a_packet_arrives_whole_and_recomputes(in_daklak, national):
    _, packet = sealed()

    deliver(packet_id=str(packet.pk))

    packet.refresh_from_db()
    assert packet.state == PacketState.DELIVERED
    with inside("quocgia"):
        arrived = InboxPacket.objects.get()
        assert (arrived.pk, arrived.digest, arrived.sender) == (packet.pk, packet.digest, "daklak")
        assert arrived.matches
        assert [n.product_name for n in arrived.nominees.order_by("product_name")] == ["Sản phẩm 0", "Sản phẩm 1"]


def test_a_packet_delivered_twice_is_there_once(in_daklak, national):
    _, packet = sealed()

    for _ in range(2):
        deliver(packet_id=str(packet.pk))

    with inside("quocgia"):
        assert InboxPacket.objects.count() == 1
        assert InboxPacket.objects.get().nominees.count() == 2


def test_a_delivery_that_dies_half_way_is_completed(in_daklak, national):
    _, packet = sealed()
    with inside("quocgia"):
        receive(packet.pk, _bytes_of("daklak", packet.pk), sender="daklak", sender_name="Đắk Lắk", province_code="66")

    deliver(packet_id=str(packet.pk))

    packet.refresh_from_db()
    assert packet.state == PacketState.DELIVERED
    with inside("quocgia"):
        assert InboxPacket.objects.count() == 1


def _bytes_of(slug, packet_id):
    with inside(slug):
        return packet_bytes(Packet.objects.get(pk=packet_id))


def test_a_better_mark_slipped_into_a_packet_is_shown_line_by_line(in_daklak, national):
    _, packet = sealed()

    def raise_a_total(content):
        content["snapshot"]["results"][0]["total_exact"] = "95"

    forged = reworked(packet_bytes(packet), raise_a_total)

    with inside("quocgia"):
        arrived = receive(packet.pk, forged, sender="daklak", sender_name="Đắk Lắk", province_code="66")
        assert not arrived.matches
        assert arrived.mismatches == [
            {"entry": "THU-2026-001", "field": "total_exact", "declared": "95", "recomputed": "80"}
        ]


def test_a_changed_sheet_changes_the_recomputed_digest(in_daklak):
    _, packet = sealed()

    def raise_a_mark(content):
        content["snapshot"]["entries"][0]["sheets"][0]["scores"]["C1"] = "40"

    opened = unseal(reworked(packet_bytes(packet), raise_a_mark))

    recomputed, lines = compare(opened)
    assert recomputed != opened.content["snapshot"]["digest"]
    assert {line["field"] for line in lines} >= {"total_exact"}


def test_a_mismatching_packet_is_not_taken_in(in_daklak, national):
    _, packet = sealed()
    forged = reworked(packet_bytes(packet), lambda c: c["snapshot"]["results"][0].update(rank=9))
    with inside("quocgia"):
        receive(packet.pk, forged, sender="daklak", sender_name="Đắk Lắk", province_code="66")

        with pytest.raises(DomainError, match="không khớp"):
            accept_packet(packet.pk, actor=None)


@pytest.mark.parametrize(
    "break_it",
    [
        lambda data: b"khong phai goi",
        lambda data: data[: len(data) // 2],
        lambda data: _with_extra_file(data),  # noqa: PLW0108 - defined below
        lambda data: _with_altered_file(data),  # noqa: PLW0108 - defined below
        lambda data: b"",
    ],
)
def test_broken_bytes_are_refused_with_words(in_daklak, break_it):
    _, packet = sealed()

    with pytest.raises(PacketRefused):
        unseal(break_it(packet_bytes(packet)))


def _with_extra_file(data):
    out = BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("them.txt", b"them")
    return out.getvalue()


def _with_altered_file(data):
    opened = unseal(data)
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"%PDF-gia" if name in opened.files else old.read(name))
    return out.getvalue()


def test_sealing_the_same_content_gives_the_same_bytes():
    content, files = {"a": "một"}, {"b.pdf": b"%PDF"}

    assert seal(content, files) == seal(dict(reversed(content.items())), dict(files))


def test_only_what_has_a_certificate_is_nominated(in_daklak):
    stage = decided(2)
    issue_certificates(stage.round.pk, actor=stage.officer)

    with pytest.raises(DomainError, match="Chưa có giấy chứng nhận còn hiệu lực cho: THU-2026-001"):
        nominate(
            stage.round.pk,
            [stage.entries[0].pk],
            target="quocgia",
            target_level=Level.REGION,
            letter=LETTER,
            actor=stage.officer,
        )
    assert not Packet.objects.exists()


def test_a_round_seals_one_packet(in_daklak):
    stage, _ = sealed()

    with pytest.raises(DomainError, match="thứ hai"):
        nominate(
            stage.round.pk,
            [e.pk for e in stage.entries],
            target="quocgia",
            target_level=Level.REGION,
            letter=LETTER,
            actor=stage.officer,
        )


def test_nothing_is_nominated_before_the_decision(in_daklak):
    stage = filed()

    with pytest.raises(WrongState):
        nominate(
            stage.round.pk,
            [stage.entries[0].pk],
            target="quocgia",
            target_level=Level.REGION,
            letter=LETTER,
            actor=stage.officer,
        )


def test_an_acknowledgement_of_something_else_is_refused(in_daklak):
    _, packet = sealed()

    with pytest.raises(DomainError, match="gói khác"):
        acknowledge(packet.pk, digest="sha256:0")

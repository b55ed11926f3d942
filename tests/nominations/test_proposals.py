"""Within the province: recognised products of a commune go up, or the commune writes without a round of its own."""

import re
from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from browsers import at
from communes import COMMUNE, decided_commune, local_officer
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from exports import LIVE_NAME, sheets, words_of
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from stage import facility, opened, person, scoring, send

from apps.accounts.models import Role
from apps.dossiers.models import Entry, Paper, Slot
from apps.dossiers.services import draft_entry
from apps.facilities.models import FacilityAgent
from apps.facilities.services import add_product
from apps.nominations.making import list_words, make_proposal_list
from apps.nominations.models import Proposal, ProposedEntry
from apps.nominations.services import bring_up, drop_from_proposal, propose, send_proposal
from apps.recognition.making import make_certificate
from apps.recognition.models import Certificate
from apps.recognition.services import issue_certificates
from apps.rounds.models import Round
from tenants.gateways import inside
from tieubieu.documents.models import Document
from tieubieu.errors import DomainError, WrongState
from tieubieu.notices.models import Audience, Notice

pytestmark = pytest.mark.usefixtures("in_daklak")


@pytest.fixture
def province():
    stage = opened()
    stage.refreshed()
    return stage


def recognised(entries=1):
    """The commune's decided round with its certificates made."""
    stage = decided_commune(entries)
    job = issue_certificates(stage.round.pk, actor=stage.officer)
    for certificate in Certificate.objects.all():
        make_certificate(certificate.pk, job_id=job)
    return stage


def local_entry(province, number=3, commune=COMMUNE, *, submit=True):
    maker = facility(number, actor=province.officer)
    maker.commune_code = commune
    maker.phone = "0262 3 800 100"
    maker.save()
    product = add_product(maker, name=f"Cà phê {number}", group="2", description="Cà phê rang xay")
    entry = draft_entry(province.round.pk, products=[product], name=product.name, actor=province.officer)
    return send(entry, actor=province.officer) if submit else entry


def test_a_recognised_product_goes_up_with_its_number_dossier_and_papers_and_the_facility_is_told(province):
    commune = recognised()
    lower = commune.entries[0]
    lower.dossier.description = {"mo_ta": "Sản phẩm dùng trong kiểm thử"}
    lower.dossier.save()
    Paper.objects.create(entry=lower, slot=Slot.PHOTO_FRONT, file_id=uuid4(), position=1, added_by=commune.officer)
    owner = person("chu-co-so")
    FacilityAgent.objects.create(facility=lower.facility, person=owner, approved_at=timezone.now())
    certificate = Certificate.objects.get()

    proposal = bring_up(province.round.pk, [certificate.pk], actor=commune.officer)
    again = bring_up(province.round.pk, [certificate.pk], actor=commune.officer)

    entry = Entry.objects.get(round=province.round)
    assert again == proposal
    assert (proposal.commune_code, proposal.source) == (COMMUNE, commune.round)
    assert (entry.state, entry.lower_certificate, entry.name) == ("draft", certificate.number, lower.name)
    assert entry.dossier.description == {"mo_ta": "Sản phẩm dùng trong kiểm thử"}
    assert list(entry.papers.values_list("slot", "file_id")) == list(lower.papers.values_list("slot", "file_id"))
    assert Notice.objects.filter(person=owner, audience=Audience.FACILITIES).count() == 1
    assert ProposedEntry.objects.get().entry == entry


@pytest.mark.parametrize("spoil", ["revoked", "unknown"])
def test_a_certificate_that_does_not_hold_takes_nobody_up(province, spoil):
    commune = recognised()
    certificate = Certificate.objects.get()
    wanted = certificate.pk
    if spoil == "revoked":
        Certificate.objects.update(state="revoked")
    else:
        wanted = uuid4()

    with pytest.raises(DomainError, match="không còn hiệu lực"):
        bring_up(province.round.pk, [wanted], actor=commune.officer)
    assert not Entry.objects.filter(round=province.round).exists()


def test_nothing_goes_up_once_the_province_marks(in_daklak):
    stage = scoring()
    entry = stage.entries[0]
    entry.facility.commune_code = COMMUNE
    entry.facility.save()

    with pytest.raises(WrongState, match="chấm điểm"):
        propose(stage.round.pk, COMMUNE, [entry.pk], actor=stage.officer)


def test_a_commune_proposes_only_dossiers_of_its_own_facilities(province):
    mine, theirs = local_entry(province, 3), local_entry(province, 4, "24133")

    with pytest.raises(DomainError, match="không phải của cơ sở trong xã"):
        propose(province.round.pk, COMMUNE, [mine.pk, theirs.pk], actor=province.officer)
    proposal = propose(province.round.pk, COMMUNE, [mine.pk], actor=province.officer)

    assert [line.entry for line in proposal.lines.all()] == [mine]


def test_a_letter_is_sent_once_and_then_stays_as_it_is(province):
    entry, later = local_entry(province, 3), local_entry(province, 4)
    proposal = propose(province.round.pk, COMMUNE, [entry.pk], actor=province.officer)

    send_proposal(proposal.pk, number="35/UBND-KT", signed_on=date(2026, 5, 4), actor=province.officer)

    with pytest.raises(WrongState, match="đã gửi"):
        drop_from_proposal(proposal.pk, entry.pk, actor=province.officer)
    with pytest.raises(WrongState, match="đã gửi"):
        send_proposal(proposal.pk, number="36", signed_on=date(2026, 5, 5), actor=province.officer)
    second = propose(province.round.pk, COMMUNE, [later.pk], actor=province.officer)
    assert second != proposal


def test_a_letter_waits_for_dossiers_that_nobody_filed(province):
    entry = local_entry(province, submit=False)
    proposal = propose(province.round.pk, COMMUNE, [entry.pk], actor=province.officer)

    with pytest.raises(DomainError, match="Cơ sở chưa gửi hồ sơ: Cà phê 3"):
        send_proposal(proposal.pk, number="35", signed_on=date(2026, 5, 4), actor=province.officer)

    send(entry, actor=province.officer)
    assert send_proposal(proposal.pk, number="35", signed_on=date(2026, 5, 4), actor=province.officer).sent_at


def test_an_empty_letter_is_not_sent(province):
    entry = local_entry(province)
    proposal = propose(province.round.pk, COMMUNE, [entry.pk], actor=province.officer)
    drop_from_proposal(proposal.pk, entry.pk, actor=province.officer)

    with pytest.raises(DomainError, match="Chưa có hồ sơ nào"):
        send_proposal(proposal.pk, number="35", signed_on=date(2026, 5, 4), actor=province.officer)
    assert Entry.objects.filter(pk=entry.pk).exists()


def test_the_summary_list_is_a_workbook_and_a_file_that_is_made_once(province):
    entry = local_entry(province)
    entry.facility.years.create(year=2025, revenue="1250.5", workers=32)
    proposal = propose(province.round.pk, COMMUNE, [entry.pk], actor=province.officer)

    words = list_words(proposal, "Xã Ea Kao")
    make_proposal_list(proposal.pk, commune="Xã Ea Kao")
    make_proposal_list(proposal.pk, commune="Xã Ea Kao")
    proposal.refresh_from_db()
    client = at("daklak", province.officer)
    book = client.get(f"/de-cu/de-nghi/{proposal.pk}/danh-sach.xlsx")
    printed = client.get(f"/de-cu/de-nghi/{proposal.pk}/danh-sach.pdf")

    assert words["lines"] == [[
        "1", "Cà phê 3", "Hợp tác xã số 3, Buôn Thử, tỉnh Đắk Lắk, 0262 3 800 100",
        "Nhóm sản phẩm chế biến nông, lâm, thủy sản và thực phẩm", "Cà phê rang xay", "1.250,5 (2025)", "32", "", "",
    ]]  # fmt: skip
    rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert rows[1][1:3] == ["Cà phê 3", "Hợp tác xã số 3, Buôn Thử, tỉnh Đắk Lắk, 0262 3 800 100"]
    assert "Cà phê 3" in PdfReader(BytesIO(printed.content)).pages[0].extract_text()
    assert Document.objects.filter(kind="proposal").count() == 1


def test_a_printed_list_is_forgotten_when_the_lines_change(province):
    entry, other = local_entry(province, 3), local_entry(province, 4)
    proposal = propose(province.round.pk, COMMUNE, [entry.pk], actor=province.officer)
    make_proposal_list(proposal.pk, commune="Xã Ea Kao")

    propose(province.round.pk, COMMUNE, [other.pk], actor=province.officer)

    proposal.refresh_from_db()
    assert proposal.document_id is None
    assert at("daklak", province.officer).get(f"/de-cu/de-nghi/{proposal.pk}/danh-sach.pdf").status_code == 404


def test_the_communes_officer_proposes_on_the_pages(province):
    entry = local_entry(province)
    client = at("daklak", local_officer())
    choose = f"/de-cu/de-nghi/ky/{province.round.code}/"

    shown = client.get(choose).content.decode()
    client.post(choose, {"entries": [str(entry.pk)]})
    proposal = Proposal.objects.get()
    bad = client.post(f"/de-cu/de-nghi/{proposal.pk}/gui/", {"number": "35/UBND-KT", "signed_on": "04/05/2099"})
    client.post(f"/de-cu/de-nghi/{proposal.pk}/gui/", {"number": "35/UBND-KT", "signed_on": "04/05/2026"})

    proposal.refresh_from_db()
    assert "Cà phê 3" in shown
    assert bad.status_code == 422
    assert "35/UBND-KT" in bad.content.decode()
    assert (proposal.state, proposal.number) == ("sent", "35/UBND-KT")
    assert client.get(f"/de-cu/de-nghi/{proposal.pk}/").status_code == 200


def test_a_recognised_product_is_chosen_on_the_page(province):
    commune = recognised()
    client = at("daklak", commune.officer)
    choose = f"/de-cu/de-nghi/ky/{province.round.code}/"
    certificate = Certificate.objects.get()

    before = client.get(choose).content.decode()
    client.post(choose, {"certificates": [str(certificate.pk)]})

    assert certificate.number in before
    assert certificate.number not in client.get(choose).content.decode()
    assert Round.objects.get(code=province.round.code).entries.get().lower_certificate == certificate.number


def test_what_was_ticked_is_kept_when_it_is_refused_and_nothing_of_it_was_done(province):
    commune = recognised()
    certificate, theirs = Certificate.objects.get(), local_entry(province, 4, "24133")
    mine, other = local_entry(province, 3), local_entry(province, 5)
    told = {"certificates": [str(certificate.pk)], "entries": [str(mine.pk), str(theirs.pk)]}

    answer = at("daklak", commune.officer).post(f"/de-cu/de-nghi/ky/{province.round.code}/", told)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "không phải của cơ sở trong xã" in page
    assert set(re.findall(r'value="([^"]+)" id="[^"]+" checked', page)) == {str(certificate.pk), str(mine.pk)}
    assert str(other.pk) in page
    assert not Proposal.objects.exists()


def test_a_round_that_takes_no_more_says_so_beside_what_was_ticked(province):
    entry = local_entry(province)
    Round.objects.filter(pk=province.round.pk).update(phase="scoring")
    client, choose = at("daklak", local_officer()), f"/de-cu/de-nghi/ky/{province.round.code}/"

    answer = client.post(choose, {"entries": [str(entry.pk)]})

    assert (answer.status_code, client.get(choose).status_code) == (409, 404)
    assert "đã sang giai đoạn chấm điểm" in answer.content.decode()
    assert f'id="e-{entry.pk}" checked' in answer.content.decode()


def test_a_commune_does_not_bring_up_what_its_neighbour_recognised(province):
    recognised()
    certificate = Certificate.objects.get()
    neighbour = at("daklak", local_officer("can-bo-xa-khac", "24133"))

    answer = neighbour.post(f"/de-cu/de-nghi/ky/{province.round.code}/", {"certificates": [str(certificate.pk)]})

    assert (answer.status_code, Proposal.objects.count()) == (422, 0)
    assert certificate.product_name not in answer.content.decode()


def test_the_provinces_officer_says_for_which_commune(province):
    local_entry(province)
    client = at("daklak", province.officer)
    choose = f"/de-cu/de-nghi/ky/{province.round.code}/"

    assert "Cà phê 3" not in client.get(choose).content.decode()
    assert "Cà phê 3" in client.get(choose, {"xa": COMMUNE}).content.decode()
    assert client.get(choose, {"xa": "khong-phai"}).status_code == 200


def test_other_communes_judges_strangers_and_the_neighbour_see_no_letter(province, khanhhoa):
    proposal = propose(province.round.pk, COMMUNE, [local_entry(province).pk], actor=province.officer)
    path = f"/de-cu/de-nghi/{proposal.pk}/"
    with inside(khanhhoa):
        neighbour = at("khanhhoa", person("chuyen-vien", Role.OFFICER))
    others = [local_officer("can-bo-xa-khac", "24133"), province.judges[0], person("la-mat")]

    assert [at("daklak", who).get(path).status_code for who in others] == [404, 404, 404]
    assert neighbour.get(path).status_code == 404
    assert at("daklak").get(path).status_code == 302
    assert at("daklak", person("kiem-tra", Role.AUDITOR)).get(path).status_code == 200
    assert at("daklak", person("lanh-dao", Role.LEADER)).post(f"{path}gui/", {"number": "1"}).status_code == 403


@pytest.mark.parametrize(("where", "budget"), [("", 13), ("list", 9)])
def test_the_pages_ask_the_same_number_of_questions_for_one_and_for_three(province, where, budget):
    proposal = propose(province.round.pk, COMMUNE, [local_entry(province, 3).pk], actor=province.officer)
    path = "/de-cu/de-nghi/" if where == "list" else f"/de-cu/de-nghi/{proposal.pk}/"
    client = at("daklak", province.officer)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    propose(
        province.round.pk, COMMUNE, [local_entry(province, 4).pk, local_entry(province, 5).pk], actor=province.officer
    )

    with CaptureQueriesContext(connection) as many:
        client.get(path)

    assert (len(one), len(many)) == (budget, budget)


def test_a_mangled_choice_is_told_not_a_crash(province):
    client = at("daklak", local_officer())

    answer = client.post(f"/de-cu/de-nghi/ky/{province.round.code}/", {"entries": ["khong-phai-ma"]}, follow=True)

    assert "Danh sách chọn gửi lên không hợp lệ" in answer.content.decode()


def test_the_nation_has_no_communes_that_propose(in_national):
    client = at("quocgia", person("chuyen-vien-bo", Role.OFFICER))

    assert client.get("/de-cu/de-nghi/").status_code == 404


def test_the_letters_are_exported(province):
    propose(province.round.pk, COMMUNE, [local_entry(province).pk], actor=province.officer)

    book = at("daklak", province.officer).get("/de-cu/de-nghi.xlsx")

    rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert rows[1][1:] == [province.round.name, "", "", 1.0, "Đang lập"]


def test_what_a_commune_may_choose_is_exported_and_the_next_communes_is_not_in_it(province):
    commune = recognised()
    Entry.objects.filter(pk=local_entry(province).pk).update(name=LIVE_NAME)
    Entry.objects.filter(pk=local_entry(province, 4, "24133").pk).update(name="Hồ sơ xã bên")
    path = f"/de-cu/de-nghi/ky/{province.round.code}/san-pham.xlsx"

    told = sheets(at("daklak", commune.officer).get(path, {"xa": "24133"}))

    assert [line[2] for line in told["Đã công nhận cấp xã"][1:]] == [Certificate.objects.get().number]
    assert [(line[0], line[3]) for line in told["Hồ sơ cơ sở đã làm"][1:]] == [(LIVE_NAME, "Đã gửi")]
    assert "Hồ sơ xã bên" in words_of(sheets(at("daklak", province.officer).get(path, {"xa": "24133"})))
    assert at("daklak", province.officer).get(path).status_code == 404
    assert at("daklak", province.judges[0]).get(path).status_code == 404

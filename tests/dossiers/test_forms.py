import pytest
from stage import DESCRIPTION, REGISTRATION, facility, opened, person, put_papers

from apps.accounts.models import Role
from apps.dossiers.fieldbook import Field, Form, Kind
from apps.dossiers.models import FormDraft, FormVersion
from apps.dossiers.queries import book_of, labelled, latest_book
from apps.dossiers.services import draft_entry, forms, submit_entry
from apps.facilities.services import add_product
from tieubieu.audit.queries import events_of
from tieubieu.errors import DomainError, WrongState

pytestmark = pytest.mark.usefixtures("in_daklak")

OWN = Field("women", Form.REGISTRATION, "business", "Số lao động nữ", Kind.WHOLE, "Ví dụ: 9.", unit="người")


@pytest.fixture
def officer():
    return person("quan-tri", Role.ADMINISTRATOR)


def drafted(stage, **answers):
    maker = facility(actor=stage.officer)
    product = add_product(maker, name="Cacao", group="2")
    return draft_entry(stage.round.pk, products=[product], name="Cacao", actor=stage.officer, **answers)


def test_a_change_waits_in_a_draft_and_is_published_with_what_changed(officer):
    forms.add_field(OWN, actor=officer)
    forms.require_field("women", True, actor=officer)
    assert "women" not in {one.code for one in latest_book()}

    form = forms.publish_form(actor=officer)

    assert (form.number, FormDraft.objects.count()) == (2, 0)
    assert latest_book().requires("women")
    (event,) = events_of(form)
    assert event.facts["changes"] == ["Số lao động nữ: Thêm ô này (bắt buộc)"]


def test_nothing_changed_is_nothing_to_publish(officer):
    with pytest.raises(WrongState, match="Chưa có thay đổi"):
        forms.publish_form(actor=officer)

    assert FormVersion.objects.count() <= 1


def test_what_the_nation_requires_stays_and_the_refusal_leaves_no_draft(officer):
    with pytest.raises(DomainError, match="bắt buộc"):
        forms.require_field("summary", False, actor=officer)

    assert not FormDraft.objects.exists()


def test_a_draft_that_was_overtaken_is_not_published(officer):
    forms.add_field(OWN, actor=officer)
    FormVersion.objects.create(number=2, fields=latest_book().as_json())

    with pytest.raises(WrongState, match="phiên bản mới"):
        forms.publish_form(actor=officer)


def test_a_draft_can_be_forgotten(officer):
    forms.add_field(OWN, actor=officer)

    forms.discard_form_draft(actor=officer)
    forms.discard_form_draft(actor=officer)

    assert "women" not in {one.code for one in forms.book_in_work()}


def test_a_dossier_keeps_the_form_it_was_begun_with(officer):
    stage = opened()
    entry = drafted(stage)

    forms.add_field(OWN, actor=officer)
    forms.require_field("women", True, actor=officer)
    forms.publish_form(actor=officer)

    assert "women" not in {one.code for one in book_of(entry.dossier)}
    assert entry.dossier.form.number == 1


def test_a_draft_is_freed_of_what_was_taken_out_and_a_filed_dossier_is_not(officer):
    forms.add_field(OWN, actor=officer)
    forms.publish_form(actor=officer)
    stage = opened()
    entry = drafted(stage, registration=REGISTRATION, description=DESCRIPTION)

    forms.remove_field("women", actor=officer)
    forms.publish_form(actor=officer)

    assert "women" not in {one.code for one in book_of(entry.dossier)}
    put_papers(entry)
    entry = submit_entry(entry.pk, is_declared=True, actor=stage.officer)
    assert "women" in {one.code for one in book_of(entry.dossier)}


def test_answers_read_with_labels_and_words_in_the_order_of_the_forms(officer):
    stage = opened()
    entry = drafted(
        stage,
        registration={"revenue.2025": "3200", "facility_name": "Hợp tác xã Cacao"},
        description={"mass_production": "yes", "Ghi chú cũ": "giữ nguyên", "summary": ""},
    )

    lines = [(line.label, line.words) for line in labelled(entry.dossier)]

    assert lines == [
        ("Tên cơ sở", "Hợp tác xã Cacao"),
        ("Địa chỉ nơi sản xuất", "Buôn Thử, tỉnh Đắk Lắk"),
        ("Mã số thuế", "0100233488"),
        ("Doanh thu của cơ sở, năm 2025", "3.200 triệu đồng"),
        ("Sản phẩm có sản xuất được hàng loạt không", "Có"),
        ("Ghi chú cũ", "giữ nguyên"),
    ]

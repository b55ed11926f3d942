"""What goes over from an earlier dossier, and what does not."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from browsers import at
from makers import merged
from portal import agent, photo
from stage import facility, person

from apps.accounts.models import Role
from apps.dossiers import holdings
from apps.dossiers.models import Dossier, Entry, Paper
from apps.dossiers.pages import home
from apps.dossiers.services import add_paper, copy_entry, remove_paper, save_answer, withdraw_entry
from apps.dossiers.services.supplements import Asked, ask_supplement
from apps.dossiers.states import EntryState
from apps.facilities.models import Facility
from apps.rounds.services import advance
from tieubieu.errors import DomainError, WrongState

pytestmark = pytest.mark.usefixtures("in_daklak")


def copied(portal, source, name="Bản chép"):
    return copy_entry(source.pk, portal.stage.round.pk, name=name, actor=portal.owner)


def answers(entry):
    dossier = Dossier.objects.get(entry=entry)
    return {**dossier.registration, **dossier.description}


def papers(entry):
    present = entry.papers.filter(removed_at__isnull=True)
    return dict(present.values_list("slot", "file_id"))


def post(portal, who, source, **told):
    return at("daklak", who).post(f"/ho-so/{source.pk}/chep/", {"ky": portal.stage.round.pk, **told})


def test_answers_photos_and_papers_go_over_and_the_source_stays_as_it_is(at_the_portal):
    source = at_the_portal.filed()
    before = Dossier.objects.get(entry=source).description

    entry = copied(at_the_portal, source)

    assert answers(entry)["summary"] == "Sản phẩm dùng trong kiểm thử"
    assert papers(entry) == papers(source), "the same stored files, not new ones"
    assert set(Paper.objects.filter(entry=entry).values_list("added_by", flat=True)) == {at_the_portal.owner.pk}
    assert (entry.state, entry.code, entry.submitted_at, entry.filings.count()) == ("draft", "", None, 0)
    assert Dossier.objects.get(entry=source).description == before
    assert Dossier.objects.get(entry=entry).typed == {}, "nobody has typed here yet"


def test_what_was_taken_out_or_only_held_does_not_go_over(at_the_portal):
    source = at_the_portal.filed()
    ask_supplement(
        source.pk, points=[Asked("field:summary", "incorrect")], text="", due_on=date.today() + timedelta(days=7),  # noqa: DTZ011
        actor=at_the_portal.stage.officer,
    )  # fmt: skip
    save_answer(source.pk, "summary", "Chưa gửi lại", base=answers(source)["summary"], actor=at_the_portal.owner)
    extra = add_paper(source.pk, "award", photo(), actor=at_the_portal.owner)
    remove_paper(extra.pk, actor=at_the_portal.owner)
    add_paper(source.pk, "quality", photo(), actor=at_the_portal.owner)

    entry = copied(at_the_portal, source)

    assert answers(entry)["summary"] == "Sản phẩm dùng trong kiểm thử"
    assert not {"award", "quality"} & set(papers(entry))


def test_what_the_register_knows_today_comes_before_what_was_written_then(at_the_portal):
    source = at_the_portal.filed()
    Facility.objects.filter(pk=at_the_portal.maker.pk).update(address="Buôn Mới, xã Ea Kar")

    assert "Buôn Mới, xã Ea Kar" in answers(copied(at_the_portal, source)).values()


def test_figures_of_years_that_are_not_asked_for_any_more_stay_behind(at_the_portal):
    source = at_the_portal.filed()
    dossier = Dossier.objects.get(entry=source)
    dossier.registration |= {"revenue.2019": "5"}
    dossier.save()

    found = answers(copied(at_the_portal, source))

    assert "revenue.2019" not in found
    assert found["revenue.2025"] == "12"


def test_what_is_no_answer_to_todays_question_stays_behind(at_the_portal):
    source = at_the_portal.filed()
    dossier = Dossier.objects.get(entry=source)
    dossier.description |= {"mass_production": "có thể", "khong_con_hoi": "x"}
    dossier.save()

    found = answers(copied(at_the_portal, source))

    assert not {"mass_production", "khong_con_hoi"} & set(found)


def with_lower_certificate(portal):
    source = portal.filed()
    dossier = Dossier.objects.get(entry=source)
    dossier.registration |= {"lower_certificate_number": "03/2024/GCN-UBND"}
    dossier.save()
    licence = source.papers.get(slot="business_licence")
    Paper.objects.create(entry=source, slot="lower_certificate", file_id=licence.file_id, added_by=portal.owner)
    return source


def the_register_says(monkeypatch, *, is_valid):
    register = SimpleNamespace(numbered=lambda number, day: SimpleNamespace(is_valid=is_valid), held_by=lambda *_: [])
    monkeypatch.setattr(holdings, "_register", register)


def test_a_lower_certificate_that_has_run_out_stays_behind(at_the_portal, monkeypatch):
    source = with_lower_certificate(at_the_portal)
    the_register_says(monkeypatch, is_valid=False)

    entry = copied(at_the_portal, source)

    assert "lower_certificate_number" not in answers(entry)
    assert "lower_certificate" not in papers(entry)
    assert "business_licence" in papers(entry)


def test_one_that_is_valid_or_that_nobody_here_knows_goes_over(at_the_portal, monkeypatch):
    source = with_lower_certificate(at_the_portal)

    unknown = copied(at_the_portal, source, "Không rõ")
    the_register_says(monkeypatch, is_valid=True)
    valid = copied(at_the_portal, source, "Còn hạn")

    for entry in (unknown, valid):
        assert answers(entry)["lower_certificate_number"] == "03/2024/GCN-UBND"
        assert "lower_certificate" in papers(entry)


def test_the_copy_takes_the_group_and_the_set_of_the_source(at_the_portal):
    source = at_the_portal.draft("Bộ khăn")
    source.items.get().product.__class__.objects.update(group="1")  # the register says otherwise

    assert copied(at_the_portal, source).group == source.group == "2"


def test_a_dossier_of_a_facility_that_was_merged_is_copied_for_the_one_that_stands_for_it(at_the_portal):
    source = at_the_portal.filed()
    survivor = facility(1, actor=at_the_portal.stage.officer)
    owner = agent(survivor, "chu-moi")
    merged(at_the_portal.maker, survivor)

    entry = copy_entry(source.pk, at_the_portal.stage.round.pk, name="", actor=owner)

    assert (entry.facility_id, entry.is_assisted) == (survivor.pk, False)
    assert {item.product.facility_id for item in entry.items.select_related("product")} == {survivor.pk}


def test_a_withdrawn_dossier_is_copied_under_its_own_name(at_the_portal):
    source = at_the_portal.filed()
    withdraw_entry(source.pk, actor=at_the_portal.owner)

    answer = post(at_the_portal, at_the_portal.owner, source)

    entry = Entry.objects.get(state=EntryState.DRAFT)
    assert (answer["Location"], entry.name) == (f"/ho-so/{entry.pk}/", source.name)


def test_a_name_that_stands_in_the_round_already_is_told(at_the_portal):
    source = at_the_portal.filed()

    with pytest.raises(WrongState, match="Cơ sở đã có hồ sơ"):
        copied(at_the_portal, source, "")

    assert Entry.objects.count() == 1


def test_nothing_is_copied_into_a_round_that_takes_none(at_the_portal):
    source = at_the_portal.filed()
    advance(at_the_portal.stage.round.pk, "close_filing", actor=at_the_portal.stage.officer)

    with pytest.raises(DomainError):
        copied(at_the_portal, source)

    assert Entry.objects.count() == 1


def test_a_copy_that_is_refused_comes_back_with_the_reason_and_the_name_to_change(at_the_portal):
    source = at_the_portal.filed("Mật ong <rừng>")

    refused = post(at_the_portal, at_the_portal.owner, source)
    page = refused.content.decode()
    mended = post(at_the_portal, at_the_portal.owner, source, ten="Mật ong vườn")

    assert refused.status_code == 409
    assert refused.context["place"].name, "whose page it is stands above a question too"
    assert "hoặc ghi tên khác nếu là sản phẩm khác" in page
    assert 'name="ten" value="Mật ong &lt;rừng&gt;"' in page
    assert f'action="/ho-so/moi/{at_the_portal.stage.round.pk}/"' in page, "the question's answer goes to its own page"
    assert mended.status_code == 302
    assert set(Entry.objects.values_list("name", flat=True)) == {"Mật ong <rừng>", "Mật ong vườn"}


def test_a_copy_into_a_round_that_takes_none_is_told_on_the_page_with_the_name_that_was_typed(at_the_portal):
    source = at_the_portal.filed()
    advance(at_the_portal.stage.round.pk, "close_filing", actor=at_the_portal.stage.officer)

    refused = post(at_the_portal, at_the_portal.owner, source, ten="Tên vừa ghi")

    assert refused.status_code == 409
    assert "Chưa ghi nhận được" in refused.content.decode()
    assert 'name="ten" value="Tên vừa ghi"' in refused.content.decode()


def test_an_official_copies_what_was_filed_or_helped_with_but_not_what_the_facility_drafts_by_itself(at_the_portal):
    officer = at_the_portal.stage.officer
    secret, filed = at_the_portal.draft("Bí mật"), at_the_portal.filed("Đã gửi")

    assert post(at_the_portal, officer, secret, ten="Bản của cán bộ").status_code == 404
    assert post(at_the_portal, officer, filed, ten="Bản của cán bộ").status_code == 302
    assert Entry.objects.get(name="Bản của cán bộ").is_assisted


def test_who_only_reads_copies_nothing(at_the_portal):
    filed = at_the_portal.filed()
    leader = person("lanh-dao", Role.LEADER)

    assert post(at_the_portal, leader, filed, ten="Bản khác").status_code == 404
    assert Entry.objects.count() == 1


def test_without_the_question_who_may_read_an_official_would_read_a_draft_by_copying_it(at_the_portal, monkeypatch):
    """A control."""
    secret = at_the_portal.draft("Bí mật")
    monkeypatch.setattr(home, "may_fill", lambda person, subject: True)

    assert post(at_the_portal, at_the_portal.stage.officer, secret, ten="Bản của cán bộ").status_code == 302

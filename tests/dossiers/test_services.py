import pytest
from stage import facility, filed, opened, scored

from apps.councils.services import convene
from apps.dossiers.models import Entry
from apps.dossiers.services import accept_entry, draft_entry, merge_entries, refuse_entry, submit_entry
from apps.dossiers.states import EntryState
from apps.facilities.models import Product
from apps.facilities.services import add_product
from apps.rounds.models import Body
from apps.rounds.services import advance
from tieubieu.errors import DomainError, WrongState

pytestmark = pytest.mark.usefixtures("in_daklak")


def test_an_entry_is_filed_with_the_time_of_the_database():
    stage = filed()

    entry = Entry.objects.get()
    assert (entry.state, entry.code) == (EntryState.SUBMITTED, "")
    assert entry.submitted_at is not None
    assert entry.dossier.description["summary"] == "Sản phẩm dùng trong kiểm thử"
    assert stage.round.entries.count() == 1


def test_nothing_is_filed_before_the_round_opens_or_after_it_closes():
    stage = opened()
    maker = facility(actor=stage.officer)
    product = add_product(maker, name="Cà phê", group="2")
    advance(stage.round.pk, "close_filing", actor=stage.officer)

    with pytest.raises(WrongState):
        draft_entry(stage.round.pk, products=[product], name="Cà phê", actor=stage.officer)

    assert Entry.objects.count() == 0


def test_accepted_entries_get_codes_without_a_gap():
    stage = filed(3)
    advance(stage.round.pk, "close_filing", actor=stage.officer)
    refuse_entry(stage.entries[1].pk, reason="Thiếu ảnh mặt bên", actor=stage.officer)

    codes = [accept_entry(stage.entries[place].pk, actor=stage.officer).code for place in (0, 2)]

    assert codes == ["THU-2026-001", "THU-2026-002"]


def test_a_refusal_says_why():
    stage = filed()
    advance(stage.round.pk, "close_filing", actor=stage.officer)

    with pytest.raises(DomainError, match="lý do"):
        refuse_entry(stage.entries[0].pk, reason="  ", actor=stage.officer)


def test_an_entry_that_is_sent_twice_is_filed_once():
    stage = filed()
    receipt = stage.entries[0].filings.get().receipt_code

    again = submit_entry(stage.entries[0].pk, is_declared=True, actor=stage.officer)

    assert again.filings.get().receipt_code == receipt


def test_an_entry_is_of_one_facility():
    stage = opened()
    products = [add_product(facility(n, actor=stage.officer), name=f"Sản phẩm {n}", group="2") for n in (0, 1)]

    with pytest.raises(DomainError, match="cùng một cơ sở"):
        draft_entry(stage.round.pk, products=products, name="Bộ", set_case="c", actor=stage.officer)


def test_merged_entries_keep_their_history_and_point_to_the_set():
    stage = scored(2)
    maker = stage.entries[0].facility
    Entry.objects.filter(pk=stage.entries[1].pk).update(facility=maker)
    Product.objects.update(facility=maker)
    members = stage.round.appointments.filter(body=Body.COUNCIL)
    convene(stage.round.pk, present=[m.pk for m in members], actor=stage.officer)

    merged = merge_entries([e.pk for e in stage.entries], name="Bộ cà phê", set_case="b", actor=stage.officer)

    assert (merged.kind, merged.code, merged.items.count()) == ("set", "THU-2026-003", 2)
    assert set(merged.members.values_list("code", "state")) == {
        ("THU-2026-001", EntryState.MERGED),
        ("THU-2026-002", EntryState.MERGED),
    }


def test_entries_of_two_facilities_are_not_merged():
    stage = scored(2)
    members = stage.round.appointments.filter(body=Body.COUNCIL)
    convene(stage.round.pk, present=[m.pk for m in members], actor=stage.officer)

    with pytest.raises(DomainError, match="cùng một cơ sở"):
        merge_entries([e.pk for e in stage.entries], name="Bộ", set_case="b", actor=stage.officer)

    assert not Entry.objects.filter(state=EntryState.MERGED).exists()

"""The chain as plain data: what is hashed, and what a walk notices."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tieubieu.audit.chain import GENESIS, Break, Link, link_hash, walk

HANOI = timezone(timedelta(hours=7))


def chain(length: int, tenant: str = "daklak") -> list[Link]:
    links, previous = [], GENESIS
    for seq in range(1, length + 1):
        link = Link(
            seq=seq, prev_hash=previous, id=f"00000000-0000-4000-8000-{seq:012}",
            happened_at=datetime(2026, 3, 2, 1, 0, seq, tzinfo=UTC), tag="rounds.round.planned",
            actor_id="7", actor_name="Nguyễn Văn Tú", subject_kind="rounds.round", subject_id="9",
            subject_name="Bình chọn năm 2026", facts={"điểm": "81.5", "n": seq},
        )  # fmt: skip
        links.append(replace(link, hash=link_hash(tenant, link)))
        previous = links[-1].hash
    return links


def test_the_hash_is_part_of_the_format_and_never_changes():
    assert chain(2)[-1].hash == "b92a5e3d551713aefb250a50e5ef1544f11a659e4e8b1c0120a22078f54b8f62"


def test_the_same_moment_and_the_same_letters_give_the_same_hash():
    [link] = chain(1)
    abroad = replace(link, happened_at=link.happened_at.astimezone(HANOI))
    decomposed = replace(link, actor_name="Nguyê\u0303n Va\u0306n Tu\u0301")

    assert {link_hash("daklak", one) for one in (link, abroad, decomposed)} == {link.hash}


@pytest.mark.parametrize("field", ["tag", "actor_id", "actor_name", "subject_kind", "subject_id", "subject_name", "id"])
def test_every_text_is_covered(field):
    [link] = chain(1)

    assert link_hash("daklak", replace(link, **{field: "khác"})) != link.hash


@pytest.mark.parametrize(
    "change", [{"seq": 2}, {"prev_hash": "f" * 64}, {"happened_at": datetime(2027, 1, 1, tzinfo=UTC)}, {"facts": {}}]
)
def test_everything_else_is_covered(change):
    [link] = chain(1)

    assert link_hash("daklak", replace(link, **change)) != link.hash


def test_an_honest_chain_is_walked_to_its_end():
    links = chain(20)

    walked = walk("daklak", links, heads=[(20, links[-1].hash), (3, links[2].hash)])

    assert (walked.seq, walked.hash, walked.broken) == (20, links[-1].hash, None)


def test_the_chain_of_another_tenant_is_not_this_one():
    assert walk("khanhhoa", chain(3)).broken == Break(1, "nội dung đã bị sửa")


def test_an_empty_chain_is_whole_unless_a_head_is_known():
    assert walk("daklak", []).broken is None
    assert walk("daklak", [], heads=[(4, "f" * 64)]).broken == Break(1, "bị cắt đuôi: đã có sự kiện số 4")


@pytest.mark.parametrize("place", range(20))
def test_a_changed_event_is_found_at_its_place(place):
    links = chain(20)
    links[place] = replace(links[place], facts={"điểm": "99"})

    assert walk("daklak", links).broken == Break(place + 1, "nội dung đã bị sửa")


@pytest.mark.parametrize("place", range(19))
def test_a_missing_event_is_found_at_its_place(place):
    links = chain(20)
    del links[place]

    assert walk("daklak", links).broken == Break(place + 1, "thiếu sự kiện")


def test_a_value_that_could_not_have_been_recorded_breaks_the_chain_instead_of_the_walk():
    links = chain(3)
    links[1] = replace(links[1], facts={"điểm": 1.5})

    assert walk("daklak", links).broken == Break(2, "nội dung đã bị sửa")


def test_every_witness_is_heard():
    links = chain(5)

    walked = walk("daklak", links, heads=[(3, "f" * 64), (3, links[2].hash)])

    assert walked.broken == Break(3, "khác với mã băm đã ghi nhận: chuỗi đã bị viết lại")

from decimal import Decimal

import pytest

from tieubieu.ui import sheets, tiles
from tieubieu.ui.parts import Figure, Reconciliation, Tile


def test_a_sheet_adds_exactly_what_is_scored():
    lines = [
        sheets.line({"code": "C1", "label": "Doanh thu", "max": "40", "value": Decimal("35.10")}),
        sheets.line({"code": "C2", "label": "Chất lượng", "max": 40, "value": "0.20"}),
        sheets.line({"code": "C3", "label": "Văn hóa", "max": 20, "value": None}),
    ]

    assert sheets.sums(lines) == sheets.Sums(total="35,3", of="100", scored=2, lines=3)
    assert [one.text for one in lines] == ["35,1", "0,2", ""]


def test_zero_is_a_score_and_nothing_is_not():
    zero = sheets.line({"code": "C1", "label": "Doanh thu", "max": 40, "value": 0})

    assert (zero.text, sheets.sums([zero]).scored) == ("0", 1)


def test_a_weighted_sheet_knows_the_most_that_can_be_reached():
    half = sheets.line({"code": "C1", "label": "Doanh thu", "max": 40, "weight": "0.5", "value": 31})

    assert (sheets.sums([half]).total, sheets.sums([half]).of, half.weight_hundredths) == ("15,5", "20", 50)


def test_thirty_four_provinces_stand_on_thirty_four_places():
    assert len(tiles.PLACES) == 34
    assert len(set(tiles.PLACES.values())) == 34


def test_both_archipelagos_are_on_the_map_and_on_nobody_else_s_place():
    drawn = tiles.place([Tile(code, code) for code in tiles.PLACES])

    assert [one.name for one in drawn.islands] == ["Quần đảo Hoàng Sa (TP Đà Nẵng)", "Quần đảo Trường Sa (Khánh Hòa)"]
    assert {(one.x, one.y) for one in drawn.islands} & {(one.x, one.y) for one in drawn.tiles} == set()


def test_a_tile_may_be_placed_by_hand():
    (drawn,) = tiles.place([{"code": "99", "name": "Tỉnh mới", "row": 2, "column": 1}]).tiles

    assert (drawn.x, drawn.y) == (64, 120)


def test_a_tile_without_a_place_is_refused():
    with pytest.raises(KeyError):
        tiles.place([Tile("99", "Tỉnh mới")])


@pytest.mark.parametrize(
    ("name", "lines"),
    [("Thái Nguyên", ("Thái", "Nguyên")), ("TP Hồ Chí Minh", ("Hồ Chí", "Minh")), ("TP Huế", ("Huế",))],
)
def test_a_name_is_broken_where_its_halves_are_even(name, lines):
    assert tiles.two_lines(name) == lines


def test_a_sum_that_does_not_add_up_is_seen():
    parts = (Figure("hợp lệ", 40), Figure("không hợp lệ", 2))

    assert Reconciliation("Đã nhận", 43, parts).is_balanced is False
    assert Reconciliation("Đã nhận", 42, parts).is_balanced is True

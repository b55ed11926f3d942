"""What is refused, and that the refusal names the place."""

import pickle
import unicodedata
from enum import StrEnum

import pytest

from apps.judging.ranking import RankingRefused, rank

HUGE = 10**5000
FIRST = "entries[0].sheets[0]"
NFD = unicodedata.normalize("NFD", "Đậu tằm")


class Missing(StrEnum):
    KEY = "missing"


def label(value):
    """A test's name for a value; an integer too long to print has none of its own."""
    return "huge" if isinstance(value, int) and value > 10**9 else ascii(value)[:40]


def put(body, path, value):
    """`body` with `value` at `path`, keys and indices one after the other."""
    *way, last = path
    for step in way:
        body = body[step]
    if value is Missing.KEY:
        del body[last]
    else:
        body[last] = value


def test_the_whole_document_is_legal(whole):
    assert len(rank(whole)["entries"]) == 2


@pytest.mark.parametrize("body", [None, [], "x", 1, 1.5, True, (), object()])
def test_a_document_must_be_an_object(body):
    with pytest.raises(RankingRefused) as caught:
        rank(body)

    assert caught.value.place == "$"


RULES = ("rules",)
CRITERION = ("rules", "criteria", 0)
AGGREGATE = ("rules", "aggregate")
ROUNDING = ("rules", "rounding")
SHEET = ("entries", 0, "sheets", 0)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("rules",), "rules"),
        (("entries",), "entries"),
        ((*RULES, "criteria"), "rules.criteria"),
        ((*RULES, "aggregate"), "rules.aggregate"),
        ((*RULES, "rounding"), "rules.rounding"),
        ((*RULES, "pass_mark"), "rules.pass_mark"),
        ((*RULES, "tie_break"), "rules.tie_break"),
        ((*CRITERION, "code"), "rules.criteria[0].code"),
        ((*CRITERION, "max"), "rules.criteria[0].max"),
        ((*CRITERION, "weight"), "rules.criteria[0].weight"),
        ((*AGGREGATE, "over"), "rules.aggregate.over"),
        ((*AGGREGATE, "method"), "rules.aggregate.method"),
        ((*ROUNDING, "stage"), "rules.rounding.stage"),
        (("entries", 1, "id"), "entries[1].id"),
        (("entries", 1, "group"), "entries[1].group"),
        (("entries", 1, "sheets"), "entries[1].sheets"),
        ((*SHEET, "judge"), f"{FIRST}.judge"),
        ((*SHEET, "status"), f"{FIRST}.status"),
        ((*SHEET, "scores"), f"{FIRST}.scores"),
    ],
)
class TestNeeded:
    def test_is_missing(self, whole, refused, path, place):
        put(whole, path, Missing.KEY)

        refusal = refused(whole)

        assert refusal.place == place
        assert refusal.message.startswith("thiếu giá trị bắt buộc")

    @pytest.mark.parametrize("value", [7, 7.5, True, object()], ids=["int", "float", "bool", "object"])
    def test_has_the_wrong_kind(self, whole, path, place, value):
        put(whole, path, value)
        with pytest.raises(RankingRefused) as caught:
            rank(whole)

        assert caught.value.place == place


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("hội đồng",), '["hội đồng"]'),
        (("digest",), "digest"),
        ((*RULES, "passmark"), "rules.passmark"),
        ((*CRITERION, "name"), "rules.criteria[0].name"),
        ((*AGGREGATE, "drop"), "rules.aggregate.drop"),
        ((*ROUNDING, "mode"), "rules.rounding.mode"),
        (("entries", 0, "name"), "entries[0].name"),
        ((*SHEET, "remark"), f"{FIRST}.remark"),
    ],
)
def test_an_unknown_name_is_refused(whole, refused, path, place):
    put(whole, path, "x")

    refusal = refused(whole)

    assert refusal.place == place
    assert refusal.message.startswith("tên này không có trong định dạng")


class TestTwice:
    @pytest.mark.parametrize("status", ["locked", "recused", "absent"])
    def test_a_judge_on_one_entry(self, whole, refused, status):
        whole["entries"][1]["sheets"].append({"judge": "J1", "status": status, "scores": {"C1": "1", "C2": "1"}})

        refusal = refused(whole)

        assert refusal.place == "entries[1].sheets[2].judge"
        assert 'giám khảo "J1" đã có phiếu cho sản phẩm này (sản phẩm "B")' in refusal.message

    def test_an_entry(self, whole, refused):
        whole["entries"][1] |= {"id": "A", "group": "G2"}

        refusal = refused(whole)

        assert refusal.place == "entries[1].id"
        assert refusal.message == 'mã "A" đã có / the id "A" occurs twice'

    def test_a_criterion(self, whole, refused):
        whole["rules"]["criteria"][1]["code"] = "C1"

        assert refused(whole).place == "rules.criteria[1].code"

    def test_a_tie_break_criterion(self, whole, refused):
        whole["rules"]["tie_break"] = ["C2", "C1", "C2"]

        assert refused(whole).place == "rules.tie_break[2]"

    def test_names_that_differ_in_normal_form_only_are_the_same_name(self, whole, refused):
        whole["entries"][0]["id"], whole["entries"][1]["id"] = "Đậu tằm", NFD

        assert refused(whole).place == "entries[1].id"

    def test_keys_that_differ_in_normal_form_only_are_the_same_key(self, whole, refused):
        whole["entries"][0]["sheets"][0]["scores"] |= {"é": "1", "e\u0301": "1"}

        refusal = refused(whole)

        assert refusal.place == f"{FIRST}.scores.é"
        assert "xuất hiện hai lần" in refusal.message


@pytest.mark.parametrize(
    ("path", "value", "place", "says"),
    [
        ((*RULES, "criteria"), [], "rules.criteria", "above zero is needed"),
        ((*CRITERION, "max"), "0", "rules.criteria[0].max", "must be above zero"),
        ((*CRITERION, "max"), "0.00", "rules.criteria[0].max", "must be above zero"),
        ((*RULES, "criteria"), {"C1": "40"}, "rules.criteria", "expected a list, not an object"),
        ((*RULES, "tie_break"), "C1", "rules.tie_break", "expected a list, not a string"),
        ((*RULES, "tie_break"), None, "rules.tie_break", "expected a list, not null"),
        ((*RULES, "tie_break"), ["C1", "C9"], "rules.tie_break[1]", "know no criterion"),
        ((*RULES, "tie_break"), [None], "rules.tie_break[0]", "expected a string, not null"),
        ((*RULES, "aggregate"), [], "rules.aggregate", "expected an object, not a list"),
        ((*AGGREGATE, "over"), "judge", "rules.aggregate.over", '"judge" is not one of sheet, criterion'),
        ((*AGGREGATE, "over"), "Sheet", "rules.aggregate.over", "is not one of"),
        ((*AGGREGATE, "method"), "mode", "rules.aggregate.method", "is not one of mean, median, trimmed_mean"),
        ((*AGGREGATE, "method"), "", "rules.aggregate.method", '"" is not one of'),
        ((*AGGREGATE, "method"), ["mean"], "rules.aggregate.method", "expected one of mean"),
        ((*AGGREGATE, "drop_low"), -1, "rules.aggregate.drop_low", "from 0 to 1000"),
        ((*AGGREGATE, "drop_low"), 1001, "rules.aggregate.drop_low", "from 0 to 1000"),
        ((*AGGREGATE, "drop_high"), HUGE, "rules.aggregate.drop_high", "from 0 to 1000"),
        ((*AGGREGATE, "drop_high"), "1", "rules.aggregate.drop_high", "expected an integer, not a string"),
        ((*AGGREGATE, "drop_high"), 1.0, "rules.aggregate.drop_high", "expected an integer, not a number"),
        ((*AGGREGATE, "drop_high"), True, "rules.aggregate.drop_high", "expected an integer, not a boolean"),
        ((*AGGREGATE, "drop_high"), None, "rules.aggregate.drop_high", "expected an integer, not null"),
        ((*ROUNDING, "digits"), -1, "rules.rounding.digits", "from 0 to 20"),
        ((*ROUNDING, "digits"), 21, "rules.rounding.digits", "from 0 to 20"),
        ((*ROUNDING, "digits"), False, "rules.rounding.digits", "expected an integer, not a boolean"),
        ((*ROUNDING, "stage"), "sheet", "rules.rounding.stage", "is not one of none, criterion, total"),
        ((*RULES, "pass_mark"), "-70", "rules.pass_mark", "below zero"),
        (("entries",), {}, "entries", "expected a list, not an object"),
        (("entries", 1), None, "entries[1]", "expected an object, not null"),
        (("entries", 1, "id"), "", "entries[1].id", '"" is empty'),
        (("entries", 1, "id"), "   ", "entries[1].id", "is empty or padded"),
        (("entries", 1, "id"), "A ", "entries[1].id", '"A " is empty or padded'),
        (("entries", 1, "id"), "\u00a0A", "entries[1].id", '"\\u00a0A" is empty or padded'),
        (("entries", 1, "id"), "x" * 201, "entries[1].id", "longer than 200 characters"),
        (("entries", 1, "id"), "a\x00b", "entries[1].id", '"a\\u0000b" holds a control'),
        (("entries", 1, "id"), "a\x1b[31mb", "entries[1].id", '"a\\u001b[31mb" holds a control'),
        (("entries", 1, "id"), "a\u200bb", "entries[1].id", '"a\\u200bb" holds a control or invisible'),
        (("entries", 1, "id"), "a\u202eb", "entries[1].id", '"a\\u202eb" holds a control or invisible'),
        (("entries", 1, "id"), "a\u2028b", "entries[1].id", "holds a control or invisible"),
        (("entries", 1, "id"), "a\u2029b", "entries[1].id", "holds a control or invisible"),
        (("entries", 1, "id"), "a\ud800b", "entries[1].id", '"a\\ud800b" holds a control'),
        (("entries", 1, "group"), None, "entries[1].group", 'not null (entry "B")'),
        (("entries", 1, "sheets"), None, "entries[1].sheets", "expected a list, not null"),
        ((*SHEET, "status"), "draft", f"{FIRST}.status", '"draft" is not one of locked, recused, absent'),
        ((*SHEET, "scores"), [], f"{FIRST}.scores", "expected an object, not a list"),
        ((*SHEET, "scores"), None, f"{FIRST}.scores", "expected an object, not null"),
        ((*SHEET, "scores"), {1: "1"}, f"{FIRST}.scores", "expected a string, not a number"),
        ((*SHEET, "scores"), {"": "1"}, f"{FIRST}.scores", '"" is empty'),
        ((*SHEET, "scores"), {"1.1": "1"}, f'{FIRST}.scores["1.1"]', "know no criterion"),
        ((*SHEET, "scores"), {'a"]b': "1"}, f'{FIRST}.scores["a\\"]b"]', "know no criterion"),
        ((*SHEET, "scores"), {"k" * 60: "1"}, f"{FIRST}.scores.{'k' * 60}", "know no criterion"),
        ((*SHEET, "scores"), {"k" * 61: "1"}, f'{FIRST}.scores["{"k" * 60}…"]', f'criterion "{"k" * 60}…"'),
        ((*SHEET, "scores", "C1"), None, f"{FIRST}.scores.C1", "this criterion has no mark"),
    ],
    ids=label,
)
def test_what_is_refused_and_where(whole, refused, path, value, place, says):
    put(whole, path, value)

    refusal = refused(whole)

    assert refusal.place == place
    assert says in refusal.message


def test_all_weights_zero(whole, refused):
    for criterion in whole["rules"]["criteria"]:
        criterion["weight"] = "0"

    assert refused(whole).place == "rules.criteria"


class TestWhatMayBeLeftOut:
    @pytest.mark.parametrize("method", ["mean", "median"])
    def test_drops_where_nothing_is_trimmed(self, whole, method):
        whole["rules"]["aggregate"] = {"over": "sheet", "method": method}

        assert rank(whole)["entries"][0]["rank"] == 1

    @pytest.mark.parametrize("drop", ["drop_low", "drop_high"])
    def test_but_not_where_something_is(self, whole, refused, drop):
        whole["rules"]["aggregate"]["method"] = "trimmed_mean"
        del whole["rules"]["aggregate"][drop]

        assert refused(whole).place == f"rules.aggregate.{drop}"

    def test_digits_where_nothing_is_rounded(self, whole):
        whole["rules"]["rounding"] = {"stage": "none"}

        assert rank(whole)["entries"][0]["rank"] == 1

    @pytest.mark.parametrize("stage", ["criterion", "total"])
    def test_but_not_where_something_is_rounded(self, whole, refused, stage):
        whole["rules"]["rounding"] = {"stage": stage}

        assert refused(whole).place == "rules.rounding.digits"

    @pytest.mark.parametrize("status", ["recused", "absent"])
    def test_the_scores_of_a_sheet_that_does_not_count(self, whole, status):
        whole["entries"][0]["sheets"][0] = {"judge": "J1", "status": status}

        assert rank(whole)["entries"][0]["counted"] == 1

    @pytest.mark.parametrize(("drops", "digits"), [(1000, 20), (0, 0)])
    def test_the_outermost_legal_integers(self, whole, drops, digits):
        whole["rules"]["aggregate"] |= {"drop_low": drops, "drop_high": drops}
        whole["rules"]["rounding"]["digits"] = digits

        assert rank(whole)["entries"][0]["rank"] == 1


def test_a_name_of_200_characters_is_legal(whole):
    whole["entries"][0]["id"] = "x" * 200

    assert rank(whole)["entries"][0]["id"] == "x" * 200


def test_a_refusal_is_one_line_of_place_vietnamese_and_english(whole, refused):
    whole["entries"][0]["sheets"][1]["status"] = "ok\nrank 1"

    refusal = refused(whole)

    assert str(refusal) == (
        'entries[0].sheets[1].status: "ok\\nrank 1" không nằm trong locked, recused, absent'
        ' (sản phẩm "A", giám khảo "J2")'
        ' / "ok\\nrank 1" is not one of locked, recused, absent (entry "A", judge "J2")'
    )


def test_a_name_is_shown_whole_up_to_60_characters(whole, refused):
    for length, tail in ((60, '"'), (61, '…"')):
        whole["entries"][0]["id"] = whole["entries"][1]["id"] = "x" * length

        assert refused(whole).message.startswith(f'mã "{"x" * 60}{tail} đã có')


def test_a_refusal_survives_the_way_between_processes(whole, refused):
    whole["entries"][1]["id"] = "A"
    refusal = refused(whole)

    copied = pickle.loads(pickle.dumps(refusal))

    assert (copied.message, copied.place, str(copied)) == (refusal.message, refusal.place, str(refusal))


def test_endless_nesting_is_refused_where_it_starts(whole):
    endless = []
    endless.append(endless)
    put(whole, (*SHEET, "scores", "C1"), endless)
    with pytest.raises(RankingRefused) as caught:
        rank(whole)

    assert caught.value.place == f"{FIRST}.scores.C1"

"""Advice in words: the same tables on the page and in the workbook."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from apps.dossiers.models import Entry
from apps.judging.models import Snapshot
from apps.judging.queries.advice import Advice, names_of_judges
from apps.judging.ranking.advice import Change
from apps.rounds.models import Round
from apps.rounds.rules import group_name
from tieubieu.spreadsheets import Table
from tieubieu.ui.words import score

SPREAD = ["Hồ sơ", "Số phiếu", "Thấp nhất", "Cao nhất", "Lệch", "Báo"]
LENIENCY = ["Giám khảo", "Số phiếu", "Điểm bình quân", "So với người khác"]
PAIR = ["Giám khảo", "Giám khảo khác", "Hồ sơ cùng chấm", "Cách nhau bình quân"]
MISSED = ["Nhóm", "Nếu chọn nhiều nhất", "Hồ sơ vừa ngoài"]
CHANGED = ["Hồ sơ", "Hạng hiện nay", "Hạng khi đó", "Hiện nay", "Khi đó"]
FIGURES = frozenset([*SPREAD[1:5], *LENIENCY[1:], *PAIR[2:], MISSED[1], *CHANGED[1:3]])
TOLD = {
    "spread": "Khoảng cách giữa phiếu cao nhất và phiếu thấp nhất của mỗi hồ sơ, lệch nhiều đứng trước.",
    "leniency": "Chấm cao hơn (+) hay thấp hơn (−) bình quân bao nhiêu so với các giám khảo khác trên cùng hồ sơ.",
    "pair": "Khoảng cách bình quân giữa hai giám khảo trên các hồ sơ cả hai cùng chấm.",
    "median": "Hồ sơ sẽ đổi hạng hoặc đổi kết luận đạt nếu lấy trung vị thay cho cách tính của kỳ này.",
    "trimmed": "Hồ sơ sẽ đổi hạng hoặc đổi kết luận đạt nếu bỏ phiếu cao nhất và phiếu thấp nhất.",
    "missed": "Hồ sơ đạt điểm đứng ngay sau số lượng ghi ở trên; cùng hạng thì cùng kê.",
}


def advice_tables(snapshot: Snapshot, found: Advice) -> list[tuple[Table, str]]:
    """Each table with the sentence that says what it shows: once for the page, once for the workbook."""
    entries, who = _entries(snapshot), _judges(snapshot)
    spreads = [
        [entries[s.entry], str(s.counted), score(s.lowest), score(s.highest), score(s.width), _alert(s.alert)]
        for s in found.spreads
    ]
    leniencies = [
        [who[line.judge], str(line.sheets), score(line.mean), _signed(line.against_others)] for line in found.leniencies
    ]
    pairs = [[who[p.one], who[p.other], str(p.common), score(p.distance)] for p in found.pairs]
    return [
        (Table("Độ lệch điểm từng hồ sơ", SPREAD, spreads), TOLD["spread"]),
        (Table("Mức chấm từng giám khảo", LENIENCY, leniencies), TOLD["leniency"]),
        (Table("Cặp giám khảo cách xa nhau", PAIR, pairs), TOLD["pair"]),
        (Table("Nếu lấy trung vị", CHANGED, _changes(found.by_median, entries)), TOLD["median"]),
        (Table("Nếu bỏ cao nhất, thấp nhất", CHANGED, _changes(found.by_trimmed_mean, entries)), TOLD["trimmed"]),
        (Table("Vừa ngoài số lượng được chọn", MISSED, list(_missed(snapshot.round, found, entries))), TOLD["missed"]),
    ]


def _changes(changes: Iterable[Change], entries: Mapping[str, str]) -> list[list[str]]:
    return [
        [entries[c.entry], _rank(c.now.rank), _rank(c.then.rank), _pass(c.now.passed), _pass(c.then.passed)]
        for c in changes
    ]


def _missed(round: Round, found: Advice, entries: Mapping[str, str]) -> Iterator[list[str]]:
    for group, codes in found.just_missed.items():
        for code in codes or [""]:
            yield [group_name(round, group), str(found.quota[group]), entries[code] if code else "Không có"]


def _entries(snapshot: Snapshot) -> dict[str, str]:
    """Code and product; one query."""
    products = dict(Entry.objects.filter(round_id=snapshot.round_id).values_list("code", "name"))
    return {entry["id"]: f"{entry['id']} – {products.get(entry['id'], '')}" for entry in snapshot.body["entries"]}


def _judges(snapshot: Snapshot) -> dict[str, str]:
    names = names_of_judges(snapshot)
    known = {sheet["judge"] for entry in snapshot.body["entries"] for sheet in entry["sheets"]}
    return {judge: names.get(judge, "người đã rời Ban Giám khảo") for judge in known}


def _alert(is_alert: bool) -> str:
    return "Nên xem lại" if is_alert else ""


def _rank(rank: int | None) -> str:
    return "–" if rank is None else str(rank)


def _pass(passed: bool) -> str:
    return "Đạt" if passed else "Chưa đạt"


def _signed(value: Fraction | None) -> str:
    if value is None:
        return "chưa đủ phiếu để kết luận"
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{score(abs(value))}"

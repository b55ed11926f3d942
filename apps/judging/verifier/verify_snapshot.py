"""Kiểm chứng tệp kết quả chấm điểm của Tiêu Biểu / verify a result file of Tiêu Biểu.

    python3 verify_snapshot.py TỆP.json

Chỉ cần Python 3.10 trở lên, không cần mạng, không cần cài thêm gì. Chương trình tính lại điểm và thứ hạng từ các phiếu
trong tệp, so với kết quả và mã băm ghi trong tệp, rồi in ra chỗ khác nhau.
Needs nothing but Python 3.10. Ends with 0 when everything is equal, 1 when something differs, 2 when the file is unfit.
"""

import hashlib
import json
import sys
import unicodedata
from fractions import Fraction
from typing import Any

Figures = tuple[Fraction | None, dict[str, Fraction | None], int]


def canonical(value: Any) -> bytes:
    """Sorted keys, no spaces, UTF-8, every string in NFC."""
    return json.dumps(nfc(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def nfc(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [nfc(item) for item in value]
    if isinstance(value, dict):
        return {nfc(name): nfc(item) for name, item in value.items()}
    return value


def half_up(value: Fraction, digits: int) -> Fraction:
    scaled = value * 10**digits * 2
    return Fraction((scaled.numerator // scaled.denominator + 1) // 2, 10**digits)


def written(value: Fraction | None) -> tuple[str | None, str | None]:
    """The two spellings of a figure: at most six decimals, and exact."""
    if value is None:
        return None, None
    millionths = int(half_up(value, 6) * 10**6)
    return f"{millionths // 10**6}.{millionths % 10**6:06d}".rstrip("0").rstrip("."), str(value)


def middle(values: list[Fraction], how: dict[str, Any]) -> Fraction | None:
    values = sorted(values)
    if how["method"] == "trimmed_mean":
        values = values[how["drop_low"] : max(how["drop_low"], len(values) - how["drop_high"])]
    if not values:
        return None
    if how["method"] == "median":
        values = values[(len(values) - 1) // 2 : len(values) // 2 + 1]
    return sum(values, Fraction(0)) / len(values)


def rounded(value: Fraction | None, stage: str, rules: dict[str, Any]) -> Fraction | None:
    rounding = rules["rounding"]
    return half_up(value, rounding["digits"]) if value is not None and rounding["stage"] == stage else value


def total_of(sheets: list[dict[str, Fraction]], by_code: dict[str, Fraction | None], rules: dict[str, Any]) -> Any:
    weights = {c["code"]: Fraction(c["weight"]) for c in rules["criteria"]}
    if rules["aggregate"]["over"] == "sheet":
        return middle(
            [sum((weights[code] * s[code] for code in weights), Fraction(0)) for s in sheets], rules["aggregate"]
        )
    if any(by_code[code] is None for code in weights if weights[code]):
        return None
    parts = (rounded(weights[code] * value, "criterion", rules) for code, value in by_code.items() if value is not None)
    return sum((part for part in parts if part is not None), Fraction(0))


def figures(entry: dict[str, Any], rules: dict[str, Any]) -> Figures:
    """Total, aggregate of each criterion, and how many sheets counted; only locked sheets count."""
    sheets = [
        {code: Fraction(mark) for code, mark in sheet["scores"].items() if mark is not None}
        for sheet in entry["sheets"]
        if sheet["status"] == "locked"
    ]
    by_code = {}
    for code in (c["code"] for c in rules["criteria"]):
        by_code[code] = rounded(middle([s[code] for s in sheets if code in s], rules["aggregate"]), "criterion", rules)
    return rounded(total_of(sheets, by_code, rules), "total", rules), by_code, len(sheets)


def recomputed(rules: dict[str, Any], entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The results as the platform must have written them, in the order of the entries."""
    found = [figures(entry, rules) for entry in entries]
    keys = [
        None if total is None else (total, *(-1 if by[code] is None else by[code] for code in rules["tie_break"]))
        for total, by, _ in found
    ]
    results = []
    for entry, key, figure in zip(entries, keys, found, strict=True):
        rivals = [k for e, k in zip(entries, keys, strict=True) if e["group"] == entry["group"] and k is not None]
        results.append(line(entry, key, rivals, figure, rules["pass_mark"]))
    return results


def line(entry: dict[str, Any], key: Any, rivals: list[Any], figure: Figures, mark: str | None) -> dict[str, Any]:
    total, by_code, counted = figure
    shown, exact = written(total)
    return {
        "id": entry["id"],
        "group": entry["group"],
        "total": shown,
        "total_exact": exact,
        "criteria": {c: dict(zip(("value", "exact"), written(v), strict=True)) for c, v in by_code.items()},
        "counted": counted,
        "rank": None if key is None else 1 + sum(rival > key for rival in rivals),
        "tied": key is not None and rivals.count(key) > 1,
        "passed": total is not None and (mark is None or total >= Fraction(mark)),
    }


def differences(document: Any) -> list[str]:
    """One line for each thing that the file says otherwise than its own sheets."""
    document = nfc(document)
    rules, entries, declared = document["rules"], document["entries"], document["results"]
    results = recomputed(rules, entries)
    lines = []
    if [row["id"] for row in declared] != [row["id"] for row in results]:
        lines.append("danh sách sản phẩm khác / the list of entries differs")
    for told, true in zip(declared, results, strict=False):
        lines += [
            f"{true['id']}: {name}: tệp ghi {told.get(name)!r}, tính lại {true[name]!r}"
            for name in true
            if told.get(name) != true[name]
        ]
    hashed = {"entries": entries, "results": results, "rules": rules}
    digest = "sha256:" + hashlib.sha256(canonical(hashed)).hexdigest()
    if document["digest"] != digest:
        lines.append(f"mã băm / digest: tệp ghi {document['digest']}, tính lại {digest}")
    return lines


def main(path: str) -> int:
    try:
        with open(path, encoding="utf-8-sig") as file:
            document = json.load(file)
        lines = differences(document)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        print(f"{path}: không phải tệp kết quả đọc được / not a result file ({error})", file=sys.stderr)
        return 2
    for line in lines:
        print(line)
    if not lines:
        print(f"KHỚP / EQUAL: {len(document['entries'])} sản phẩm / entries, {document['digest']}")
    return 1 if lines else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))

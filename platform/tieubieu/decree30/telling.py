"""A report as people read it, and as JSON."""

import json
from itertools import groupby

from tieubieu.decree30.findings import Finding, Report, Severity

SEVERITIES = {Severity.WRONG: "sai", Severity.ADVICE: "nên sửa"}
NO_CLAIM = (
    "Chỉ kiểm tra những gì Nghị định 30/2020/NĐ-CP định bằng số đo, kiểu chữ và từ ngữ mà tệp cho biết;"
    " không thay cho người rà soát."
)


def told(report: Report, name: str) -> str:
    """The findings by place, then what was not recognised."""
    lines = [f"{name}: {_summary(report)}"]
    for place, findings in groupby(report.findings, key=lambda finding: finding.place):
        lines += ["", place.value]
        for finding in findings:
            lines += _finding(finding)
    if report.unread:
        lines += ["", "Chưa nhận ra, nên chưa kiểm tra"]
        lines += [f"  - {unread.place.value}: {unread.why}." for unread in report.unread]
    return "\n".join([*lines, "", NO_CLAIM])


def _finding(finding: Finding) -> list[str]:
    more = f" và {finding.times - 1} dòng khác" if finding.times > 1 else ""
    quote = [f"      “{finding.quote}”{more}"] if finding.quote else []
    return [f"  - [{SEVERITIES[finding.severity]}] {finding.told} ({finding.clause})", *quote]


def _summary(report: Report) -> str:
    if report.is_clean:
        return "không tìm thấy điểm nào trái thể thức."
    wrong = sum(finding.severity is Severity.WRONG for finding in report.findings)
    return f"{wrong} điểm sai, {len(report.findings) - wrong} điểm nên sửa, {len(report.unread)} chỗ chưa nhận ra."


def as_json(report: Report, name: str) -> str:
    """One object; the keys are the names in the code."""
    findings = [
        {
            "rule": each.rule, "place": each.place.value, "clause": each.clause, "severity": each.severity.value,
            "told": each.told, "found": each.found, "wanted": each.wanted, "quote": each.quote, "times": each.times,
        }
        for each in report.findings
    ]  # fmt: skip
    unread = [{"place": each.place.value, "why": each.why} for each in report.unread]
    whole = {"file": name, "is_clean": report.is_clean, "findings": findings, "unread": unread}
    return json.dumps(whole, ensure_ascii=False, indent=2)

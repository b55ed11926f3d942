"""What an officer types into the set-up of a round, and how its pages are read."""

import re
from io import BytesIO

from pypdf import PdfWriter

BASE = "/ky-binh-chon"


def page(code, part=""):
    return f"{BASE}/{code}/thiet-lap/{part}"


def shown(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def one_page():
    written = BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(written)
    return written.getvalue()


def rules_form(**changes):
    return {
        "version": "0", "pass_mark": "72,5", "quorum": "3/4", "approve_over": "1/2", "casting_vote": "on",
        "min_judges": "3", "filing_grace_minutes": "10", "tie_1": "C2", "tie_2": "C1", "tie_3": "", "tie_4": "",
    } | changes  # fmt: skip


def frame_form(lines, version="0"):
    data = {"version": version}
    for code, parts in lines.items():
        data |= {f"{code}-TOTAL_FORMS": str(len(parts)), f"{code}-INITIAL_FORMS": "0"}
        for at_, (label, most) in enumerate(parts):
            data |= {f"{code}-{at_}-code": "", f"{code}-{at_}-label": label, f"{code}-{at_}-max": most}
    return data


WHOLE = {
    "C1": [("Doanh thu", "25"), ("Khả năng mở rộng", "15")],
    "C2": [("Công nghệ", "40")],
    "C3": [("Thẩm mỹ", "7,5"), ("Văn hóa", "2,5")],
    "C4": [],
}

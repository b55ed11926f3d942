"""The kinds of document and their abbreviations: Phụ lục III, Mục I."""

from tieubieu.decree30.document import bare

CLAUSE = "Phụ lục III, Mục I"
CODES = {
    "Nghị quyết": "NQ",
    "Quyết định": "QĐ",
    "Chỉ thị": "CT",
    "Quy chế": "QC",
    "Quy định": "QyĐ",
    "Thông cáo": "TC",
    "Thông báo": "TB",
    "Hướng dẫn": "HD",
    "Chương trình": "CTr",
    "Kế hoạch": "KH",
    "Phương án": "PA",
    "Đề án": "ĐA",
    "Dự án": "DA",
    "Báo cáo": "BC",
    "Biên bản": "BB",
    "Tờ trình": "TTr",
    "Hợp đồng": "HĐ",
    "Công điện": "CĐ",
    "Bản ghi nhớ": "BGN",
    "Bản thỏa thuận": "BTT",
    "Giấy ủy quyền": "GUQ",
    "Giấy mời": "GM",
    "Giấy giới thiệu": "GGT",
    "Giấy nghỉ phép": "GNP",
    "Phiếu gửi": "PG",
    "Phiếu chuyển": "PC",
    "Phiếu báo": "PB",
}
BY_BARE_NAME = {bare(name): name for name in CODES}
# Their text ends as the samples of Phụ lục III, Mục II show it; a record of a meeting, say, ends otherwise.
ENDED_BY_SAMPLE = {
    "Nghị quyết": "Mẫu 1.1",
    "Quyết định": "Mẫu 1.2",
    "Công điện": "Mẫu 1.6",
} | dict.fromkeys(
    ("Chỉ thị", "Quy chế", "Quy định", "Thông cáo", "Thông báo", "Hướng dẫn", "Chương trình", "Kế hoạch", "Phương án",
     "Đề án", "Dự án", "Báo cáo", "Tờ trình"),
    "Mẫu 1.4",
)  # fmt: skip


def kind_named(text: str) -> str | None:
    """The kind whose name stands alone on the line, however it is written."""
    return BY_BARE_NAME.get(bare(text))

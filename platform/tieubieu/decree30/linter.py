"""Read, recognise, ask every rule."""

from tieubieu.decree30.document import Document
from tieubieu.decree30.findings import Place, Report, Unread, found_by
from tieubieu.decree30.places import Paper, recognise
from tieubieu.decree30.rules import RULES

NO_TABLE = "không thấy dòng số, ký hiệu trong bảng hai cột ở đầu văn bản"


def lint(document: Document) -> Report:
    """What breaks the decree, in the order of the places, and the places about which nothing can be said."""
    paper = recognise(document)
    findings = [finding for rule in RULES for finding in found_by(rule, paper)]
    order = list(Place)
    findings.sort(key=lambda finding: order.index(finding.place))
    return Report(tuple(findings), tuple(_unread(paper)))


def _unread(paper: Paper) -> list[Unread]:
    needed = (
        (paper.document.sections, Place.PAGE, "tệp không ghi khổ giấy và lề"),
        (paper.country, Place.NATIONAL_TITLE, "không thấy dòng Quốc hiệu ở đầu văn bản"),
        (paper.motto, Place.MOTTO, "không thấy dòng “Độc lập - Tự do - Hạnh phúc”"),
        (paper.organ, Place.ORGAN, NO_TABLE),
        (paper.number, Place.NUMBER, "không thấy dòng bắt đầu bằng “Số”"),
        (paper.date, Place.DATE, "không thấy dòng “…, ngày … tháng … năm …”"),
        (paper.kind or paper.about or paper.addressees, Place.KIND, "không thấy tên loại, cũng không thấy “V/v”"),
        (paper.prose, Place.BODY, "không thấy phần lời văn"),
        (paper.recipients, Place.RECIPIENTS, "không thấy dòng “Nơi nhận”"),
        (paper.power, Place.POWER, "không thấy ô bên phải “Nơi nhận”"),
        (paper.signer, Place.SIGNER, "không thấy họ tên dưới chức vụ"),
    )
    unread = [Unread(place, why) for found, place, why in needed if not found]
    if paper.document.has_text_boxes:
        unread.append(Unread(Place.WORDS, "chữ trong hộp văn bản (text box) chưa được kiểm tra"))
    return unread

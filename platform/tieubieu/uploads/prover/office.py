"""Word and Excel: unpacked honestly, every part read as XML without tricks, nothing that runs or fetches."""

import io
import re

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from tieubieu.uploads.prover.looks import refuse_polyglot
from tieubieu.uploads.prover.packed import open_packed
from tieubieu.uploads.prover.refusals import Refused

MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
MACROS = re.compile(r"(?i)vba(project|data)|macrosheets/|macroenabled|customui/|\.xlm$|attachedtoolbars")
OBJECTS = re.compile(
    r"(?i)activex|oleobject|/embeddings/(?!.+\.(xlsx|docx)$)|\.(exe|dll|js|vbs|bat|cmd|ps1|jar|hta|lnk)$"
)
NESTED = re.compile(r"(?i)/embeddings/.+\.(xlsx|docx)$")
FETCHED = re.compile(r"(?i)externallinks/|xl/connections\.xml$|querytables/|/webextensions/")
MACRO_TYPES = re.compile(rb"(?i)macroEnabled|vbaProject|ms-office\.activeX|macrosheet")
SAFE_LINKS = re.compile(r"(?i)^(https?://|mailto:|tel:|#)")
LOCAL_TEMPLATE = re.compile(r"(?i)^(file:///)?[a-z]:[/\\]|^[^:/\\]+\.dotx?m?$|^(file:///)?/")
FIELDS = re.compile(rb"(?i)<w:instrText[^>]*>\s*(DDE|DDEAUTO)\b|w:instr=\"\s*DDE")
CELLS = re.compile(rb"<c[\s>]")
MOST_CELLS = 2_000_000
MOST_NESTING = 1


def open_and_prove(data: bytes, kinds: frozenset[str]) -> dict[str, object]:
    """The kind. Raises `Refused`, or whatever the libraries raise over a broken file."""
    refuse_polyglot(data, packed=True)
    kind = _prove(data, depth=0)
    if kind not in kinds:
        raise Refused("wrong_type")
    return {"kind": kind}


def _prove(data: bytes, depth: int) -> str:
    parts = open_packed(data)
    kind = _kind_of(parts)
    for name, part in parts.items():
        _judge_name(name)
        if name.lower().endswith((".xml", ".rels", ".vml")):
            _judge_xml(name, part)
        if NESTED.search(name):
            if depth >= MOST_NESTING:
                raise Refused("embedded", what="tệp lồng trong tệp")
            _prove(part, depth + 1)
    if kind == "xlsx":
        _read_sheets(data, parts)
    return kind


def _kind_of(parts: dict[str, bytes]) -> str:
    types = parts.get("[Content_Types].xml")
    if types is None:
        raise Refused("wrong_type")
    if MACRO_TYPES.search(types):
        raise Refused("macros")
    kind = next((kind for media, kind in MAIN.items() if f'"{media}"'.encode() in types), None)
    if kind is None or f"{'word/document' if kind == 'docx' else 'xl/workbook'}.xml" not in parts:
        raise Refused("wrong_type")
    return kind


def _judge_name(name: str) -> None:
    if MACROS.search(name):
        raise Refused("macros")
    if OBJECTS.search(name):
        raise Refused("embedded", what="đối tượng nhúng (OLE, ActiveX hoặc chương trình)")
    if FETCHED.search(name):
        raise Refused("external", what="liên kết lấy dữ liệu từ tệp khác")


def _judge_xml(name: str, part: bytes) -> None:
    """Every part is read whole; a DTD has no place in a file of this kind."""
    if FIELDS.search(part):
        raise Refused("external", what="trường lấy dữ liệu từ chương trình khác (DDE)")
    is_relations = name.lower().endswith(".rels")
    try:
        for _, element in ElementTree.iterparse(io.BytesIO(part), forbid_dtd=True):
            if is_relations:
                _judge_relation(element.attrib)
            element.clear()
    except DefusedXmlException as trick:
        raise Refused("bomb") from trick
    except ElementTree.ParseError as broken:
        if name.lower().endswith(".vml"):
            return  # old drawings are not always well-formed, and nothing of them is shown here
        raise Refused("damaged") from broken


def _judge_relation(words: dict[str, str]) -> None:
    kind, target = words.get("Type", "").rpartition("/")[2], words.get("Target", "").strip()
    if kind in ("vbaProject", "wordVbaData", "xlMacrosheet", "attachedToolbars"):
        raise Refused("macros")
    if words.get("TargetMode", "").lower() != "external":
        return
    if kind == "hyperlink" and SAFE_LINKS.match(target):
        return
    if kind == "attachedTemplate" and LOCAL_TEMPLATE.match(target):
        return
    raise Refused("external", what="liên kết tự lấy nội dung từ nơi khác")


def _read_sheets(data: bytes, parts: dict[str, bytes]) -> None:
    """Open it as a reader of workbooks does; a cell far out would make a sheet as large as the sea."""
    from python_calamine import CalamineWorkbook

    cells = sum(len(CELLS.findall(part)) for name, part in parts.items() if name.startswith("xl/worksheets/"))
    if cells > MOST_CELLS:
        raise Refused("heavy")
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for name in book.sheet_names:
            book.get_sheet_by_name(name)

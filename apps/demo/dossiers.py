"""What stands in a demo dossier: invented answers to every required field, and drawn pictures that say so."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import tieubieu.documents
from apps.accounts.models import Person
from apps.demo.casting import DemoEntry
from apps.dossiers.models import Entry, Slot
from apps.dossiers.queries import slots_required, years_of
from apps.dossiers.services.papers import place_file
from apps.facilities.models import Facility
from apps.rounds.models import Round
from tieubieu.uploads.models import StoredFile
from tieubieu.uploads.services import take_in

FONT = Path(tieubieu.documents.__file__).parent / "fonts" / "Tinos-Bold.ttf"
PAPER, INK, LACQUER = "#FBF9F5", "#1B2A33", "#9E1B1E"
PICTURE = (1200, 1800)
SAYS = "Nội dung hư cấu dùng để minh họa."


def registration_of(maker: Facility, round: Round) -> dict[str, str]:
    """Answers to Phụ lục 1 that the register does not hold."""
    figures = {f"revenue.{year}": "2400" for year in years_of(round)} | {
        f"workers.{year}": "18" for year in years_of(round)
    }
    return {
        "phone": maker.phone or "0200 000 000",
        "representative": maker.representative or "Người đại diện (minh họa)",
        "licence_number": maker.tax_code,
        "trade": "Sản xuất hàng công nghiệp nông thôn",
        **figures,
    }


def description_of(wanted: DemoEntry, round: Round) -> dict[str, str]:
    """Answers to Phụ lục 2."""
    return {
        "started_in": "2016",
        "summary": wanted.description,
        "measures": "Hộp 500 g, 12 hộp một thùng",
        "materials": f"Nguyên liệu mua của các hộ trong xã. {SAYS}",
        "technology": f"Làm theo mẻ, có máy sấy và máy đóng gói. {SAYS}",
        "mass_production": "yes",
        "market": f"Bán trong tỉnh và qua sàn thương mại điện tử. {SAYS}",
        "environment": f"Phụ phẩm ủ làm phân, nước rửa qua bể lắng. {SAYS}",
        "standards": "Tự công bố sản phẩm số 01/2024 (minh họa)",
        "culture": f"Bao bì mang hoa văn của địa phương. {SAYS}",
        "plan": f"Mở rộng vùng nguyên liệu, thêm máy. {SAYS}",
        **{f"product_revenue.{year}": "860" for year in years_of(round)},
    }


def put_papers(entry: Entry, actor: Person) -> None:
    """Give the entry what it is still missing of the required papers; the pictures are shared by all demo dossiers."""
    there = set(entry.papers.values_list("slot", flat=True))
    for slot in slots_required(entry):
        if slot.value not in there:
            place_file(entry.pk, slot, _picture(slot, actor), actor=actor)


def _picture(slot: Slot, actor: Person) -> StoredFile:
    name = f"minh-hoa-{slot.value.replace('_', '-')}.jpg"
    found = StoredFile.objects.filter(name=name).first()
    return found or take_in(_drawn(str(slot.label)), name=name, actor=actor)


def _drawn(label: str) -> bytes:
    sheet = Image.new("RGB", PICTURE, PAPER)
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((60, 60, PICTURE[0] - 60, PICTURE[1] - 60), outline=INK, width=6)
    middle = PICTURE[0] // 2
    draw.text((middle, 800), label, fill=INK, anchor="mm", font=ImageFont.truetype(str(FONT), 64))
    draw.text((middle, 920), "DỮ LIỆU MINH HỌA", fill=LACQUER, anchor="mm", font=ImageFont.truetype(str(FONT), 90))
    written = BytesIO()
    sheet.save(written, "JPEG", quality=80)
    return written.getvalue()

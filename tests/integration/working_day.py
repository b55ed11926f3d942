"""The scene `working_day`: in one province, something of everything that its officers and its facilities find.

Other than the demo it has what is unfinished: a round that is being set up, a workbook that waits, twins, somebody
who waits for approval. It prints what a page's address needs and the database does not tell, as `name=value`.
"""

from datetime import date, timedelta
from io import BytesIO

import stage as stages
from desks import owner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from stage import Stage, commune_officer, complete, filed, person
from workbooks import row, workbook

from apps.accounts.models import Person, Role
from apps.dossiers.models import Entry
from apps.dossiers.services import accept_entry, draft_entry, submit_entry
from apps.dossiers.services.checking import record_check
from apps.dossiers.services.supplements import Asked, ask_supplement
from apps.dossiers.services.telling import confirmation_token
from apps.facilities.importing import stage_workbook
from apps.facilities.models import AgentKind, Facility
from apps.facilities.services import add_product, register_facility
from apps.facilities.services.agents import ask_to_act, propose_own_facility
from apps.facilities.services.figures import enter_figures
from apps.facilities.services.invitations import invite, token_of
from apps.facilities.services.villages import list_village
from apps.nominations.queries import commune_names
from apps.nominations.services.proposals import propose
from apps.rounds.models import Body, Level, LocalDayKind, Post, Round
from apps.rounds.services import appoint, plan_round
from apps.rounds.services.days import set_local_day
from apps.rounds.services.scheduling import propose_windows
from apps.rounds.states import Phase
from tieubieu.uploads.models import StoredFile
from tieubieu.uploads.services import take_in

NO_FILE = "none.jpg"  # where the stage says that its papers lie
PRIVATE = ("id", "name", "added_by_id", "added_at")
NAMES = ["Bánh tráng nướng", "Mật ong hoa rừng", "Khăn dệt tay", "Trà sen", "Chổi đót", "Nước mắm cá linh"]


def working_day() -> None:
    stage = filed(len(NAMES))
    commune = min(commune_names(None))
    person("quan-tri", Role.ADMINISTRATOR, name="Lê Thị Quản Trị")
    commune_officer(commune)
    _named(stage, commune)
    _at_the_desk(stage)
    _at_the_portal(stage)
    _in_the_register(stage, commune)
    _being_set_up(stage)
    print(f"commune={commune_names({commune})[commune]}")
    propose(stage.round.pk, commune, [stage.entries[4].pk], actor=stage.officer)


def _named(stage: Stage, commune: str) -> None:
    Facility.objects.update(commune_code=commune)
    for entry, name in zip(stage.entries, NAMES, strict=True):
        Entry.objects.filter(pk=entry.pk).update(name=name)


def photographed() -> None:
    """Every paper shows one real picture: the stage puts papers down as rows alone."""
    drawn = BytesIO()
    Image.effect_noise((1200, 1800), 40).convert("RGB").save(drawn, "JPEG")
    real = take_in(drawn.getvalue(), name="anh.jpg", actor=Person.objects.earliest("login"))
    same = {field.attname: getattr(real, field.attname) for field in StoredFile._meta.concrete_fields}
    alike = {name: value for name, value in same.items() if name not in PRIVATE}
    StoredFile.objects.filter(storage_name=NO_FILE).update(**alike)


def _at_the_desk(stage: Stage) -> None:
    """Two accepted ones of one facility's group, one sent back, one half checked; the last is left alone."""
    for entry in stage.entries[:2]:
        accept_entry(entry.pk, actor=stage.officer)
    record_check(stage.entries[3].pk, "field:summary", verdict="wrong", note="Chưa rõ", seen="", actor=stage.officer)
    ask_supplement(
        stage.entries[2].pk,
        points=[Asked("field:summary", "incomplete", "Nói rõ sản phẩm khác gì hàng cùng loại")],
        text="Xin cơ sở bổ sung mục dưới đây.",
        due_on=timezone.localdate() + timedelta(days=7),
        actor=stage.officer,
    )


def _at_the_portal(stage: Stage) -> None:
    """An owner with a draft, a dossier that is asked for more, and one that an officer filed and nobody confirmed."""
    maker = stage.entries[2].facility
    who = owner(maker)
    draft = draft_entry(
        stage.round.pk, products=[add_product(maker, name="Bột sen", group="2")], name="Bột sen", actor=who
    )
    complete(draft)
    helped = draft_entry(
        stage.round.pk, products=[add_product(maker, name="Tâm sen", group="2")], name="Tâm sen", actor=stage.officer
    )
    complete(helped)
    filing = submit_entry(helped.pk, is_declared=True, actor=stage.officer).filings.get()
    print(f"confirmation={confirmation_token(filing)}")


def _in_the_register(stage: Stage, commune: str) -> None:
    first = stage.entries[0].facility
    register_facility(
        actor=stage.officer, tax_code=stages.TAX_CODES[7], name=f"{first.name.upper()}", kind="cooperative",
        province_code=first.province_code, commune_code=commune, address=first.address,
    )  # fmt: skip
    enter_figures(first.pk, 2025, {"revenue": 2400, "workers": 18}, version=0, actor=stage.officer)
    list_village(
        {"name": "Làng nghề dệt chiếu", "commune_code": commune, "recognised_on": date(2019, 5, 6),
         "decision": "12/QĐ-UBND", "ended_on": None},
        actor=stage.officer,
    )  # fmt: skip
    rows = [row(tax_code="0312687878", name="Cơ sở Mới"), row(tax_code="123", name="Cơ sở sai mã")]
    stage_workbook(SimpleUploadedFile("danh-sach-co-so.xlsx", workbook(*rows)), actor=stage.officer)
    person("chua-co-gi", name="Người Vừa Đăng Ký")
    propose_own_facility(
        actor=person("cho-duyet", name="Người Chờ Duyệt"), tax_code=stages.TAX_CODES[8], name="Cơ sở chờ duyệt",
        kind="household", province_code=first.province_code, commune_code=commune, address="Thôn 1",
    )  # fmt: skip
    ask_to_act(first, kind=AgentKind.STAFF, actor=person("xin-lam", name="Người Xin Làm Thay"))
    invitation, _ = invite(
        first.pk, kind=AgentKind.STAFF, email="", path=reverse("sign_up:by_code", urlconf="tieubieu.urls.tenant"),
        actor=stage.officer,
    )  # fmt: skip
    print(f"invited={token_of(invitation)}")


def _being_set_up(stage: Stage) -> None:
    round: Round = plan_round(
        code="SOAN-2027", level=Level.PROVINCE, year=2027, ordinal=1, name="Kỳ đang soạn năm 2027", area_code="66",
        actor=stage.officer,
    )  # fmt: skip
    appoint(round.pk, stage.council[0], body=Body.COUNCIL, post=Post.CHAIR, seat=1, actor=stage.officer)
    appoint(round.pk, stage.council[1], body=Body.COUNCIL, post=Post.MEMBER, seat=2, actor=stage.officer)
    newcomer = person("hoi-vien-moi", name="Nguyễn Thị Mới")
    newcomer.set_unusable_password()
    newcomer.save()
    appoint(round.pk, newcomer, body=Body.COUNCIL, post=Post.MEMBER, seat=3, actor=stage.officer)
    start = timezone.localdate() + timedelta(days=14)
    propose_windows(round.pk, start=start, officer=stage.officer, actor=stage.officer)
    closed = plan_round(
        code="DONG-2026", level=Level.PROVINCE, year=2026, ordinal=2, name="Kỳ đã đóng nhận hồ sơ", area_code="66",
        actor=stage.officer,
    )  # fmt: skip
    propose_windows(closed.pk, start=start, officer=stage.officer, actor=stage.officer)
    Round.objects.filter(pk=closed.pk).update(phase=Phase.SCREENING)
    set_local_day(date(2027, 3, 15), kind=LocalDayKind.OFF, name="Lễ hội địa phương", actor=stage.officer)

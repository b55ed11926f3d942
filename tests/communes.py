"""A commune below the province of the tests: its officer, and its round taken to the decision."""

from datetime import timedelta
from decimal import Decimal

from browsers import at
from stage import MARKS, PLAN_ON, Stage, commune_officer, facility, person, send, windows

from apps.councils.services import Votes, conclude_session, convene
from apps.dossiers.services import accept_entry, draft_entry
from apps.facilities.services import add_product
from apps.judging.models import Sheet
from apps.judging.services import compute_snapshot, lock_sheet, save_marks
from apps.rounds.models import Body, Level, Post
from apps.rounds.services import appoint, approve_plan, open_round, plan_round
from tieubieu.moments import transaction_time
from tieubieu.progress.models import Job

COMMUNE = "24121"


def local_officer(login="can-bo-xa", code=COMMUNE):
    return commune_officer(code, login)


def planned_commune(council=5, officer=None):
    officer = officer or local_officer()
    round = plan_round(
        code="EAKAO-2026", level=Level.COMMUNE, year=2026, ordinal=1, name="Kỳ xã Ea Kao", area_code=COMMUNE,
        actor=officer,
    )  # fmt: skip
    members = [person(f"hoi-dong-xa-{n}") for n in range(council)]
    judges = [person(f"giam-khao-xa-{n}") for n in range(3)]
    for body, people in ((Body.COUNCIL, members), (Body.PANEL, judges)):
        for seat, one in enumerate(people, 1):
            appoint(round.pk, one, body=body, post=Post.CHAIR if seat == 1 else Post.MEMBER, seat=seat, actor=officer)
    windows(round, officer)
    approve_plan(round.pk, plan_number="3/KH-UBND", plan_on=PLAN_ON, choices={}, actor=officer)
    round.refresh_from_db()
    return Stage(officer, members, judges, round)


def filed_commune(entries=1):
    stage = planned_commune()
    open_round(stage.round.pk, actor=stage.officer)
    for number in range(entries):
        maker = facility(number, actor=stage.officer)
        maker.commune_code = COMMUNE
        maker.save()
        product = add_product(maker, name=f"Sản phẩm {number}", group="2")
        entry = draft_entry(stage.round.pk, products=[product], name=product.name, actor=stage.officer)
        stage.entries.append(send(entry, actor=stage.officer))
    return stage


def click(browser, stage, path, **data):
    answer = browser.post(f"/ky-binh-chon/{stage.round.code}/{path}", data, follow=True)
    assert answer.status_code == 200
    return answer


def end_filing(stage):
    """The announced time for filing is over."""
    now = transaction_time()
    stage.round.windows.filter(kind="filing").update(opens_at=now - timedelta(days=9), closes_at=now)


def decided_commune(entries=1):
    """By the pages of the cockpit wherever a person acts, signed in as the commune's officer."""
    stage = filed_commune(entries)
    browser = at("daklak", stage.officer)
    end_filing(stage)
    click(browser, stage, "lam/dong-nhan-ho-so/")
    for entry in stage.entries:
        accept_entry(entry.pk, actor=stage.officer)
    click(browser, stage, "lam/bat-dau-cham/")
    for sheet in Sheet.objects.filter(entry__round=stage.round).select_related("judge__person"):
        save_marks(sheet.pk, {c: Decimal(v) for c, v in MARKS.items()}, remark="", actor=sheet.judge.person)
        lock_sheet(sheet.pk, actor=sheet.judge.person)
    click(browser, stage, "lam/dong-cham/")
    compute_snapshot(stage.round.pk, job_id=Job.objects.latest("created_at").pk)
    members = [seat.pk for seat in stage.round.appointments.filter(body=Body.COUNCIL)]
    session = convene(stage.round.pk, present=members, actor=stage.officer)
    votes = {entry.pk: Votes(len(members)) for entry in stage.entries}
    conclude_session(session.pk, votes, actor=stage.officer)
    click(
        browser, stage, "quyet-dinh/", number="12/QĐ-UBND", signed_on="03/08/2026", authority="UBND xã Ea Kao",
        signer_title="Chủ tịch", signer="Nguyễn Văn Xã",
    )  # fmt: skip
    return stage

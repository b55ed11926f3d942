"""Run in a nation's environment: `python scenes.py ENTRIES SCENE:SLUG:PROVINCE …`.

It raises each province and takes a round in it to the scene, by the services that people use: a verb of
`stage.py`, or one of those below.
"""

import sys
from functools import partial
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def issuing(entries: int) -> None:
    """The workers have just been asked for the certificates of a decided round."""
    from stage import decided

    from apps.recognition.services import issue_certificates

    stage = decided(entries)
    issue_certificates(stage.round.pk, actor=stage.officer)


def convened(entries: int) -> None:
    """The council has met and its members are counted; nothing is chosen."""
    from stage import scored

    from apps.councils.services import convene
    from apps.rounds.models import Body

    stage = scored(entries)
    present = [member.pk for member in stage.round.appointments.filter(body=Body.COUNCIL)]
    convene(stage.round.pk, present=present, actor=stage.officer)


def complaining(entries: int) -> None:
    """Results were told; a facility disputes its own, and the judges are to mark two criteria anew."""
    from cases import Case
    from verdicts import published

    Case(published(entries)).received().assigned()


def inviting(entries: int) -> None:
    """Facilities were invited to a round that is open, more may be; the officer was told something by the way."""
    from campaigns import drafted, maker, sent, written
    from django.db import transaction
    from stage import opened

    from apps.outreach.criteria import Reason
    from tieubieu.notices.services import Audience, tell, write_mail

    stage = opened()
    invited = [maker(n, actor=stage.officer, email=f"co-so-{n}@example.vn" if n else "") for n in range(entries - 1)]
    sent(stage)
    drafted(stage, invited[0])
    maker(entries - 1, actor=stage.officer, email="chua-moi@example.vn")
    written(stage, Reason.NEVER_ENTERED)
    with transaction.atomic():
        tell(stage.officer, audience=Audience.OFFICIALS, subject="Hồ sơ đã bổ sung", text="Xin kiểm tra.", url="/")
        write_mail("so@example.vn", audience=Audience.OFFICIALS, subject="Báo cáo tuần", text="Kính gửi Sở,")


def proposed(entries: int) -> None:
    """Each entry is to go to three of five judges; for the first there are only two."""
    from handing import chosen
    from interests import declared, seat_of

    from apps.rounds.services import state_expertise

    stage = chosen(entries, judges=5, each=3, by_expertise=True)
    state_expertise(seat_of(stage, stage.judges[4]).pk, ["1"], actor=stage.officer)
    for judge in stage.judges[:2]:
        declared(stage, judge)


def handed_out(entries: int) -> None:
    """Each entry went to three of five judges; the first has since lost one to a conflict."""
    from handing import handed, judges_of
    from interests import declared

    from apps.judging.services import uphold_conflict

    stage = handed(entries, judges=5, each=3)
    judge = stage.judges[judges_of(stage)[0]]
    uphold_conflict(declared(stage, judge).pk, actor=stage.officer)


def opened(entries: int) -> None:
    """A round takes dossiers; nobody has filed."""
    from stage import opened

    opened()


def mending(entries: int) -> None:
    """A facility's owner has one dossier in draft and one filed; two officers screen."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dossiers"))
    from portal import portal
    from stage import person

    from apps.accounts.models import Role

    at = portal()
    at.draft()
    at.filed("Bột cacao")
    person("chuyen-vien-hai", Role.OFFICER, name="Trần Thị Hai")


def play(scene: str, entries: int) -> None:
    import stage
    from working_day import working_day

    own = {"issuing": issuing, "convened": convened, "inviting": inviting, "opened": opened, "mending": mending}
    own |= {"complaining": complaining}
    own |= {"proposed": proposed, "handed_out": handed_out}
    own |= {"working_day": lambda _: working_day()}
    own[scene](entries) if scene in own else getattr(stage, scene)(entries)


def main(entries: int, scenes: list[str]) -> None:
    from django.conf import settings

    from tenants.provisioning.processes import in_processes
    from tenants.provisioning.services import NewTenant, create_tenant

    enough_tax_codes(entries)
    for _, slug, province in (scene.split(":") for scene in scenes):
        domain = f"{slug}.{settings.BASE_HOST}"
        create_tenant(NewTenant(slug=slug, name=f"Tỉnh {slug}", domain=domain, kind="province", province_code=province))
    in_processes(partial(play_one, entries), scenes, parallel=2)


def play_one(entries: int, told: str) -> None:
    from working_day import photographed

    from tenants.gateways import inside

    scene, slug, _ = told.split(":")
    with inside(slug):
        play(scene, entries)
        photographed()


def enough_tax_codes(entries: int) -> None:
    import stage

    from tieubieu.lib.taxcode import check_digit

    numbers = (f"03{number:07d}" for number in range(1, 20 * entries + 10))
    stage.TAX_CODES = [f"{nine}{digit}" for nine in numbers if (digit := check_digit(nine)) is not None][: 5 * entries]


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]), sys.argv[2:])

"""`tieubieu demo`: the demo nation, and the road from dossier to national inbox through real workers."""

import json
import os
import time
from argparse import ArgumentParser
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from apps.demo.casting import SLUGS, cast
from apps.demo.guide import guide
from apps.demo.nation import NATIONAL, OPERATOR, raise_nation, write_history
from apps.demo.people import gather, local_people, officials
from apps.demo.present import PRESENT, open_the_present, present_stands
from apps.demo.report import tell_inbox, tell_round
from apps.demo.road import perform, settle
from apps.rounds.models import Round
from tenants.gateways import TenantUnknown, inside
from tenants.provisioning.processes import in_processes
from tieubieu.processes.work import at_work, engines_of_deployment


class Command(BaseCommand):
    help = "Dựng các đơn vị minh họa và chạy trọn một kỳ bình chọn / raise the demo nation and run its rounds"

    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print what happened as JSON")
        parser.add_argument("--no-stack", action="store_true", help="workers and relay run already")
        parser.add_argument("--if-missing", action="store_true", help="do nothing when the nation stands")
        parser.add_argument("--guide", action="store_true", help="only say where to look and whom to sign in as")

    def handle(self, **options: Any) -> None:
        if settings.ENV.name == "production":
            raise CommandError("Không dựng dữ liệu minh họa trên hệ thống thật. / No demo data in production.")
        if options["guide"]:
            self.stdout.write(guide())
        elif options["no_stack"]:
            self._perform(**options)
        else:
            with engines_of_deployment():
                _prepare_database()
                with at_work():
                    self._perform(**options)

    def _perform(self, **options: Any) -> None:
        if not (options["if_missing"] and stands()):
            self._tell(run(), as_json=options["json"])

    def _tell(self, told: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_lines(told)))
        if told["national"]["differences"]:
            raise CommandError("Gói gửi và gói nhận không khớp: " + "; ".join(told["national"]["differences"]))


def run() -> dict[str, Any]:
    """Raise the nation and go every road; running it again makes nothing twice."""
    started = time.monotonic()
    raise_nation()
    write_history()
    for slug in (NATIONAL, OPERATOR):
        with inside(slug):
            officials()
    provinces = dict(in_processes(_province, SLUGS, parallel=os.cpu_count() or 1))
    with inside(PRESENT):
        open_the_present()
    settle()
    sent = {told["packet"]["id"]: told["packet"] for told in provinces.values() if told["packet"]}
    return {
        "demo": True,
        "provinces": provinces,
        "national": tell_inbox(sent),
        "seconds": round(time.monotonic() - started, 2),
    }


def stands() -> bool:
    """Whether every demo round has been gone to its end, and the round of the present is there."""
    try:
        return all(_is_published(slug) for slug in SLUGS) and present_stands()
    except TenantUnknown:
        return False


def _is_published(slug: str) -> bool:
    with inside(slug):
        return Round.objects.filter(code=cast(slug).round_code, phase="published").exists()


def _province(slug: str) -> dict[str, Any]:
    play = cast(slug)
    with inside(slug):
        performance = perform(play, gather(play.judges), target=NATIONAL)
        local_people(play)
        return {
            **tell_round(performance.round),
            "published_figures": dict(play.published),
            "seconds": performance.seconds,
        }


def _prepare_database() -> None:
    for command in ("migrate", "load_reference"):
        call_command(command, verbosity=0, stdout=StringIO())


def _lines(told: dict[str, Any]) -> list[str]:
    lines = [
        f"{slug}: {p['entered']} hồ sơ, {p['passed']} đạt, {p['selected']} được chọn,"
        f" {p['certificates_made']} giấy chứng nhận, {p['packet']['nominees'] if p['packet'] else 0} đề cử"
        for slug, p in told["provinces"].items()
    ]
    national = told["national"]
    lines.append(
        f"Trung ương: nhận {national['received']} / {national['sent']} gói,"
        f" tính lại khớp {national['recomputed_equal']}; tất cả trong {told['seconds']} giây"
    )
    return lines

"""`tieubieu run`: the whole platform on this machine, from nothing, until Ctrl-C."""

import signal
import subprocess
import sys
import urllib.error
import urllib.request
from argparse import ArgumentParser
from io import StringIO
from os import environ, getpid, getppid
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from tieubieu import engines
from tieubieu.processes import AlreadyRunning, NoFreePort, Stack, free_port, running_stack
from tieubieu.processes.child import end_with_parent
from tieubieu.processes.supervisor import STOP_SIGNALS
from tieubieu.processes.work import engines_of_deployment, keep_engines

WEB_SECONDS = 60


class Command(BaseCommand):
    help = "Chạy toàn bộ hệ thống trên máy này đến khi nhấn Ctrl-C. / Run everything on this machine until Ctrl-C."
    # The services are checked once the embedded ones run.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="không tạo dữ liệu mẫu / make no demo nation")
        parser.add_argument("--with-parent", action="store_true", help="dừng khi tiến trình gọi lệnh này kết thúc")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["with_parent"]:
            end_with_parent(getppid())
        _stop_cleanly_on_signals()
        try:
            self._run(demo=not options["no_demo"])
        except KeyboardInterrupt:
            self._say("Đã dừng.")
            raise SystemExit(130) from None
        except (engines.EngineError, AlreadyRunning, NoFreePort) as error:
            raise CommandError(str(error)) from error

    def _run(self, *, demo: bool) -> None:
        home = engines.home()
        if (other := running_stack(home)) is not None:
            raise AlreadyRunning(other)
        self._say("Đang khởi động các máy chủ dữ liệu …")
        with engines_of_deployment():
            self._refuse_bad_configuration()
            self._prepare_database()
            port = self._choose_port()
            environment = {"TIEUBIEU_PORT": str(port)}
            with Stack(home, environment=environment, keep_engines=keep_engines, tell=self._say) as stack:
                stack.obey_signals()
                self._serve(stack, port, demo=demo)
                self._say("Đang dừng …")
        self._say("Đã dừng; dữ liệu được giữ nguyên.")

    # --- Before serving --------------------------------------------------------------------------

    def _refuse_bad_configuration(self) -> None:
        call_command("check_start", stdout=StringIO(), stderr=self.stderr)

    def _prepare_database(self) -> None:
        self._say("Đang cập nhật cơ sở dữ liệu …")
        for command in ("migrate", "load_reference"):
            call_command(command, verbosity=0, stdout=StringIO())
        # From here on only the children work on it.
        connections.close_all()

    def _choose_port(self) -> int:
        port = free_port(settings.PORT)
        if port != settings.PORT:
            self._say(
                f"Cổng {settings.PORT} đang bận; dùng cổng {port}. / Port {settings.PORT} is taken; using {port}."
            )
        return port

    # --- Serving ---------------------------------------------------------------------------------

    def _serve(self, stack: Stack, port: int, *, demo: bool) -> None:
        self._say("Đang khởi động trang web và các tiến trình làm việc …")
        if stack.wait(lambda: _answers(port), seconds=WEB_SECONDS):
            self._say(f"Trang web đã mở: http://{settings.BASE_HOST}:{port}/ — nhấn Ctrl-C để dừng. / Ctrl-C stops it.")
        elif not stack.is_stopping:
            self._say(f"Trang web chưa trả lời; xem {engines.home() / 'logs' / 'web.log'}")
        if demo:
            self._say("Đang chuẩn bị dữ liệu minh họa (lần đầu mất một hai phút) …")
            self._have_done(stack, port, "demo --if-missing --no-stack", "demo --guide")
        stack.wait()

    def _have_done(self, stack: Stack, port: int, *lines: str) -> None:
        """Run commands beside the stack, which is looked after meanwhile; their failure does not end the site."""
        if stack.is_stopping:
            return
        child = [sys.executable, "-P", "-m", "tieubieu.processes.child", str(getpid()), "tieubieu.processes.sequence"]
        work = subprocess.Popen(  # noqa: S603 - our own program
            [*child, *lines], env={**environ, "TIEUBIEU_PORT": str(port)}, process_group=0
        )
        if not stack.wait(lambda: work.poll() is not None):
            work.terminate()
        if work.wait() and not stack.is_stopping:
            self.stderr.write(f"Lệnh {lines} kết thúc với mã {work.returncode}; trang vẫn chạy. / The site goes on.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _stop_cleanly_on_signals() -> None:
    """Until the stack takes over, any signal to stop unwinds what was started, like Ctrl-C."""

    def unwind(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in STOP_SIGNALS:
        signal.signal(number, unwind)


def _answers(port: int) -> bool:
    """Tell whether the web process answers at all; being unwell is an answer."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/suc-khoe/", headers={"Host": settings.BASE_HOST})
    try:
        urllib.request.urlopen(request, timeout=5).close()  # noqa: S310 - our own address
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True

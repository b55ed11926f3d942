"""The embedded PostgreSQL: one server per home, on a Unix socket only, open to the home's owner alone."""

import locale
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from tieubieu.engines import programs, servers
from tieubieu.engines.errors import EngineError
from tieubieu.engines.homes import POSTGRES_SOCKET, Home, private

DATABASE = "tieubieu"
# Not a superuser: what works here must work on a managed server, too.
ROLE = "tieubieu"
SUPERUSER = "postgres"
PROGRAM = "postgres"
START_SECONDS = 60
STOP_SECONDS = 20

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    # A query over every tenant's schema locks some 17 relations in each.
    "max_locks_per_transaction": "256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] %u@%d ",
    "lc_messages": "C",
}
# For tests: a crash of the machine may lose them, a crash of the server does not.
WITHOUT_FSYNC = {"fsync": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Postgres:
    home: Home
    fsync: bool = True

    def url(self, database: str = DATABASE, *, user: str = ROLE) -> str:
        """Return the address of a database; the server need not run."""
        return f"postgresql://{user}@/{database}?host={quote(str(self.home.sockets), safe='/')}"

    def is_ready(self) -> bool:
        """Tell whether the server answers and our database is there."""
        return self._answers(DATABASE, ROLE)

    def start(self) -> bool:
        """Start the server unless it runs, and see to its database; return whether it was started. Under the lock."""
        if self.is_ready():
            return False
        self._refuse_other_owner()
        launch = not self._recovers()
        if launch:
            self._create_cluster()
            self._refuse_other_major()
            self._clear_leftovers()
            self._write_settings()
            self._launch()
        self._create_database()
        return launch

    def stop(self) -> None:
        """Stop the server if it is ours and runs; idempotent."""
        pid = self._pid()
        if pid is None:
            return
        for mode in ("fast", "immediate"):
            if self._pg_ctl("stop", "-m", mode, "-t", str(STOP_SECONDS)).returncode == 0 or self._pid() is None:
                return

    def pid(self) -> int | None:
        """Return the number of our running server."""
        return self._pid()

    # --- One start, step by step -----------------------------------------------------------------

    def _refuse_other_owner(self) -> None:
        data = self.home.postgres_data
        if data.exists() and data.stat().st_uid != self.home.account.uid:
            raise EngineError(
                f"Dữ liệu {data} thuộc về uid {data.stat().st_uid}: chạy bằng chính người đó hoặc đặt TIEUBIEU_HOME."
                f" / The data in {data} belongs to another user: run as that user or set TIEUBIEU_HOME."
            )

    def _refuse_other_major(self) -> None:
        made_by = (self.home.postgres_data / "PG_VERSION").read_text().strip()
        installed = str(programs.postgres_major())
        if made_by != installed:
            raise EngineError(
                f"Dữ liệu {self.home.postgres_data} do PostgreSQL {made_by} tạo, máy này có bản {installed}:"
                " dùng lại bản cũ, kết xuất bằng pg_dump rồi nạp vào nơi mới. / This data was made by PostgreSQL"
                f" {made_by}, installed is {installed}: use the old version to pg_dump, restore into a new home."
            )

    def _recovers(self) -> bool:
        """Tell whether a server of ours runs and answers, giving one that repairs itself after a crash its time."""
        seconds = START_SECONDS if self._pid() and (self.home.sockets / POSTGRES_SOCKET).exists() else 0
        return servers.wait_until(lambda: self._answers("postgres", SUPERUSER) or not self._pid(), seconds) and bool(
            self._pid()
        )

    def _create_cluster(self) -> None:
        """Make the data folder; it appears whole or, after a kill, not at all."""
        data = self.home.postgres_data
        if (data / "PG_VERSION").exists():
            return
        draft = data.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        private(draft, self.home.account)
        made = self._run(
            *("initdb", "-D", str(draft), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--no-instructions"),
            # The C library's ctype decides what pg_trgm takes for a letter; order and case are the built-in provider's.
            *("--locale=C", f"--lc-ctype={_ctype()}", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *(() if self.fsync else ("--no-sync",)),
        )
        if made.returncode != 0:
            raise self._failure("không tạo được dữ liệu", "cannot make its data", _last_line(made.stderr))
        draft.rename(data)

    def _clear_leftovers(self) -> None:
        """Deal with what an earlier server left behind.

        A server that does not answer is stopped. A server process that outlived its parent must
        be gone before the pid file is: PostgreSQL could no longer see that it still writes.
        """
        data = self.home.postgres_data
        self.stop()
        for orphan in servers.serving(data, PROGRAM):
            servers.end(orphan, lambda pid=orphan: not servers.serves(pid, data, PROGRAM), STOP_SECONDS)  # type: ignore[misc]
        for stale in (data / "postmaster.pid", *self.home.sockets.glob(f"{POSTGRES_SOCKET}*")):
            stale.unlink(missing_ok=True)

    def _write_settings(self) -> None:
        folder = self.home.settings
        settings = SETTINGS | ({} if self.fsync else WITHOUT_FSYNC)
        settings |= {"unix_socket_directories": str(self.home.sockets), "hba_file": str(folder / "pg_hba.conf")}
        lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in settings.items()]
        _publish(folder / "postgresql.conf", "\n".join(lines) + "\n")
        # The folder of the socket is the door: only its owner can reach it.
        _publish(folder / "pg_hba.conf", "local all all trust\n")

    def _launch(self) -> None:
        config = shlex.quote(str(self.home.settings / "postgresql.conf"))
        started = self._pg_ctl("start", "-t", str(START_SECONDS), "-o", f"-c config_file={config}")
        if started.returncode != 0:
            raise self._failure("không khởi động được", "did not start", servers.tail(self._log))

    def _create_database(self) -> None:
        with psycopg.connect(self.url("postgres", user=SUPERUSER), autocommit=True) as connection:
            if not connection.execute("select 1 from pg_roles where rolname = %s", [ROLE]).fetchone():
                connection.execute(f"create role {ROLE} login createdb createrole")
            if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
                connection.execute(f"create database {DATABASE} owner {ROLE}")

    # --- Parts -----------------------------------------------------------------------------------

    @property
    def _log(self) -> Path:
        return self.home.logs / "postgres.log"

    def _answers(self, database: str, user: str) -> bool:
        try:
            psycopg.connect(self.url(database, user=user), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _pid(self) -> int | None:
        pid = servers.first_number(self.home.postgres_data / "postmaster.pid")
        return pid if pid is not None and servers.serves(pid, self.home.postgres_data, PROGRAM) else None

    def _pg_ctl(self, action: str, *options: str) -> subprocess.CompletedProcess[str]:
        return self._run("pg_ctl", action, "-w", "-s", "-D", str(self.home.postgres_data), *options)

    def _run(self, program: str, *options: str) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs; what it says goes to the log, which its server keeps open."""
        account = self.home.account
        path = programs.postgres_programs(account) / program
        with self._log.open("a") as log:
            return subprocess.run(  # type: ignore[call-overload,no-any-return]  # noqa: S603 - our own program
                [str(path), *options], cwd="/", env=servers.environment(), stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.PIPE if program == "initdb" else log,
                text=True, check=False, start_new_session=True, **account.popen(),
            )  # fmt: skip

    def _failure(self, what: str, what_in_english: str, detail: str) -> EngineError:
        return EngineError(
            f"PostgreSQL nhúng {what} (nhật ký: {self._log}). / The embedded PostgreSQL {what_in_english}: {detail}"
        )


def _ctype() -> str:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C.UTF-8"


def _publish(file: Path, text: str) -> None:
    file.write_text(text)
    file.chmod(0o644)


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[-1]

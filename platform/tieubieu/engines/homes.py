"""Where one checkout keeps its engines' data, logs and sockets."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from tieubieu.engines.accounts import Account, current
from tieubieu.engines.errors import EngineError

CHECKOUT = Path(__file__).resolve().parents[3]
ROOT_HOMES = Path("/var/lib/tieubieu")
# sockaddr_un holds 107 bytes on Linux and 103 on macOS, name of the socket included.
LONGEST_SOCKET = 103
POSTGRES_SOCKET = ".s.PGSQL.5432"
VALKEY_SOCKET = "valkey.sock"


def default_home(purpose: str = "") -> Path:
    """Return the data home of this checkout; nothing is created.

    `TIEUBIEU_HOME` decides when it is set. A purpose ("test") names a home of its own beneath.
    """
    chosen = os.environ.get("TIEUBIEU_HOME")
    base = Path(chosen).expanduser().absolute() if chosen else _home_of_checkout()
    return base / purpose if purpose else base


def _home_of_checkout() -> Path:
    if os.geteuid() == 0:
        return ROOT_HOMES / _short_hash(str(CHECKOUT))
    if (CHECKOUT / "pyproject.toml").exists():
        return CHECKOUT / ".tieubieu"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "tieubieu"


@dataclass(frozen=True)
class Home:
    """The places inside one home, and the account that owns the engines' share of them."""

    path: Path

    @property
    def account(self) -> Account:
        return current()

    @property
    def postgres_data(self) -> Path:
        return self.path / "postgres"

    @property
    def valkey_data(self) -> Path:
        return self.path / "valkey"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def settings(self) -> Path:
        """Configuration files, written by us at each start and only read by the engines."""
        return self.path / "engines"

    @property
    def sockets(self) -> Path:
        """A private folder for the sockets: inside the home, or a short one when its path is too long."""
        inside = self.path / "run"
        longest = max(POSTGRES_SOCKET, VALKEY_SOCKET, key=len)
        if len(os.fsencode(inside / longest)) <= LONGEST_SOCKET:
            return inside
        return Path("/tmp") / f"tieubieu-{os.geteuid()}-{_short_hash(str(self.path))}"  # noqa: S108 - checked to be private

    def make(self) -> None:
        """Make the home itself, closed to others; root's may be passed by the account that it lends."""
        make(self.path, 0o711 if self.account.lent else 0o700)

    def prepare(self) -> None:
        """Make the engines' folders, idempotently; refuse a home that somebody else owns or that cannot be reached."""
        account = self.account
        if account.lent:
            _require_passage(self.path)
        try:
            self.make()
            for shared in (self.logs, self.settings):
                make(shared, 0o755)
            private(self.sockets, account)
        except OSError as error:
            raise EngineError(
                f"Không ghi được vào {self.path} ({error.strerror}): đặt TIEUBIEU_HOME sang nơi khác."
                f" / Cannot write to {self.path}: set TIEUBIEU_HOME to another place."
            ) from error


def make(folder: Path, mode: int) -> None:
    """Make a folder with this very mode, whatever the umask; one that is there stays as it is."""
    if folder.exists():
        return
    make(folder.parent, 0o755)
    folder.mkdir(exist_ok=True)
    folder.chmod(mode)


def private(folder: Path, account: Account) -> None:
    """Make a folder that only the engines' account may enter; a planted or foreign one is refused."""
    folder.mkdir(mode=0o700, exist_ok=True)
    seen = folder.lstat()
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid not in (account.uid, os.geteuid()):
        raise EngineError(
            f"{folder} thuộc về người khác (uid {seen.st_uid}): chạy bằng chính người đó hoặc đặt TIEUBIEU_HOME."
            f" / {folder} belongs to another user: run as that user or set TIEUBIEU_HOME."
        )
    account.own(folder)
    folder.chmod(0o700)


def _require_passage(path: Path) -> None:
    there = [folder for folder in (path, *path.parents) if folder.exists()]
    closed = [folder for folder in there if not folder.stat().st_mode & stat.S_IXOTH]
    if closed:
        raise EngineError(
            f"Tài khoản chạy PostgreSQL không đi qua được {closed[-1]}: đặt TIEUBIEU_HOME ngoài thư mục đó"
            f" hoặc chạy bằng người dùng thường. / PostgreSQL's account cannot pass {closed[-1]}: set"
            " TIEUBIEU_HOME elsewhere or run as an ordinary user."
        )


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]

"""The one place that reads the environment, typed.

`DATABASE_URL`, `REDIS_URL`, `STORAGE_URL` and `EMAIL_URL` replace the embedded parts one by one; a part whose
variable is absent is the embedded one.
"""

import os
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import environ

from tieubieu import engines

MOST_PROXIES = 9
MOST_HOURS = 720
DEVELOPMENT_SECRET = "chi-dung-khi-phat-trien-khong-dung-khi-van-hanh"  # noqa: S105 - production refuses it
SMTP = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


class WrongSetting(Exception):
    """A variable cannot be understood; the text names it and the remedy, in Vietnamese and English."""


@dataclass(frozen=True)
class Environment:
    name: str
    secret_key: str
    base_host: str
    port: int
    proxies: int
    reminder_hours: int
    database_url: str
    redis_url: str
    storage_url: str
    mail_url: str
    mail_from: str
    embedded_database: bool
    embedded_redis: bool
    embedded_mail: bool


@dataclass(frozen=True)
class MailServer:
    """Django's mail settings, each under its own name."""

    backend: str
    folder: str = ""
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    ssl: bool = False


def deployment() -> str:
    """Return `development`, `test` or `production`."""
    name = os.environ.get("TIEUBIEU_ENV", "development")
    if name not in ("development", "test", "production"):
        raise WrongSetting(
            f"TIEUBIEU_ENV={name!r}: phải là development, test hoặc production. / Must be one of the three."
        )
    return name


def read() -> Environment:
    """Read the environment once; raise `WrongSetting` for a variable that cannot be understood."""
    base_host = os.environ.get("TIEUBIEU_BASE_HOST", "localhost")
    return Environment(
        name=deployment(),
        secret_key=os.environ.get("SECRET_KEY", DEVELOPMENT_SECRET),
        base_host=base_host,
        port=_port(os.environ.get("TIEUBIEU_PORT", "8000")),
        proxies=_proxies(os.environ.get("TIEUBIEU_PROXIES", "0")),
        reminder_hours=_hours(os.environ.get("TIEUBIEU_JUDGE_REMINDER_HOURS", "24")),
        database_url=os.environ.get("DATABASE_URL") or engines.database_url(),
        redis_url=os.environ.get("REDIS_URL") or engines.redis_url(),
        storage_url=os.environ.get("STORAGE_URL") or (engines.home() / "files").as_uri(),
        mail_url=os.environ.get("EMAIL_URL") or f"filemail://{engines.home() / 'mail'}",
        mail_from=os.environ.get("DEFAULT_FROM_EMAIL") or f"khong-tra-loi@{base_host}",
        embedded_database=not os.environ.get("DATABASE_URL"),
        embedded_redis=not os.environ.get("REDIS_URL"),
        embedded_mail=not os.environ.get("EMAIL_URL"),
    )


def database(url: str) -> dict[str, Any]:
    """Turn a PostgreSQL URL into Django's database settings."""
    wrong = WrongSetting(
        "DATABASE_URL không đọc được; dạng đúng: postgres://người_dùng:mật_khẩu@máy_chủ:5432/tên_csdl"
        " / DATABASE_URL cannot be parsed; expected postgres://user:password@host:5432/name"
    )
    try:
        with warnings.catch_warnings(action="ignore"):  # it would show the whole address, the password too
            parsed = environ.Env.db_url_config(url)
    except (ValueError, KeyError, TypeError) as error:
        raise wrong from error
    if "postgresql" not in str(parsed.get("ENGINE", "")) or not parsed.get("NAME"):
        raise wrong
    return dict(parsed)


def mail(url: str) -> MailServer:
    """Read a mail URL: `smtp://user:password@host:587/?tls=true`, `smtps://…` for TLS from the first byte, or
    `filemail:///folder`, which writes each letter to a file. Raises `WrongSetting`.
    """
    try:
        parts = urlsplit(url)
        if parts.scheme == "filemail" and parts.path.startswith("/"):
            return MailServer(backend="django.core.mail.backends.filebased.EmailBackend", folder=unquote(parts.path))
        return MailServer(
            backend="django.core.mail.backends.smtp.EmailBackend",
            host=unquote(parts.hostname or "") or _missing("host"),
            port=parts.port or SMTP[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            tls=parts.scheme == "smtp+tls" or (parts.scheme == "smtp" and _asks_tls(parts.query)),
            ssl=parts.scheme == "smtps",
        )
    except (ValueError, KeyError) as error:
        raise WrongSetting(
            "EMAIL_URL không đọc được; dạng đúng: smtp://người_dùng:mật_khẩu@máy_chủ:587/?tls=true"
            " / EMAIL_URL cannot be parsed; expected smtp://user:password@host:587/?tls=true"
        ) from error


def _asks_tls(query: str) -> bool:
    return parse_qs(query).get("tls", ["false"])[0].lower() in ("true", "1", "yes")


def _missing(part: str) -> str:
    raise ValueError(part)


def _port(raw: str) -> int:
    if not raw.isdigit() or not 0 < int(raw) < 65536:
        raise WrongSetting(f"TIEUBIEU_PORT={raw!r}: phải là số từ 1 đến 65535. / Must be a port number.")
    return int(raw)


def _hours(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > MOST_HOURS:
        raise WrongSetting(
            f"TIEUBIEU_JUDGE_REMINDER_HOURS={text!r}: phải là số giờ từ 0 đến {MOST_HOURS}."
            f" / Must be hours from 0 to {MOST_HOURS}."
        )
    return int(text)


def _proxies(raw: str) -> int:
    if not raw.isdigit() or int(raw) > MOST_PROXIES:
        raise WrongSetting(
            f"TIEUBIEU_PROXIES={raw!r}: phải là số proxy đứng trước trang web, từ 0 đến {MOST_PROXIES}."
            " / Must be how many proxies stand before the site."
        )
    return int(raw)


PROJECT = Path(__file__).resolve().parents[3]

"""Is this deployment fit to start? Each weak setting is named, with its remedy, in Vietnamese and English.

`check --deploy` lists the settings, `check-start` asks the services, too. An error refuses the start; weak
settings do so in production only.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
import redis
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Weakness
from django.db import connections

from tieubieu import engines
from tieubieu.settings.environment import DEVELOPMENT_SECRET

SHORTEST_SECRET = 50
YEAR_SECONDS = 365 * 24 * 60 * 60
OLDEST_POSTGRES = 150000
CONNECT_SECONDS = 5
# Exit status of a start that is refused.
REFUSED = 2


@register("deployment", deploy=True)
def weak_settings(app_configs: object = None, **_: Any) -> list[CheckMessage]:
    """Name the settings that are weak for a deployment which others reach."""
    return [message for message in (*_secrets(), *_hosts(), *_cookies(), *_engines()) if message]


@register(Tags.database)
def services(app_configs: object = None, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Ask the database and Redis whether they are there and as the platform needs them."""
    return [*database_faults(), *redis_faults()] if databases else []


def faults_at_start() -> list[CheckMessage]:
    """Everything that a start must know: the services, and in production each weak setting."""
    settled = weak_settings() if settings.ENV.name == "production" else []
    return [*settled, *database_faults(), *redis_faults()]


def is_refused(messages: Iterable[CheckMessage]) -> bool:
    """Tell whether one of the messages forbids the start."""
    return any(message.is_serious() for message in messages)


def told(message: CheckMessage) -> str:
    """One fault on two lines: what is wrong, and what to do."""
    word = "LỖI" if message.is_serious() else "Cảnh báo"
    return f"{word} [{message.id}] {message.msg}\n      → {message.hint}"


# --- Settings --------------------------------------------------------------------------------------


def _secrets() -> Iterable[CheckMessage | None]:
    if settings.DEBUG:
        yield Error(
            "DEBUG đang bật: trang lỗi để lộ mã nguồn và cấu hình. / DEBUG is on and shows source and settings.",
            hint="TIEUBIEU_ENV=production",
            id="tieubieu.E001",
        )
    if settings.SECRET_KEY == DEVELOPMENT_SECRET or len(settings.SECRET_KEY) < SHORTEST_SECRET:
        yield Error(
            "SECRET_KEY yếu hoặc là khoá mặc định: ai cũng ký được phiên đăng nhập."
            " / SECRET_KEY is the default or too short: anybody can sign sessions.",
            hint=f"SECRET_KEY ≥ {SHORTEST_SECRET} ký tự ngẫu nhiên / random characters: openssl rand -base64 48",
            id="tieubieu.E002",
        )


def _hosts() -> Iterable[CheckMessage | None]:
    if settings.BASE_HOST in ("", "localhost"):
        yield Error(
            "Chưa đặt tên miền gốc: chỉ máy này vào được. / The base host is not set: only this machine can visit.",
            hint="TIEUBIEU_BASE_HOST=binhchon.example.vn (mỗi tỉnh một tên miền con / one sub-domain per province)",
            id="tieubieu.E003",
        )
    if not settings.TRUSTED_PROXIES:
        yield Weakness(
            "Chưa khai số proxy: mọi người đều mang địa chỉ của proxy, nên một người nhập sai mật khẩu khoá tài khoản"
            " của người khác. / The number of proxies is not set: everybody has the proxy's address, so whoever"
            " mistypes a password locks the account for its owner, too.",
            hint="TIEUBIEU_PROXIES=1 (số proxy đứng trước trang web / how many proxies stand before the site)",
            id="tieubieu.W003",
        )


def _cookies() -> Iterable[CheckMessage | None]:
    if not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        yield Error(
            "Cookie đăng nhập đi qua cả HTTP không mã hoá. / Sign-in cookies also travel over plain HTTP.",
            hint="TIEUBIEU_ENV=production, sau một proxy HTTPS / behind an HTTPS proxy",
            id="tieubieu.E004",
        )
    if settings.SESSION_COOKIE_DOMAIN or settings.CSRF_COOKIE_DOMAIN:
        yield Error(
            "Cookie có thuộc tính Domain: tỉnh này gửi được phiên sang tỉnh khác."
            " / Cookies carry a Domain: one province's session reaches another's.",
            hint="bỏ SESSION_COOKIE_DOMAIN và CSRF_COOKIE_DOMAIN / remove both",
            id="tieubieu.E005",
        )
    if settings.SECURE_HSTS_SECONDS < YEAR_SECONDS:
        yield Weakness(
            "HSTS tắt hoặc dưới một năm. / HSTS is off or shorter than a year.",
            hint="TIEUBIEU_ENV=production",
            id="tieubieu.W001",
        )


def _engines() -> Iterable[CheckMessage | None]:
    embedded = [
        ("DATABASE_URL", settings.ENV.embedded_database),
        ("REDIS_URL", settings.ENV.embedded_redis),
        ("STORAGE_URL", (engines.home() / "files").as_uri() == settings.STORAGE_URL),
    ]
    names = ", ".join(name for name, is_embedded in embedded if is_embedded)
    if names:
        yield Weakness(
            f"{names}: đang dùng phần nhúng của một máy. / {names}: the parts embedded for one machine are in use.",
            hint="trỏ tới dịch vụ thật, xem deploy/README.md / point them at real services",
            id="tieubieu.W002",
        )
    if settings.ENV.embedded_mail:
        yield Weakness(
            "EMAIL_URL: thư chỉ ghi ra tệp, không tới người nhận. / EMAIL_URL: mail is only written to files.",
            hint="EMAIL_URL=smtp://người_dùng:mật_khẩu@máy_chủ:587/?tls=true, DEFAULT_FROM_EMAIL=địa_chỉ_gửi / sender",
            id="tieubieu.W004",
        )
    if settings.TENANT_LIMIT_SET_CALLS:
        yield Error(
            "TENANT_LIMIT_SET_CALLS đang bật: sau một lần lùi giao dịch có thể đọc nhầm tỉnh."
            " / TENANT_LIMIT_SET_CALLS is on: after a rollback another province may be read.",
            hint="TENANT_LIMIT_SET_CALLS = False",
            id="tieubieu.E006",
        )


# --- Services --------------------------------------------------------------------------------------


def database_faults() -> list[CheckMessage]:
    """Ask PostgreSQL as the login role, bound to no tenant; one clear message when it cannot be reached."""
    try:
        with psycopg.connect(**_connection_words(), connect_timeout=CONNECT_SECONDS, autocommit=True) as connection:
            return list(_faults_of(connection))
    except psycopg.Error as error:
        return [unreachable(error)]


def unreachable(error: BaseException) -> CheckMessage:
    """Say which database cannot be reached and why, without its password."""
    words = _connection_words()
    place = f"{words.get('host') or 'localhost'}:{words.get('port') or 5432}/{words.get('dbname')}"
    reason = " ".join(str(error).split())
    return Error(
        f"DATABASE_URL: không kết nối được tới {place} ({words.get('user', '')})."
        f" / The database cannot be reached: {reason}",
        hint="kiểm tra DATABASE_URL=postgres://người_dùng:mật_khẩu@máy_chủ:5432/tên_csdl và máy chủ có đang chạy;"
        " bỏ DATABASE_URL để dùng PostgreSQL nhúng / check the address and that the server runs;"
        " unset DATABASE_URL for the embedded one",
        id="tieubieu.E010",
    )


def _faults_of(connection: psycopg.Connection[Any]) -> Iterable[CheckMessage]:
    version, encoding, citus, superuser, fsync, commit = connection.execute(
        "select current_setting('server_version_num')::int, current_setting('server_encoding'),"
        " exists (select from pg_extension where extname = 'citus'),"
        " (select rolsuper or rolbypassrls from pg_roles where rolname = current_user),"
        " current_setting('fsync'), current_setting('synchronous_commit')"
    ).fetchone() or (0, "", False, False, "", "")
    if version < OLDEST_POSTGRES:
        yield Error(
            f"PostgreSQL quá cũ ({version}). / PostgreSQL is too old.", hint="PostgreSQL ≥ 15", id="tieubieu.E011"
        )
    if encoding != "UTF8":
        yield Error(
            f"Cơ sở dữ liệu dùng bảng mã {encoding}. / The database's encoding is {encoding}.",
            hint="CREATE DATABASE … ENCODING 'UTF8'",
            id="tieubieu.E012",
        )
    if citus and settings.OUTBOX_TABLE == "shared":
        yield Error(
            "Có Citus mà hộp việc dùng chung một bảng: sẽ mất việc. / Citus with a shared outbox table loses messages.",
            hint="OUTBOX_TABLE = 'tenant' hoặc PostgreSQL không có Citus / or PostgreSQL without Citus",
            id="tieubieu.E013",
        )
    if superuser and not settings.ENV.embedded_database:
        yield Weakness(
            "Tài khoản cơ sở dữ liệu là superuser: bức tường thứ hai giữa các tỉnh không đứng vững."
            " / The database role is a superuser: the second wall between provinces does not hold.",
            hint="CREATE ROLE … LOGIN CREATEROLE NOSUPERUSER",
            id="tieubieu.W011",
        )
    if fsync == "off" or (commit == "off" and settings.ENV.name == "production"):
        yield Weakness(
            "fsync hoặc synchronous_commit đang tắt: mất điện là mất dữ liệu đã báo là lưu."
            " / fsync or synchronous_commit is off: a power cut loses what was acknowledged.",
            hint="fsync = on, synchronous_commit = on",
            id="tieubieu.W012",
        )


def _connection_words() -> dict[str, Any]:
    """What libpq needs of Django's settings; the wrapper's own words for psycopg are left out."""
    known = {option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults()}
    return {
        name: value for name, value in connections["default"].get_connection_params().items() if name in known and value
    }


def redis_faults() -> list[CheckMessage]:
    """Ask Redis; queues must survive its restart, and must not be evicted."""
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=3, socket_connect_timeout=3) as client:
            client.ping()
            return list(_faults_of_redis(client))
    except (redis.RedisError, OSError, ValueError) as error:
        reason = " ".join(str(error).split())
        return [
            Error(
                f"REDIS_URL: không kết nối được. / Redis cannot be reached: {reason}",
                hint="REDIS_URL=redis://:mật_khẩu@máy_chủ:6379/0; bỏ REDIS_URL để dùng bản nhúng"
                " / unset REDIS_URL for the embedded one",
                id="tieubieu.E020",
            )
        ]


def _faults_of_redis(client: redis.Redis) -> Iterable[CheckMessage]:
    if not (_redis_setting(client, "appendonly") in ("yes", None) or _redis_setting(client, "save")):
        yield Weakness(
            "Redis không lưu xuống đĩa: khởi động lại là chậm việc cho tới khi phát lại."
            " / Redis is not persistent: a restart delays work until it is published again.",
            hint="appendonly yes, appendfsync everysec",
            id="tieubieu.W020",
        )
    if _redis_setting(client, "maxmemory-policy") not in ("noeviction", None):
        yield Weakness(
            "Redis bỏ bớt khoá khi đầy bộ nhớ, kể cả việc đang chờ. / Redis evicts keys when full, queued work too.",
            hint="maxmemory-policy noeviction",
            id="tieubieu.W021",
        )


def _redis_setting(client: redis.Redis, name: str) -> str | None:
    """Read a setting of the server; None when a managed service does not tell."""
    try:
        return client.config_get(name).get(name)
    except redis.ResponseError:
        return None

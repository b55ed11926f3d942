"""Each weak setting is named with its remedy; nothing to say means nothing said."""

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings

from tieubieu import checks, engines
from tieubieu.settings import environment
from tieubieu.settings.environment import DEVELOPMENT_SECRET, MailServer, WrongSetting, mail

SMTP = "django.core.mail.backends.smtp.EmailBackend"

STRONG = {
    "DEBUG": False,
    "SECRET_KEY": "x7" * 30,
    "BASE_HOST": "binhchon.example.vn",
    "TRUSTED_PROXIES": 1,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SESSION_COOKIE_DOMAIN": None,
    "CSRF_COOKIE_DOMAIN": None,
    "SECURE_HSTS_SECONDS": 365 * 24 * 60 * 60,
    "TENANT_LIMIT_SET_CALLS": False,
}


def weak(settings: Settings, **changed: Any) -> set[str]:
    for name, value in (STRONG | changed).items():
        setattr(settings, name, value)
    return {str(message.id) for message in checks.weak_settings()} - {"tieubieu.W002", "tieubieu.W004"}


def test_strong_settings_pass_without_a_word(settings: Settings) -> None:
    assert weak(settings) == set()


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"DEBUG": True}, "tieubieu.E001"),
        ({"SECRET_KEY": DEVELOPMENT_SECRET + "x" * 50}, None),
        ({"SECRET_KEY": DEVELOPMENT_SECRET}, "tieubieu.E002"),
        ({"SECRET_KEY": "short"}, "tieubieu.E002"),
        ({"BASE_HOST": "localhost"}, "tieubieu.E003"),
        ({"TRUSTED_PROXIES": 0}, "tieubieu.W003"),
        ({"SESSION_COOKIE_SECURE": False}, "tieubieu.E004"),
        ({"CSRF_COOKIE_SECURE": False}, "tieubieu.E004"),
        ({"SESSION_COOKIE_DOMAIN": ".binhchon.example.vn"}, "tieubieu.E005"),
        ({"TENANT_LIMIT_SET_CALLS": True}, "tieubieu.E006"),
        ({"SECURE_HSTS_SECONDS": 60}, "tieubieu.W001"),
    ],
)
def test_each_weak_setting_is_named(settings: Settings, changed: dict[str, Any], named: str | None) -> None:
    assert weak(settings, **changed) == ({named} if named else set())


@pytest.mark.parametrize("number", ["", "-1", "hai", "1.5", "10", "1,2"])
def test_a_number_of_proxies_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    monkeypatch.setenv("TIEUBIEU_PROXIES", number)

    with pytest.raises(environment.WrongSetting, match="TIEUBIEU_PROXIES"):
        environment.read()


def test_embedded_parts_are_named_by_their_variables(settings: Settings) -> None:
    settings.STORAGE_URL = (engines.home() / "files").as_uri()

    (told,) = [message for message in checks.weak_settings() if message.id == "tieubieu.W002"]

    assert "DATABASE_URL, REDIS_URL, STORAGE_URL" in told.msg
    assert not told.is_serious()


def test_a_deployment_whose_mail_goes_nowhere_is_told(settings: Settings) -> None:
    named = {str(message.id) for message in checks.weak_settings()}
    settings.ENV = replace(settings.ENV, embedded_mail=False)

    assert "tieubieu.W004" in named
    assert "tieubieu.W004" not in {str(message.id) for message in checks.weak_settings()}


@pytest.mark.parametrize(
    ("url", "server"),
    [
        (
            "smtp://u:p%40ss@mail.example.vn:587/?tls=true",
            MailServer(SMTP, "", "mail.example.vn", 587, "u", "p@ss", True),
        ),
        ("smtp+tls://mail.example.vn", MailServer(SMTP, "", "mail.example.vn", 587, "", "", True)),
        ("smtps://u:p@mail.example.vn", MailServer(SMTP, "", "mail.example.vn", 465, "u", "p", False, True)),
        ("smtp://mail.example.vn", MailServer(SMTP, "", "mail.example.vn", 25)),
        ("filemail:///srv/th%C6%B0", MailServer("django.core.mail.backends.filebased.EmailBackend", "/srv/thư")),
    ],
)
def test_a_mail_url_is_read(url: str, server: MailServer) -> None:
    assert mail(url) == server


@pytest.mark.parametrize(
    "url", ["", "mail.example.vn", "smtp://", "http://a", "filemail:", "smtp://a:99999", "imap://a"]
)
def test_a_mail_url_that_says_nothing_is_named(url: str) -> None:
    with pytest.raises(WrongSetting, match="EMAIL_URL"):
        mail(url)


def test_every_fault_speaks_both_languages_and_names_a_remedy(settings: Settings) -> None:
    weakest = {"DEBUG": True, "SECRET_KEY": "weak", "BASE_HOST": "", "SESSION_COOKIE_SECURE": False}
    weakest |= {"TRUSTED_PROXIES": 0}
    weak(settings, **weakest, SESSION_COOKIE_DOMAIN=".vn", SECURE_HSTS_SECONDS=0, TENANT_LIMIT_SET_CALLS=True)

    found = checks.weak_settings()

    assert len(found) == 10
    assert all(" / " in message.msg and message.hint for message in found)
    assert len({message.id for message in found}) == len(found)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://tb:secret@127.0.0.1:1/nowhere", "127.0.0.1:1/nowhere"),
        ("mysql://tb@db/tieubieu", "postgres://"),
        ("not a url", "postgres://"),
        ("tieubieu://tb:secret@db/tieubieu", "postgres://"),
        ("postgres://tb:secret@no-such-host.invalid/tieubieu", "no-such-host.invalid"),
    ],
)
def test_a_wrong_database_url_ends_a_run_with_one_clear_message(url: str, expected: str, tmp_path: Any) -> None:
    environment = {"DATABASE_URL": url, "REDIS_URL": "redis://127.0.0.1:1/0", "TIEUBIEU_HOME": str(tmp_path / "home")}

    ended = subprocess.run(
        [sys.executable, "-m", "tieubieu", "run"], env=environment, check=False, capture_output=True, text=True
    )

    assert ended.returncode == 2
    assert "DATABASE_URL" in ended.stderr
    assert expected in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "secret" not in ended.stderr + ended.stdout
    assert "Warning" not in ended.stderr

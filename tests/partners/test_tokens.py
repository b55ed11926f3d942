"""Client credentials: who gets a token, for what, and where it is worth anything."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from oauth2_provider.models import AccessToken, Application
from programs import Program, introduced

from apps.partners.models import ClientScope
from apps.partners.services import create_client
from tenants.gateways import inside
from tieubieu.audit.models import Event
from tieubieu.errors import DomainError


def test_a_program_gets_a_token_for_what_it_was_given(in_daklak):
    made = create_client("Cổng", ["rounds:read", "certificates:read"])

    answer = Program("daklak.localhost").ask(
        grant_type="client_credentials", client_id=made.client_id, client_secret=made.secret
    )

    told = answer.json()
    assert answer.status_code == 200
    assert (told["token_type"], told["expires_in"]) == ("Bearer", 3600)
    assert set(told["scope"].split()) == {"rounds:read", "certificates:read"}
    assert "refresh_token" not in told
    assert answer.headers["cache-control"] == "no-store"


def test_a_program_may_ask_for_less_but_not_for_more(in_daklak):
    made = create_client("Cổng", ["rounds:read"])
    key = {"grant_type": "client_credentials", "client_id": made.client_id, "client_secret": made.secret}

    less = Program("daklak.localhost").ask(**key, scope="rounds:read")
    more = Program("daklak.localhost").ask(**key, scope="rounds:read nominations:read")

    assert less.json()["scope"] == "rounds:read"
    assert (more.status_code, more.json()["error"]) == (400, "invalid_scope")


def test_the_secret_is_kept_as_a_hash(in_daklak):
    made = create_client("Cổng", ["rounds:read"])

    kept = Application.objects.get(client_id=made.client_id).client_secret

    assert made.secret not in kept
    assert kept.count("$") >= 2


def test_a_wrong_secret_is_refused(in_daklak):
    made = create_client("Cổng", ["rounds:read"])

    answer = Program("daklak.localhost").ask(
        grant_type="client_credentials", client_id=made.client_id, client_secret=made.secret[:-1]
    )

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    "grant",
    [
        "password",
        "authorization_code",
        "refresh_token",
        "implicit",
        "urn:ietf:params:oauth:grant-type:device_code",
        "",
    ],
)
def test_no_other_grant_is_offered(in_daklak, grant):
    made = create_client("Cổng", ["rounds:read"])

    answer = Program("daklak.localhost").ask(
        grant_type=grant, client_id=made.client_id, client_secret=made.secret, username="a", password="b", code="c"
    )

    assert (answer.status_code, answer.json()) == (400, {"error": "unsupported_grant_type"})
    assert not AccessToken.objects.exists()


def test_a_client_of_one_province_is_unknown_in_another(in_daklak, khanhhoa):
    made = create_client("Cổng", ["rounds:read"])

    there = Program("khanhhoa.localhost").ask(
        grant_type="client_credentials", client_id=made.client_id, client_secret=made.secret
    )

    assert (there.status_code, there.json()["error"]) == (401, "invalid_client")


def test_a_token_of_one_province_is_worthless_in_another(program, khanhhoa):
    there = Program("khanhhoa.localhost", program.token)

    assert program.get("/rounds/").status_code == 200
    assert there.get("/rounds/").status_code == 401


def test_an_expired_token_is_refused(program):
    AccessToken.objects.update(expires=timezone.now() - timedelta(seconds=1))

    assert program.get("/rounds/").status_code == 401


def test_a_client_without_scopes_reads_nothing(in_daklak):
    made = create_client("Cổng", ["rounds:read"])
    ClientScope.objects.all().delete()

    answer = Program("daklak.localhost").ask(
        grant_type="client_credentials", client_id=made.client_id, client_secret=made.secret
    )

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")


@pytest.mark.parametrize(
    ("scope", "open_to_it"),
    [
        ("rounds:read", {"/rounds/", "/entries/", "/results/"}),
        ("certificates:read", {"/certificates/"}),
        ("nominations:read", {"/nominations/", "/inbox/"}),
    ],
)
def test_each_scope_opens_its_own_lists(in_daklak, scope, open_to_it):
    program = introduced("daklak", scope)
    lists = ["/rounds/", "/entries/", "/results/", "/certificates/", "/nominations/", "/inbox/"]

    answers = {path: program.get(path).status_code for path in lists}

    assert answers == {path: 200 if path in open_to_it else 403 for path in lists}


@pytest.mark.parametrize("wrong", [["tat-ca"], [], ["rounds:read", "rounds:write"]])
def test_only_scopes_that_exist_are_given(in_daklak, wrong):
    with pytest.raises(DomainError, match="certificates:read, nominations:read, rounds:read"):
        create_client("Cổng", wrong)


def test_the_command_prints_the_secret_once_and_leaves_a_line_in_the_audit(daklak):
    out = StringIO()

    call_command("create_api_client", "daklak", "Cổng tỉnh", "--scope", "rounds:read", stdout=out)

    words = out.getvalue()
    secret = re.search(r"client_secret\):\s+(\S+)", words).group(1)
    client = re.search(r"client_id\):\s+(\S+)", words).group(1)
    assert "chỉ hiện lần này" in words
    key = {"grant_type": "client_credentials", "client_id": client, "client_secret": secret}
    assert Program("daklak.localhost").ask(**key).status_code == 200
    with inside("daklak"):
        event = Event.objects.get(tag="partners.client.made")
        assert secret not in str(event.facts)
        assert event.facts["scopes"] == ["rounds:read"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("khong-co", "Cổng", "--scope", "rounds:read"), "Không có đơn vị nào"),
        (("daklak", "Cổng"), "Cần ít nhất một phạm vi"),
        (("daklak", "Cổng", "--scope", "ghi"), "Không có phạm vi ghi"),
    ],
)
def test_the_command_says_what_is_wrong(daklak, words, told):
    with pytest.raises(CommandError, match=told), transaction.atomic():
        call_command("create_api_client", *words)


def test_a_name_is_given_once(in_daklak):
    create_client("Cổng", ["rounds:read"])

    with pytest.raises(DomainError, match="Đã có chương trình"):
        create_client("Cổng", ["rounds:read"])

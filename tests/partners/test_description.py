"""The description of the API: clean, current, and open to whoever wants to write a program."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema

from apps.partners.schema import description

COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


def test_the_committed_description_is_the_present_one():
    assert COMMITTED.read_text(encoding="utf-8") == description(), "tieubieu openapi > docs/openapi.json"


def test_the_description_is_valid_and_without_warnings():
    document = json.loads(description())

    assert not GENERATOR_STATS
    validate_schema(document)
    assert document["openapi"] == "3.1.0"


def test_the_command_prints_it():
    out = StringIO()

    call_command("openapi", stdout=out)

    assert out.getvalue() == description()


def test_every_operation_reads_names_its_scope_and_its_refusals():
    paths = json.loads(description())["paths"]

    for path, operations in paths.items():
        assert set(operations) == {"get"}, path
        (need,) = operations["get"]["security"]
        assert len(need["oauth2"]) == 1
        refusals = {s: set(r["content"]) for s, r in operations["get"]["responses"].items() if s != "200"}
        assert {"401", "403", "405", "406"} < set(refusals)
        assert set().union(*refusals.values()) == {"application/problem+json"}
    assert len(paths) == 12


def test_only_the_client_credentials_grant_is_described():
    (scheme,) = json.loads(description())["components"]["securitySchemes"].values()

    assert list(scheme["flows"]) == ["clientCredentials"]
    assert scheme["flows"]["clientCredentials"]["tokenUrl"] == "/api/v1/token/"


def test_no_mark_and_no_judge_is_described():
    names = {
        name
        for schema in json.loads(description())["components"]["schemas"].values()
        for name in schema.get("properties", {})
    }

    assert {name for name in names if re.search("score|mark|total|judge|sheet|rank|secret|token", name)} == set()


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html,*/*;q=0.8"])
def test_anyone_may_read_it_on_the_tenants_host(in_daklak, accept):
    answer = Client(headers={"host": "daklak.localhost", "accept": accept}).get("/api/v1/openapi.json")

    assert answer.status_code == 200
    assert json.loads(answer.content) == json.loads(description())

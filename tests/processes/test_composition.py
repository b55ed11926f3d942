"""The container files start what the supervisor starts, and name only what exists."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from tieubieu.processes import EVERYTHING

CHECKOUT = Path(__file__).parents[2]
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load((CHECKOUT / "deploy/compose.yaml").read_text())["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"].startswith("tieubieu:")}
CONTAINERFILE = (CHECKOUT / "deploy/Containerfile").read_text()


def test_the_composition_and_the_supervisor_start_the_same_processes() -> None:
    composed = {name: tuple(service["command"]) for name, service in OURS.items() if name != "migrate"}

    assert composed == {process.name: process.command for process in EVERYTHING}


def test_every_command_of_ours_exists() -> None:
    words = [word for service in OURS.values() for word in [" ".join(service["command"])]]
    words += [" ".join(service["healthcheck"].get("test", [])) for service in OURS.values()]
    asked = {name.replace("-", "_") for line in words for name in re.findall(r"\btieubieu ([a-z-]+)", line)}

    assert asked == {"relay", "health", "check_start", "migrate", "load_reference"}
    assert asked <= set(get_commands())


@pytest.mark.parametrize("process", [process.name for process in EVERYTHING])
def test_every_process_is_asked_for_its_health_and_waits_for_the_schemas(process: str) -> None:
    service = OURS[process]

    assert service["healthcheck"]["test"] == ["CMD", "tieubieu", "health", process]
    assert service["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}


def test_every_variable_given_is_one_that_is_read() -> None:
    read = (CHECKOUT / "platform/tieubieu/settings/environment.py").read_text()

    assert {name for service in OURS.values() for name in service["environment"] if f'"{name}"' not in read} == set()


def test_every_service_that_is_waited_for_can_tell_that_it_is_ready() -> None:
    waited_for = {
        (name, how["condition"]) for service in SERVICES.values() for name, how in service.get("depends_on", {}).items()
    }

    assert {name for name, _ in waited_for} <= set(SERVICES)
    assert all("healthcheck" in SERVICES[name] for name, how in waited_for if how == "service_healthy")


def test_the_image_runs_unprivileged_without_the_embedded_engines() -> None:
    last_user = re.findall(r"^USER (\S+)", CONTAINERFILE, re.MULTILINE)[-1]

    assert last_user == "tieubieu"
    assert "--extra" not in CONTAINERFILE


def test_one_version_of_uv_everywhere() -> None:
    setup = re.search(r"uv_version=(\S+)", (CHECKOUT / "deploy/setup").read_text())
    image = re.search(r"uv==(\S+)", CONTAINERFILE)

    assert setup is not None
    assert image is not None
    assert setup[1] == image[1]

"""What the files for a container promise."""

import re

import pytest
import yaml

from playground.settings import SETTINGS, variable
from tests.aids.sources import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
STAGE = DOCKERFILE.rpartition("\nFROM ")[2]  # the last one, which is the image
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICE = COMPOSE["services"]["playground"]
ADMITTED = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}


def copied(stage: str) -> list[str]:
    """Paths of the project that a stage copies."""
    commands = re.findall(r"^COPY (?!--from)(.+)$", stage, re.MULTILINE)
    return [source.rstrip("/") for command in commands for source in command.split()[:-1]]


def test_packages_are_installed_before_the_code_is_there():
    packages = DOCKERFILE.removesuffix(STAGE)
    assert copied(packages) == ["requirements.txt", "requirements-optuna.txt"]
    assert STAGE.index("COPY --from=packages") < STAGE.index("COPY app.py")


def test_what_is_copied_exists_and_is_admitted():
    sources = copied(DOCKERFILE)
    assert set(sources) == ADMITTED and all((ROOT / source).exists() for source in sources)


def test_every_folder_of_code_is_copied():
    assert {"app.py", "pages", "playground", ".streamlit/config.toml"} <= set(copied(STAGE))


def test_the_image_runs_without_rights_and_is_asked_for_its_health():
    assert STAGE.index("\nUSER playground") < STAGE.index("\nCMD")
    assert re.search(r"HEALTHCHECK .*CMD .*/healthz", STAGE)


def test_cpu_is_the_default_and_an_argument_chooses_cuda():
    assert "ARG TORCH_BACKEND=cpu\n" in DOCKERFILE and '--torch-backend "${TORCH_BACKEND}"' in DOCKERFILE


def test_compose_passes_every_setting_on_and_sets_the_workers_alone():
    settings = {name: value for name, value in SERVICE["environment"].items() if name.startswith("PLAYGROUND_")}
    assert settings.keys() == set(map(variable, SETTINGS))
    assert [name for name, value in settings.items() if value is not None] == [variable("workers")]


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_every_container_is_limited(name):
    service = COMPOSE["services"][name]
    assert service["pids_limit"] and service["mem_limit"]
    assert service["cap_drop"] == ["ALL"] and service["security_opt"] == ["no-new-privileges:true"]
    assert SERVICE["cpus"] and SERVICE["read_only"] is True


def test_compose_builds_this_dockerfile_for_the_cpu():
    assert SERVICE["build"] == {"context": ".", "args": {"TORCH_BACKEND": "${TORCH_BACKEND:-cpu}"}}
    assert str(SERVICE["environment"]["PLAYGROUND_WORKERS"]) == str(SERVICE["cpus"])


def test_the_proxy_leads_to_the_app_and_keeps_its_figures_back():
    text = COMPOSE["configs"]["caddyfile"]["content"]
    assert re.search(r"^\s*reverse_proxy playground:8501$", text, re.MULTILINE)
    assert "@figures path /metrics /_stcore/metrics" in text and "respond @figures 404" in text
    assert re.search(r"^\s*encode .*gzip", text, re.MULTILINE)

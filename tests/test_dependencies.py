"""Known weaknesses of what the app is built on, where the network lets us ask."""

import json
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PATIENCE = 40  # seconds; the tests do not wait for a network
WAITS = 5  # seconds for one answer


def installed_for(requirements: Path) -> dict[str, str]:
    """Name -> version of all that a file of requirements brings, as installed here."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    wanted = [Requirement(line) for line in lines if line and not line.startswith(("#", "-r"))]
    found: dict[str, str] = {}
    while wanted:
        requirement = wanted.pop()
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if name in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        try:
            found[name] = version(name).partition("+")[0]  # torch's builds are told apart behind the plus
        except PackageNotFoundError:
            continue  # of another system, or optional
        wanted += map(Requirement, requires(name) or ())
    return found


def test_what_the_requirements_bring_is_found_to_the_last(root):
    found = installed_for(root / "requirements.txt")
    assert found["torch"] == "2.13.0"
    assert {"streamlit", "protobuf", "starlette", "uvicorn", "websockets", "scipy"} <= set(found)


def test_no_known_weakness_is_in_what_we_are_built_on(root, tmp_path):
    pinned = tmp_path / "installed.txt"
    pinned.write_text(
        "\n".join(f"{name}=={number}" for name, number in installed_for(root / "requirements.txt").items())
    )
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(pinned), "--no-deps", "--disable-pip"]
    options = ["--format", "json", "--progress-spinner", "off", "--timeout", str(WAITS), "--cache-dir", str(tmp_path)]
    try:
        done = subprocess.run([*command, *options], capture_output=True, text=True, timeout=PATIENCE)
        answered = [each for each in json.loads(done.stdout)["dependencies"] if "vulns" in each]
    except subprocess.TimeoutExpired:
        pytest.skip(f"the database of weaknesses did not answer within {PATIENCE} s")
    except json.JSONDecodeError:
        pytest.skip(f"the database of weaknesses cannot be reached: {done.stderr.strip().splitlines()[-1][:200]}")
    if not answered:
        pytest.skip("the database of weaknesses knows none of the packages: this network has another one in its place")
    weak = {each["name"]: [weakness["id"] for weakness in each["vulns"]] for each in answered if each["vulns"]}
    assert not weak, "raise these in the requirements"

"""What the repository promises about itself."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _tracked(pattern: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", pattern], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_conda_installs_python_pip_and_then_the_package_itself() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    conda = [spec for spec in environment["dependencies"] if isinstance(spec, str)]
    (pip,) = [spec["pip"] for spec in environment["dependencies"] if isinstance(spec, dict)]
    names = {Requirement(spec).name: Requirement(spec).specifier for spec in conda}
    assert set(names) == {"python", "pip"}
    assert str(names["python"]) == PROJECT["project"]["requires-python"]
    assert pip == ["-e ."]


def test_the_lock_covers_every_dependency_and_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?:|index-url|find-links|file:", lock)
    pinned = re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)
    wanted = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["test"]
    plain = {re.sub(r"[-_.]+", "-", name).lower() for name in pinned}
    missing = {Requirement(spec).name.lower() for spec in wanted} - plain
    assert not missing
    assert lock.count("--hash=sha256:") >= len(pinned)


def test_notebooks_hold_no_outputs() -> None:
    notebooks = _tracked("notebooks/*.ipynb")
    assert notebooks
    for path in notebooks:
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            assert not cell.get("outputs"), path.name
            assert cell.get("execution_count") is None, path.name


def test_outputs_are_not_committed() -> None:
    assert not _tracked("outputs/*")


def test_no_line_of_the_report_is_committed(report_text: str) -> None:
    lines = {line.strip() for line in report_text.split("\n") if len(line.strip()) > 20}
    assert len(lines) > 500
    for pattern in ("*.py", "*.md", "*.toml", "*.ipynb", "*.txt", "*.csv"):
        for path in _tracked(pattern):
            text = path.read_text(encoding="utf-8")
            assert not [line for line in lines if line in text], path


def test_importing_the_package_loads_no_heavy_library() -> None:
    program = (
        "import sys, yanshi_analysis;"
        "print([m for m in ('matplotlib', 'seaborn', 'statsmodels', 'pptx', 'docx', 'pandera',"
        " 'ipywidgets', 'openpyxl') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


def test_every_public_name_is_there() -> None:
    import yanshi_analysis

    for name in yanshi_analysis.__all__:
        assert getattr(yanshi_analysis, name).__doc__, name
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = yanshi_analysis.nonsense


def test_both_readmes_show_the_same_commands() -> None:
    commands = [
        re.findall(r"^```(?:bash|sh)\n(.*?)^```", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)
        for path in (ROOT / "README.md", ROOT / "README.zh-CN.md")
    ]
    assert commands[0] and commands[0] == commands[1]
    assert 'pip install "nox[uv]" && nox -s refresh' in commands[0][0]

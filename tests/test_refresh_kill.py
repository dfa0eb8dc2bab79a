"""Refresh killed at random moments: the outputs stay whole, and no process stays behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.test_refresh import DATA, EXPORT, Desk

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc"),
]
ROOT = Path(__file__).resolve().parents[1]
SCRIPT = """
import sys
from yanshi_analysis.refresh import refresh
refresh(sys.argv[1], notebooks=sys.argv[2], outputs=sys.argv[3], parts=("facts",), lang="both",
        force=True, fork=sys.argv[4] == "fork")
"""


def start(desk: Desk, how: str) -> subprocess.Popen[bytes]:
    env = os.environ | {"PYTHONPATH": str(ROOT), "YANSHI_MARK": str(desk.folder)}
    arguments = [str(DATA), str(desk.notebooks), str(desk.outputs), how]
    return subprocess.Popen([sys.executable, "-c", SCRIPT, *arguments], env=env)


def of_this_test(desk: Desk) -> list[int]:
    """Return the processes that descend from a refresh of this desk."""
    mark = f"YANSHI_MARK={desk.folder}".encode()
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and mark in (folder / "environ").read_bytes():
                state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
                if state != "Z":
                    found.append(int(folder.name))
        except OSError:
            continue
    return found


@pytest.mark.parametrize(("how", "times"), [("fork", 20), ("plain", 5)])
def test_killing_loses_nothing_and_leaves_no_process(tmp_path: Path, how: str, times: int) -> None:
    desk = Desk(tmp_path)
    desk.write("01_a", EXPORT, "import time; time.sleep(0.2)")
    begun = time.monotonic()
    assert start(desk, how).wait() == 0
    takes = time.monotonic() - begun
    first = desk.files()
    assert desk.whole()
    (desk.outputs / "mine.txt").write_text("a person's", encoding="utf-8")
    moments = random.Random(20250124)
    killed = 0
    for _ in range(4 * times):  # a run may end before its moment comes; it is not counted then
        begun = time.monotonic()
        process = start(desk, how)
        try:
            process.wait(moments.uniform(0.05, takes))
            takes = min(takes, time.monotonic() - begun)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
        assert desk.whole()
        until = time.monotonic() + 10
        while of_this_test(desk) and time.monotonic() < until:
            time.sleep(0.05)
        assert of_this_test(desk) == []
        if killed == times:
            break
    assert killed == times
    assert start(desk, how).wait() == 0
    assert desk.files() == first | {"mine.txt": b"a person's"}
    assert desk.left_over() == []


def test_an_interrupt_stops_everything_at_once(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write("01_a", "import time; time.sleep(600)")
    env = os.environ | {
        "PYTHONPATH": str(ROOT),
        "YANSHI_MARK": str(desk.folder),
        "YANSHI_NOTEBOOKS": str(desk.notebooks),
        "YANSHI_OUTPUTS": str(desk.outputs),
        "YANSHI_DATA": str(DATA),
    }
    code = "from yanshi_analysis.cli import app; app(['refresh', '--lang', 'en'])"
    process = subprocess.Popen(
        [sys.executable, "-c", code], env=env, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    until = time.monotonic() + 60
    while not list(desk.folder.glob("outputs.building/work/kernel-*")) and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Stopped." in said.decode() and "已停止" in said.decode()
    assert "Traceback" not in said.decode()
    time.sleep(1.5)
    assert of_this_test(desk) == [] and desk.left_over() == []

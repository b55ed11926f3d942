"""Small programs to supervise, in place of the platform's own."""

from pathlib import Path

import pytest

PROGRAMS = {
    "steady": """
import os, time
print("steady", os.getpid(), flush=True)
time.sleep(600)
""",
    "fragile": """
import sys
print("fragile ended", flush=True)
sys.exit(3)
""",
    "stubborn": """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("stubborn", os.getpid(), flush=True)
time.sleep(600)
""",
    "parent": """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("parent", child.pid, flush=True)
child.wait()
""",
}


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    folder = tmp_path / "programs"
    folder.mkdir()
    for name, text in PROGRAMS.items():
        (folder / f"{name}.py").write_text(text)
    return folder

"""``mock_twilio`` and ``http_client`` work with the releases 7, 8 and 9 of Twilio's library.

``make test`` installs them where a registry answers: without their dependencies, which the newest release brings.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PLACE = Path(__file__).parents[2] / ".venv" / "twilio"


@pytest.mark.parametrize("release", [7, 8, 9])
def test_an_application_with_this_release_speaks_with_the_simulator(release: int) -> None:
    installed = PLACE / str(release)
    if not (installed / "twilio").is_dir():
        reason = f"there is no twilio {release} in {installed}: `make test` installs it where a registry answers"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    path = os.pathsep.join([str(installed), *sys.path])
    ran = subprocess.run(
        [sys.executable, "-m", "tests.testing.releases"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith(f"{release}."), ran.stdout

"""The npm SDK against a served world, where node and the package are installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO

_FIND = "require.resolve('twilio')"
_PLACE = """
const twilio = require('twilio');
const [to, from] = process.argv.slice(1);
class Loopback extends twilio.RequestClient {
  request(options) {
    options.uri = options.uri.replace('https://api.twilio.com', process.env.TWILIO_BASE_URL);
    return super.request(options);
  }
}
(async () => {
  const client = twilio(undefined, undefined, { httpClient: new Loopback() });
  const made = await client.calls.create({ to, from, twiml: '<Response/>' });
  const seen = await client.calls(made.sid).fetch();
  console.log(JSON.stringify([made.sid, seen.sid, seen.status]));
})();
"""


#: `make test` installs the package beside the interpreter; another place that node knows will do as well.
PLACES = {**os.environ, "NODE_PATH": str(Path(sys.prefix) / "npm" / "node_modules")}


def has_the_package() -> bool:
    node = shutil.which("node")
    if node is None:
        return False
    return not subprocess.run(
        [node, "-e", _FIND], capture_output=True, check=False, env=PLACES
    ).returncode


@pytest.mark.skipif(not has_the_package(), reason="node and its package 'twilio' are not installed")
def test_the_npm_sdk_places_and_fetches_a_call(simulator: tm.Simulator) -> None:
    with simulator.serve():
        ran = subprocess.run(
            [shutil.which("node") or "node", "-e", _PLACE, TO, FROM],
            capture_output=True,
            text=True,
            check=True,
            env={**PLACES, **simulator.environment()},
            timeout=60,
        )
    made, seen, status = json.loads(ran.stdout)

    assert (made, status) == (seen, "queued")

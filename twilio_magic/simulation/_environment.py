"""The environment variables of a simulated account, for programs that sign in to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import SimulatorError

if TYPE_CHECKING:
    from ..api import Credentials

#: Our own: Twilio's libraries read no address from the environment, so an application has to hand it to them.
BASE_URL = "TWILIO_BASE_URL"


class Environment(dict[str, str]):
    """Variables by their names. Without a server the address is missing, and says so where it is asked for."""

    def __init__(self, credentials: Credentials, base_url: str | None) -> None:
        super().__init__(
            TWILIO_ACCOUNT_SID=credentials.account_sid,
            TWILIO_AUTH_TOKEN=credentials.password.reveal(),
        )
        if base_url is not None:
            self[BASE_URL] = base_url

    def __missing__(self, name: str) -> str:
        if name != BASE_URL:
            raise KeyError(name)
        raise SimulatorError(
            "This simulator is not served, so it has no address that another process could ask.",
            hint="Ask inside the block: with simulator.serve(): simulator.environment(). In this process there is "
            "tm.mock_twilio(simulator), or http_client().",
        )

"""Load on an application that runs, with Locust: each user is a caller whose webhooks are real HTTP requests.

Locust changes Python's sockets and threads when it is imported; so a file of Locust's imports this first.
"""

from ..errors import NotInstalled

try:
    from ._caller import Caller
except ImportError as error:
    if (error.name or "").partition(".")[0] not in ("locust", "gevent"):
        raise
    raise NotInstalled(
        "Locust is not installed.", hint='pip install "twilio-magic[load]" installs it'
    ) from None

__all__ = ["Caller"]

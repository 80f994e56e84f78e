"""One request to the API, and what its answer means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import requests

from .. import __version__
from ..errors import ApiError, NoAnswerFromApi, RequestError
from ._error_codes import error_codes
from ._parameters import operation as operation_named
from ._validation import faults

if TYPE_CHECKING:
    from ._carrier import Carrier
    from ._parameters import Operation

API_VERSION = "2010-04-01"
_TIMEOUT = (5.0, 30.0)  # seconds to connect, and to wait for the answer
_HEADERS = {"Accept": "application/json", "User-Agent": f"twilio_magic/{__version__}"}


class Transport:
    """Sends a client's operations through its carrier, signed in as the carrier's account."""

    def __init__(self, carrier: Carrier) -> None:
        self.carrier = carrier
        self._session = requests.Session()
        self._session.trust_env = False  # a .netrc must not replace the account's credentials
        self._session.headers.update(_HEADERS)
        carrier.mount_on(self._session)

    def ask(self, name: str, given: Mapping[str, Any], *, sid: str = "") -> dict[str, Any]:
        """The API's JSON answer to the operation *name* with the parameters *given*; empty when it has no body.

        Raises :class:`RequestError` before sending what Twilio would refuse, :class:`ApiError` when it refuses,
        :class:`NoAnswerFromApi` when nothing usable comes back.
        """
        operation = operation_named(name)
        form = operation.form(given)
        refuse_faults(operation, form)
        answer = self._send(operation, form, sid)
        if answer.status_code != operation.success:
            raise _refusal(answer)
        return _json(answer) if answer.content else {}

    def _send(
        self, operation: Operation, form: list[tuple[str, str]], sid: str
    ) -> requests.Response:
        credentials = self.carrier.credentials
        path = operation.path.replace("{Sid}", sid)
        url = f"https://{credentials.host}/{API_VERSION}/Accounts/{credentials.account_sid}/{path}"
        in_query = operation.method == "GET"
        try:
            return self._session.request(
                operation.method,
                url,
                auth=(credentials.username, credentials.password.reveal()),
                timeout=_TIMEOUT,
                allow_redirects=False,
                params=form if in_query else None,
                data=None if in_query else form,
            )
        except requests.RequestException as error:
            raise _unreached(operation, credentials.host, error) from None


def refuse_faults(operation: Operation, form: Sequence[tuple[str, str]]) -> None:
    """Raise :class:`RequestError` for the first thing in *form* that Twilio would refuse."""
    names: dict[str, list[str]] = {}
    for name, value in form:
        names.setdefault(name, []).append(value)
    for fault in faults(operation, names):
        hint = fault.hint or (error_codes()[fault.code].hint if fault.code else None)
        raise RequestError(fault.message, parameter=fault.parameter, code=fault.code, hint=hint)


def _refusal(answer: requests.Response) -> ApiError:
    body = _json(answer)
    code = body.get("code")
    known = error_codes().get(code) if isinstance(code, int) else None
    return ApiError(
        str(body.get("message", answer.reason)),
        status=answer.status_code,
        code=code,
        more_info=body.get("more_info"),
        hint=known.hint if known else None,
    )


def _json(answer: requests.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except requests.JSONDecodeError:
        body = None
    if not isinstance(body, dict):
        raise NoAnswerFromApi(
            f"The answer is not the API's: HTTP {answer.status_code}, {answer.text[:80]!r}.",
            hint="Something between here and Twilio answered instead, such as a proxy.",
        )
    return body


def _unreached(operation: Operation, host: str, error: Exception) -> NoAnswerFromApi:
    hint = "Check the network and try again."
    if operation.method == "POST" and not isinstance(error, requests.ConnectTimeout):
        hint = "The request may have arrived: look at the list of calls before you try again."
    return NoAnswerFromApi(f"{host} did not answer ({type(error).__name__}).", hint=hint)

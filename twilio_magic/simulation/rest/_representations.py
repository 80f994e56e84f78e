"""XML and CSV in the place of JSON: what the end of a path asks for.

Sources: Twilio's page "Twilio API responses", by which a path without a suffix gets XML; its older pages "Tips and
tricks" and "Twilio's response" for the names of elements and the attributes of lists.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any

from flask import Response, g, request

from ...twiml import Node, add_node, make_node, write_document
from ._products import is_of_voice

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_ASKED, _SUFFIX = "twilio_magic.asked_path", "twilio_magic.suffix"
#: The sound of a recording, which has no other representation.
_MEDIA = re.compile(r".*/Accounts/[^/]+/Recordings/[^/.]+(\.wav|\.mp3)?")
#: The last word in the pattern of a path, such as ``Calls``.
_FAMILY = re.compile(r"/(\w+)s(/<\w+>)?\.json$")
#: The elements of single resources, by endpoint, where they are not called as the path.
_ELEMENTS = {
    "fetch_member": "QueueMember",
    "update_member": "QueueMember",
    "verify_number": "ValidationRequest",
    "create_feedback": "MessageFeedback",
    "fetch_media": "Media",
    "fetch_country": "Country",
}
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Representations:
    """A WSGI application around *app*, which answers in JSON: takes the suffix off a path, and remembers it."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"].rstrip("/")
        environ[_ASKED] = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        is_media = environ["REQUEST_METHOD"] in ("GET", "HEAD") and _MEDIA.fullmatch(path)
        if is_of_voice(path) and not is_media and not path.endswith(".json"):
            suffix = next((each for each in (".xml", ".csv") if path.endswith(each)), "")
            environ[_SUFFIX] = suffix or ".xml"
            environ["PATH_INFO"] = f"{path.removesuffix(suffix)}.json"
        return self._app(environ, start_response)


def asked_path() -> str:
    """The path of this request as it was made."""
    path: str = request.environ.get(_ASKED, request.path)
    return path


def represent(response: Response) -> Response:
    """*response*, whose body is JSON, as the request asked for it; Twilio's errors come as XML to who asked for CSV."""
    suffix = request.environ.get(_SUFFIX)
    if suffix is None or not response.is_json:
        return response
    body: dict[str, Any] = response.get_json()
    if suffix == ".csv" and response.status_code < 400:
        response.mimetype = "text/csv"
        response.set_data(_csv(body))
    else:
        response.mimetype = "application/xml"
        response.set_data(_xml(body, is_error=response.status_code >= 400))
    return response


def _xml(body: Mapping[str, Any], *, is_error: bool) -> bytes:
    root = make_node("TwilioResponse")
    key = _key_of_rows(body)
    if is_error:
        _add(root, "RestException", body)
    elif key is None:
        _add(root, _element(), body)
    else:
        rows = add_node(root, _pascal(key), _paging(body, key))
        for row in body[key]:
            _add(rows, _singular(_pascal(key)), row)
    return write_document(root)


def _csv(body: Mapping[str, Any]) -> str:
    """A line with the names, and one for each row."""
    key = _key_of_rows(body)
    rows: Sequence[Mapping[str, Any]] = [body] if key is None else body[key]
    text = StringIO()
    writer = csv.writer(text)
    writer.writerows([[_pascal(name) for name in rows[0]]] if rows else [])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return text.getvalue()


def _key_of_rows(body: Mapping[str, Any]) -> str | None:
    """The key of the rows in a page of a list; ``None`` for a single resource."""
    rows = [name for name, value in body.items() if isinstance(value, list)]
    is_list = "first_page_uri" in body or body.keys() == {*rows, "uri"}
    return rows[0] if rows and is_list else None


def _paging(body: Mapping[str, Any], key: str) -> dict[str, str]:
    """The attributes of a list: what JSON has beside the rows, without underscores."""
    return {
        name.replace("_", ""): "" if value is None else str(value)
        for name, value in body.items()
        if name != key
    }


def _element() -> str:
    if "stored" in g:
        element: str = g.stored.element
        return element
    family = _FAMILY.search(request.url_rule.rule if request.url_rule else "")
    return _ELEMENTS.get(request.endpoint or "") or (family[1] if family else "Resource")


def _add(parent: Node, name: str, value: Any) -> None:
    """Add an element with *value*, which may be a mapping, to *parent*. Paths lose their suffix."""
    plain = _NAME.fullmatch(name)
    element = add_node(parent, name if plain else "Parameter")
    if not plain:
        element.set("name", _legal(name))
    if isinstance(value, Mapping):
        for each, inner in value.items():
            _add(element, _pascal(each), inner)
    elif value is not None:
        text = str(value).lower() if isinstance(value, bool) else str(value)
        is_path = name == "Uri" or parent.tag == "SubresourceUris"
        element.text = _legal(text.removesuffix(".json") if is_path else text) or None


def _legal(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _singular(word: str) -> str:
    if word.endswith("ries"):
        return word.removesuffix("ies") + "y"
    if word.endswith("List"):
        return word.removesuffix("List")
    return word.removesuffix("es") if word.endswith("sses") else word[:-1]


def _cell(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value)


def _pascal(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))

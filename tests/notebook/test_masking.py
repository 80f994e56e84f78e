"""A secret of a pasted script is masked before IPython keeps the cell: not in In, not in _i, not in its database."""

from __future__ import annotations

import sqlite3
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from IPython.core.history import HistoryManager

import twilio_magic as tm
from tests.api.test_code import ARTICLE
from tests.live.server import ACCOUNT, TOKEN
from tests.notebook.conftest import Notebook
from tests.scripts import cells_with_checksums, is_in, secret_cells, secret_scripts
from twilio_magic.secret import MASK

SCRIPT = ARTICLE.strip()
PAIR = b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
SIGNED = SCRIPT.replace("your_auth_token", TOKEN)


class Kept:
    """Everything that the shell of *notebook* keeps of its cells, with the file of its history at *path*."""

    def __init__(self, notebook: Notebook, path: Path) -> None:
        self.path = path
        self.shell = notebook.shell
        self.shell.history_manager = HistoryManager(
            shell=self.shell, hist_file=str(path), enabled=True
        )

    def texts(self) -> list[str]:
        history = self.shell.history_manager
        assert history is not None
        history.writeout_cache()
        last = self.shell.last_execution_result
        return [
            *map(str, history.input_hist_raw),
            *map(str, history.input_hist_parsed),
            *map(repr, self.shell.user_ns.values()),
            str(vars(history)),
            str(last.info if last else ""),
            self.path.read_bytes().decode("latin-1"),
            *(str(file.read_bytes()) for file in self.path.parent.glob("*-wal")),
        ]

    def rows(self) -> list[str]:
        with sqlite3.connect(self.path) as stored:
            rows = stored.execute("SELECT source_raw FROM history").fetchall()
        stored.close()
        return [row[0] for row in rows]


@pytest.fixture
def kept(notebook: Notebook, tmp_path: Path) -> Iterator[Kept]:
    found = Kept(notebook, tmp_path / "history.sqlite")
    yield found
    history = found.shell.history_manager
    assert history is not None
    history.end_session()
    history.db.close()


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(secret_scripts())
def test_no_piece_of_a_secret_is_kept_or_printed(
    notebook: Notebook, kept: Kept, case: tuple[str, str]
) -> None:
    script, secret = case
    for cell in (f"%%call\n{script}", f"%%twiml\n{script}", script):
        notebook.run(cell)

        assert not is_in(secret, notebook.printed)
    assert [text for text in kept.texts() if is_in(secret, text)] == []


@settings(
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(secret_cells())
def test_no_piece_of_a_secret_without_a_script_is_kept_or_printed(
    notebook: Notebook, kept: Kept, case: tuple[str, str]
) -> None:
    cell, secret = case
    notebook.run(cell)

    assert not is_in(secret, notebook.printed)
    assert "delete it there" in notebook.printed
    assert [text for text in kept.texts() if is_in(secret, text)] == []


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(cells_with_checksums())
def test_a_cell_with_checksums_in_its_addresses_is_left_as_it_is(
    notebook: Notebook, kept: Kept, cell: str
) -> None:
    notebook.run(cell)
    kept.texts()

    assert "looks like a secret" not in notebook.printed
    assert kept.rows()[-1] == cell


@pytest.mark.parametrize(
    "cell",
    [
        f"TWILIO_AUTH_TOKEN={TOKEN}",
        "FROM=+12125551234\nTWILIO_AUTH_TOKEN=hunter2\nTO=the office",
        f"auth_token: e{TOKEN[1:]}",
        f"{ACCOUNT}:e{TOKEN[1:]}",
        f"e{TOKEN[1:]}",
        f"wget --user={ACCOUNT} --password=hunter2 https://api.twilio.com/",
        f"$ http -a {ACCOUNT}:{TOKEN} api.twilio.com",
        f"twilio login {ACCOUNT} --auth-token={TOKEN}",
        f"GET /2010-04-01/Accounts.json HTTP/1.1\nAuthorization: Bearer {TOKEN}",
        f"%%twiml\nhttp -a {ACCOUNT}:{TOKEN} api.twilio.com",
    ],
)
def test_what_is_pasted_and_no_python_is_not_run_nor_stored(
    notebook: Notebook, kept: Kept, cell: str
) -> None:
    assert notebook.run(cell).success
    assert "masked in this cell and not stored, and nothing ran" in notebook.printed
    assert [text for text in kept.texts() if TOKEN[1:7] in text or "hunter2" in text] == []
    assert kept.rows() == []


def test_a_document_with_a_secret_in_a_comment_is_masked_and_runs(
    notebook: Notebook, kept: Kept
) -> None:
    cell = f"%%twiml menu\n<Response><!-- {ACCOUNT} {TOKEN} --><Say>Hi.</Say></Response>"
    notebook.value(cell)

    assert "<Say>Hi.</Say>" in str(notebook.shell.user_ns["menu"])
    assert "It was masked in this cell and in the history" in notebook.printed
    kept.texts()
    assert kept.rows() == [cell.replace(TOKEN, MASK)]


@pytest.mark.parametrize(
    "cell",
    [
        f"%call +13105555555 --from +12125551234 --say hi --sip-auth-password {TOKEN}",
        f"%%call +13105555555 --from +12125551234\n<Response><Say>{TOKEN}</Say></Response>",
    ],
)
def test_a_call_is_not_placed_with_a_mask_in_the_place_of_a_value(
    notebook: Notebook, cell: str
) -> None:
    error = notebook.error(cell)

    assert "held what looks like a secret, so the call is not placed" in error.message
    assert "{{name}}" in (error.hint or "")
    assert len(tm.client().calls.list()) == 0


def test_a_masked_script_is_run_and_kept(notebook: Notebook, kept: Kept) -> None:
    call = notebook.call("%%call", SIGNED)

    assert call.status == "completed"
    assert "It was masked in this cell and in the history" in notebook.printed
    kept.texts()
    assert kept.rows() == ["%%call\n" + SIGNED.replace(TOKEN, MASK)]


@pytest.mark.parametrize(
    "cell",
    [
        f"%%call\nTWILIO_AUTH_TOKEN={TOKEN} {SCRIPT}",
        f"%%call\nexport TWILIO_AUTH_TOKEN={TOKEN}\n{SCRIPT}",
        f"%%call\n> time {SIGNED}",
        f"%%call\n# curl -u {ACCOUNT}:{TOKEN}\n{SCRIPT}",
        f"%%call\n{SCRIPT} -u a:{TOKEN} --oauth2-bearer {TOKEN} -su {ACCOUNT}:{TOKEN}",
        f"%%call\n{SCRIPT} -H 'Authorization: Bearer {TOKEN}'",
        "%%call\n" + SCRIPT.replace("https://api", f"https://{ACCOUNT}:{TOKEN}@api"),
        f"%%call\ntime {SIGNED}",
        f"%%call\n> {SIGNED}",
        f"%%call\n{SCRIPT} -su {ACCOUNT}:{TOKEN}",
        f"%%call\n{SCRIPT} --oauth2-bearer {TOKEN}",
        f"%%call\n{SCRIPT} -H 'Authorization: Basic {PAIR}'",
        f"%%call\n{SIGNED}  # {TOKEN}",
        f"%%call\n{SIGNED} -u {ACCOUNT}:{TOKEN}",
        "%%call\n" + SIGNED.replace(TOKEN, f"{TOKEN[:9]}'\"{TOKEN[9:20]}\"'{TOKEN[20:]}"),
        "%%call\n" + SIGNED.replace(f"{TOKEN}'", f'{TOKEN[:9]}\'"{TOKEN[9:]}"'),
    ],
)
def test_a_script_is_run_wherever_its_secret_stood(
    notebook: Notebook, kept: Kept, cell: str
) -> None:
    assert notebook.call(cell).status == "completed"
    assert "It was masked in this cell and in the history" in notebook.printed
    assert [text for text in kept.texts() if is_in(TOKEN, text) or PAIR[-12:] in text] == []


def test_a_checksum_in_an_address_of_a_script_is_left_and_the_script_is_run(
    notebook: Notebook, kept: Kept
) -> None:
    address = f"-d StatusCallback=https://x.example/?id={TOKEN}"

    assert notebook.call("%%call", f"{SIGNED} {address}").status == "completed"
    kept.texts()
    assert kept.rows() == [f"%%call\n{SIGNED.replace(TOKEN, MASK)} {address}"]


@pytest.mark.parametrize(
    "above", ["", "%%twiml\n", "%%twiml menu --host\n", "$ ", "# mine\n", "time "]
)
def test_a_script_that_cannot_run_there_is_not_run_nor_stored(
    notebook: Notebook, kept: Kept, above: str
) -> None:
    assert notebook.run(above + SIGNED).success
    assert "masked in this cell and not stored, and nothing ran" in notebook.printed
    assert "%%call" in notebook.printed
    kept.texts()
    assert kept.rows() == []


@pytest.mark.parametrize(
    "script",
    [
        f"{SIGNED}\n{SIGNED}",
        f"{SIGNED} --config mine",
        SIGNED.replace("'AC", "AC"),
        f"{SIGNED} -d AuthToken={TOKEN}",
        f"{SIGNED} --config - <<< 'user = \"{ACCOUNT}:{TOKEN}\"'",
    ],
)
def test_a_script_that_is_refused_is_not_said_to_be_masked_in_the_cell(
    notebook: Notebook, script: str
) -> None:
    """... because a front end keeps a cell that failed as it is."""
    error = notebook.error("%%call", script)

    assert error.hint
    assert "delete it there before you save" in notebook.printed
    assert "masked" not in notebook.printed
    assert TOKEN[:6] not in notebook.printed


def test_a_parameter_that_looks_like_a_secret_is_refused_with_a_way(notebook: Notebook) -> None:
    secret = f"{SCRIPT} --data-urlencode SipAuthPassword={TOKEN}"
    error = notebook.error("%%call", secret)

    assert "SipAuthPassword held what looks like a secret" in error.message
    assert "$name" in (error.hint or "")


@pytest.mark.parametrize(
    "cell",
    [
        f"key = '{TOKEN}'  # for curl -u $SID:$key",
        f"%%call +13105555555 --from +12125551234\n<Response><Play>https://x.example/{TOKEN}</Play></Response>",
        f"%call +13105555555 --from +12125551234 --url https://demo.twilio.com/{TOKEN}",
        f"%%capture out\n'curl -u {ACCOUNT}:{TOKEN}'",
        f"client = Client({ACCOUNT!r}, {TOKEN!r}",
        f"def f(:\n    url = 'postgres://ann:hunter2@db/{TOKEN}', '{TOKEN}'",
        f"%env TWILIO_AUTH_TOKEN={TOKEN}\nanswer = 1",
        f"listed = !echo -u {ACCOUNT}:{TOKEN}",
        f"%%html\nTWILIO_AUTH_TOKEN={TOKEN}",
        "# auth_token = load()\n# password=None\nanswer = 1",
        f"answer = 1  # its md5 is {TOKEN}",
    ],
)
def test_every_other_cell_is_left_as_it_is(notebook: Notebook, kept: Kept, cell: str) -> None:
    notebook.run(cell)
    kept.texts()

    assert "masked" not in notebook.printed
    assert kept.rows() == [cell]


@pytest.mark.parametrize(
    "cell",
    [
        f"# curl \\\n#   -u {ACCOUNT}:{TOKEN}\nanswer = 1 + 1",
        f"answer = 2  # don't: curl -u {ACCOUNT}:{TOKEN}",
        f"%call +13105555555 --from +12125551234 --say hi\nanswer = 2  # curl -u {ACCOUNT}:hunter2",
    ],
)
def test_a_comment_loses_its_secret_and_the_code_runs(
    notebook: Notebook, kept: Kept, cell: str
) -> None:
    notebook.run(cell)

    assert notebook.shell.user_ns["answer"] == 2
    assert [text for text in kept.texts() if TOKEN[:6] in text or "hunter2" in text] == []


def test_a_script_from_plain_python_is_refused(notebook: Notebook) -> None:
    notebook.shell.user_ns["script"] = SIGNED
    error = notebook.error("get_ipython().run_cell_magic('call', '', script)")

    assert isinstance(error, tm.MagicLineError)
    assert "looks like a secret" in error.message
    assert TOKEN[:6] not in notebook.printed


def test_it_leaves_with_the_extension(notebook: Notebook, kept: Kept) -> None:
    notebook.run("%unload_ext twilio_magic")
    notebook.run("%%call", SIGNED)
    kept.texts()

    assert TOKEN in kept.rows()[-1]
    assert "run_cell_async" not in vars(notebook.shell)


@pytest.mark.parametrize(
    "cell",
    [
        f"const client = require('twilio')('{ACCOUNT}', '{TOKEN}');",
        f'client = Client("{ACCOUNT}", "{TOKEN}"',
    ],
    ids=["JavaScript", "Python with a mistake"],
)
def test_code_of_another_language_is_left_as_python_with_a_mistake_is(
    notebook: Notebook, kept: Kept, cell: str
) -> None:
    """SECURITY.md says so: who mends the mistake needs the token."""
    notebook.shell.run_cell(cell, store_history=True)

    assert is_in(TOKEN, "".join(kept.texts()))

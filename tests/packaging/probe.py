"""What a stranger does first, in one breath. It runs where only the installed package is."""

from __future__ import annotations

import platform
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from twilio_magic.cli import main as cli

CELLS = (
    "%load_ext twilio_magic",
    "%%twiml greeting\n<Response><Say>Hello!</Say></Response>",
    "call = %call +13105555555 --from +12125551234 --twiml greeting",
    "import twilio_magic as tm",
    "assert call.status == 'completed', call.status",
    "assert [line.text for line in call.transcript] == ['Hello!'], call.transcript",
    "phone = tm.softphone('+14155550100')",
    "form = tm.call_form()",
    "assert tm.check('<Response><Say/></Response>')",
)


def main() -> None:
    """Run the cells; say what they ran with."""
    shell = InteractiveShell.instance()
    for cell in CELLS:
        with capture_output():
            result = shell.run_cell(cell)
        result.raise_error()
    assert files("twilio_magic").joinpath("py.typed").is_file()
    learn()
    used = ", ".join(f"{name} {version(name)}" for name in ("ipython", "ipywidgets", "anywidget"))
    print(
        f"Python {platform.python_version()}, {used}: twilio-magic {version('twilio-magic')} works"
    )


def learn() -> None:
    """Copy the tutorials; there is no JupyterLab here, so what to install is said."""
    with capture_output() as said:
        assert cli(["learn"]) == 0
    assert 'pip install "twilio-magic[' in said.stdout, said.stdout
    assert len(list(Path("twilio-magic-tutorials").glob("*.ipynb"))) > 10


if __name__ == "__main__":
    main()

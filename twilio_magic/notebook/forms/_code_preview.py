"""The call of a form as code: the magic, curl, Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...views import copyable, still_code
from . import _controls as controls

if TYPE_CHECKING:
    from ...api import Request

_MAGIC = "%call"


class CodePreview:
    """A choice of languages, and the code in the chosen one, ready to be copied."""

    def __init__(self) -> None:
        from ...api import LANGUAGES

        options = [(language, language) for language in (_MAGIC, *LANGUAGES)]
        self.language = controls.choice("The same call as", options, _MAGIC)
        self.text = ""
        self._magic = ""
        self._request: Request | None = None
        self._shown = controls.html_box()
        self.widget = controls.stack(self.language, self._shown, gap="4px")
        controls.on_change(self.language, self._write)

    def show(self, magic: str, request: Request | None) -> None:
        """Show a call. A call that is not complete has no *request*: then only *magic* is shown."""
        self._magic, self._request = magic, request
        self._write()

    @property
    def still(self) -> str:
        """The code as HTML without controls."""
        return still_code(self.text)

    def _write(self) -> None:
        from ...api import code

        language = self.language.value
        if language == _MAGIC or self._request is None:
            self.text = self._magic
        else:
            self.text = str(code(self._request, language))
        controls.set_html(self._shown, copyable(self.text, f"The call as {language}"))

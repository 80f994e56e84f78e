"""The project's addresses, as far as the build knows them; and the tutorials, which the wheel has, too.

No address is written down here: where the project lives is known to the machine that releases it, and a copy that is
released from elsewhere names its own place.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

README = "README.md"
#: What `twilio-magic learn` copies: the notebooks with what lies beside them, and the pages that they link to.
_TUTORIALS = ("notebooks/**/*.*", "docs/**/*.md")
_OTHERS = re.compile(r"/[._]|^docs/site/")
#: A link or a picture of Markdown that leads to a file beside the page.
_BESIDE = re.compile(r"(?P<said>(?P<picture>!?)\[[^\]]*\])\((?![a-z]+:|#)(?P<path>[^)\s]+)\)")
_FENCED = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)


class Addresses(MetadataHookInterface):
    """Adds ``Project-URL`` lines, and addresses to the links of the README, in a GitHub workflow, which knows both."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Fill in the dynamic fields *urls* and *readme*; what an archive that is built again says already stays."""
        server = os.environ.get("GITHUB_SERVER_URL", "")
        repository = os.environ.get("GITHUB_REPOSITORY", "")
        if not (server and repository):
            metadata.setdefault("readme", README)
            return
        home = f"{server}/{repository}"
        metadata["urls"] = {
            "Source": home,
            "Issues": f"{home}/issues",
            "Changelog": f"{home}/blob/main/CHANGELOG.md",
        }
        text = Path(self.root, README).read_text("utf-8")
        state = os.environ.get("GITHUB_REF_NAME") or "main"
        metadata["readme"] = {"content-type": "text/markdown", "text": addressed(text, home, state)}


class Tutorials(BuildHookInterface[Any]):
    """Puts the tutorials into the wheel. An editable installation has them in the clone."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add each of their files to what the wheel includes."""
        if version == "editable":
            return
        home = Path(self.root)
        for path in (path for pattern in _TUTORIALS for path in home.glob(pattern)):
            inside = path.relative_to(home).as_posix()
            if path.is_file() and not _OTHERS.search(inside):
                build_data["force_include"][str(path)] = f"twilio_magic/tutorials/{inside}"


def addressed(text: str, home: str, state: str) -> str:
    """*text* with links to the files of the repository at *home*, as they are in its *state*: a branch or a tag."""

    def address(match: re.Match[str]) -> str:
        kind = "raw" if match["picture"] else "blob"
        return f"{match['said']}({home}/{kind}/{state}/{match['path']})"

    parts = _FENCED.split(text)
    parts[::2] = [_BESIDE.sub(address, prose) for prose in parts[::2]]
    return "".join(parts)

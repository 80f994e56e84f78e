"""The project's addresses, as far as the build knows them.

No address is written down here: where the project lives is known to the machine that releases it, and a copy that is
released from elsewhere names its own place.
"""

from __future__ import annotations

import os
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class Addresses(MetadataHookInterface):
    """Adds ``Project-URL`` lines in a GitHub workflow, which knows its repository."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Fill in the dynamic field *urls*."""
        server = os.environ.get("GITHUB_SERVER_URL", "")
        repository = os.environ.get("GITHUB_REPOSITORY", "")
        if not (server and repository):
            return
        home = f"{server}/{repository}"
        metadata["urls"] = {
            "Source": home,
            "Issues": f"{home}/issues",
            "Changelog": f"{home}/blob/main/CHANGELOG.md",
        }

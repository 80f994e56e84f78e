"""Where a webhook goes, and the parameters that it carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from ...api import operation
from ...records import dataclass


@dataclass(frozen=True, slots=True)
class WebhookTarget:
    """The address of a web application. *purpose* says why it is requested; *parameters* go with the standard ones."""

    url: str
    method: str = "POST"
    purpose: str = "voice url"
    parameters: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_parameters(
        cls, name: str, given: Mapping[str, str], url: str, purpose: str
    ) -> WebhookTarget | None:
        """The target that the parameter *url* gives to the operation *name*; ``None`` if it is not among those *given*.

        Its method is the parameter beside it, or that parameter's default.
        """
        if not given.get(url):
            return None
        method = f"{url.removesuffix('Url')}Method"
        default = operation(name).parameter(method).default
        return cls(given[url], given.get(method, str(default)), purpose)

    def with_parameters(self, parameters: Mapping[str, str]) -> WebhookTarget:
        """The same address, requested with these *parameters*."""
        return replace(self, parameters=parameters)

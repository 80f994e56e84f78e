"""Rules for documents that run in a special context, such as a waitUrl, where not every verb works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..language._vocabulary import vocabulary

if TYPE_CHECKING:
    from ..language._nodes import Node
    from ..language._rows import Context
    from ._report import Report


def find_context(name: str | None) -> Context | None:
    """Find the context called *name*; raises `ValueError` for one that there is not."""
    if name is None:
        return None
    contexts = vocabulary().contexts
    if name not in contexts:
        raise ValueError(f"{name!r} is no context of a document; known are {', '.join(contexts)}")
    return contexts[name]


def check_context(root: Node, report: Report, context: Context) -> None:
    """Check the verbs of a document that runs in *context*."""
    for verb in root:
        name = str(verb.tag)
        if name in context.refused:
            message = f"<{name}> may not be used in a document at the {context.where}"
            report.add(verb, context.refused[name], "context", message)
        elif context.allowed is not None and name not in context.allowed:
            _report_verb(verb, name, report, context)
        elif name in context.only_queue:
            message = f"<{name}> works in the wait document of a queue, but not of a conference"
            report.add(verb, None, "context", message, hint="name the context more exactly")


def _report_verb(verb: Node, name: str, report: Report, context: Context) -> None:
    if name not in vocabulary().elements:
        return  # said already
    allowed = ", ".join(context.allowed or ())
    code = context.code or vocabulary().schema_code
    message = f"<{name}> does not work in a document at the {context.where}"
    report.add(verb, code, "context", message, hint=f"only {allowed} do")

"""Reports of elements, attributes, values and text that the vocabulary does not know in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...suggestions import Suggestion, did_you_mean, nearest
from ..language._names import local_name
from ..language._url import fill_holes, find_template_mistake, has_holes
from ..language._values import WEB, accepts, is_absolute, is_url, lacks_scheme
from ..language._vocabulary import vocabulary
from ..language._wording import describe_values, suggest_value
from ._elsewhere import find_home, find_product, list_tags
from ._placeholders import looks_like_placeholder, report_placeholder

if TYPE_CHECKING:
    from ..language._nodes import Node
    from ..language._rows import AttributeRow, ElementRow
    from ._report import Report


def report_root(node: Node, report: Report) -> None:
    """Report a root that is another element than ``<Response>``."""
    name, wants = local_name(str(node.tag)), vocabulary().root
    if name == wants:
        _report_namespace(node, report)
        return
    if name in vocabulary().verbs:
        hint = f"put it inside <{wants}>"
    elif nearest(name, [wants]):
        hint = f"write <{wants}>; upper and lower case count"
    elif name.lower() == "html":
        hint = "this is a web page; is it the right URL?"
    else:
        hint = f"a document begins with <{wants}>"
    code = vocabulary().document["codes"]["root"]
    report.add(node, code, "root", f"the root element is <{name}>, not <{wants}>", hint=hint)


def report_element(node: Node, parent: ElementRow, report: Report) -> None:
    """Report an element in a parent that does not take it, or that is not TwiML at all."""
    name = local_name(str(node.tag))
    if name != node.tag:
        _report_namespace(node, report)
        return
    known = vocabulary().elements
    if name not in known:
        _report_unknown_element(node, name, parent, report)
        return
    code = parent.codes.get("child", vocabulary().schema_code)
    places = known[name].parents
    hint = f"<{name}> goes inside {list_tags(places)}" if places else f"<{name}> is the root"
    if not parent.children:
        report.add(
            node,
            code,
            "nesting",
            f"<{parent.name}> takes no elements, and <{name}> is one",
            hint=hint,
        )
        return
    message = (
        f"<{name}> may not stand inside <{parent.name}>, which takes {list_tags(parent.children)}"
    )
    report.add(node, code, "nesting", message, hint=hint)


def report_text(node: Node, row: ElementRow, report: Report) -> None:
    """Report text where only elements may be, or nothing at all."""
    name = row.name
    message = (
        f"<{name}> takes elements, not text of its own"
        if row.children
        else f"<{name}> takes no text"
    )
    spoken = name == vocabulary().root or "Say" in row.children
    hint = "words to be spoken go inside <Say>" if spoken else "delete the text"
    report.add(node, vocabulary().schema_code, "stray-text", message, hint=hint, text=True)


def report_attribute(
    node: Node, row: ElementRow, parent: str, name: str, value: str, report: Report
) -> None:
    """Report an attribute that is not known, or whose value Twilio does not accept."""
    name = local_name(name)
    known = row.attributes.get(name)
    if known is None:
        _report_unknown_attribute(node, row, parent, name, report)
    else:
        _report_value(node, row, parent, known, value, report)


def report_schemeless(
    node: Node,
    url: str,
    report: Report,
    *,
    attribute: str | None = None,
    scheme: str = "https",
) -> None:
    """Report a URL without https://, which Twilio reads as a relative one."""
    is_sample = looks_like_placeholder("url", url)
    what = "is a placeholder, and would be read" if is_sample else "is read"
    message = f"{url} {what} as relative to this document, since it lacks {scheme}://"
    hint = f"write {scheme}://{url}"
    report.add(node, None, "schemeless-url", message, attribute=attribute, hint=hint)


def _report_namespace(node: Node, report: Report) -> None:
    name = local_name(str(node.tag))
    report.add(
        node,
        vocabulary().schema_code,
        "namespace",
        f"<{name}> is in an XML namespace, and TwiML has none",
        hint="delete the xmlns attribute",
    )


def _report_unknown_element(node: Node, name: str, parent: ElementRow, report: Report) -> None:
    known = vocabulary().elements
    product = find_product(name)
    if product is not None:
        message = f"<{name}> belongs to a {product[0]} document, and this is one of Voice"
        code = vocabulary().schema_code
        report.add(node, code, "other-product", message, hint=product[1])
        return
    guess = report.guess(name, parent.children) or report.guess(name, known)
    if guess and guess.casefold() == name.casefold():
        message = f"<{name}> is written <{guess}>: upper and lower case count"
        report.add(
            node,
            vocabulary().schema_code,
            "wrong-case",
            message,
            hint=Suggestion(f"write <{guess}>", guess),
        )
        return
    if guess:
        hint = did_you_mean(guess, "<{}>", starts_sentence=False)
    elif parent.children:
        hint = f"<{parent.name}> takes {list_tags(parent.children)}"
    else:
        hint = f"<{parent.name}> takes no elements"
    report.add(
        node,
        vocabulary().schema_code,
        "unknown-element",
        f"<{name}> is no element of TwiML Voice",
        hint=hint,
    )


def _report_unknown_attribute(
    node: Node, row: ElementRow, parent: str, name: str, report: Report
) -> None:
    if name in row.refused:
        message = f"<{row.name}> has no {name} in TwiML, and Twilio refuses its value"
        hint = did_you_mean(row.renamed.get(name), starts_sentence=False) or None
        report.add(node, row.refused[name], "refused-attribute", message, attribute=name, hint=hint)
        return
    guess = row.renamed.get(name) or report.guess(name, row.attributes)
    if guess and guess.casefold() == name.casefold():
        why = f" ({row.renamed_why})" if name in row.renamed and row.renamed_why else ""
        message = f"{name} of <{row.name}> is written {guess}: upper and lower case count{why}"
        hint = Suggestion(f"write {guess}", guess)
        report.add(node, vocabulary().schema_code, "wrong-case", message, attribute=name, hint=hint)
        return
    home = "" if name in row.renamed else find_home(row, parent, name)
    if home:
        hint = f"it belongs on {home}"
    elif guess:
        hint = did_you_mean(guess, starts_sentence=False)
    elif row.attributes:
        hint = f"<{row.name}> takes {', '.join(row.attributes)}"
    else:
        hint = f"<{row.name}> takes no attributes"
    message = f"<{row.name}> has no attribute {name}"
    report.add(
        node, vocabulary().schema_code, "unknown-attribute", message, attribute=name, hint=hint
    )


def _report_value(
    node: Node,
    row: ElementRow,
    parent: str,
    known: AttributeRow,
    value: str,
    report: Report,
) -> None:
    if known.type == "url" and has_holes(value) and _check_template(node, known, value, report):
        return
    if "{{" in value and "}}" in value:
        return  # a TwiML Bin fills it in when it is served
    is_sample = looks_like_placeholder(known.type, value)
    if known.type == "url" and lacks_scheme(value) and (is_sample or not known.absolute):
        scheme = (known.schemes or WEB)[-1]
        report_schemeless(node, value, report, attribute=known.name, scheme=scheme)
        return
    if is_sample:
        report_placeholder(node, value, report, attribute=known.name)
        return
    guess = suggest_value(known, value)
    hint = did_you_mean(guess, '"{}"', starts_sentence=False) or None
    shown = value if len(value) <= 60 else value[:57] + "…"
    report.add(
        node,
        _find_code(row, parent, known, value),
        "bad-value",
        f'{known.name}="{shown}" of <{row.name}> is not {describe_values(known)}',
        attribute=known.name,
        hint=hint,
    )


def _check_template(node: Node, known: AttributeRow, value: str, report: Report) -> bool:
    """Check a URL with braces, and return whether nothing is left to be said of it."""
    mistake = find_template_mistake(value)
    if mistake is None or looks_like_placeholder(known.type, value):
        return mistake is None and accepts(known)(fill_holes(value))
    report.add(node, mistake[0], "url-template", mistake[1], attribute=known.name)
    return True


def _find_code(row: ElementRow, parent: str, known: AttributeRow, value: str) -> int:
    """Find the error code for a value that is not accepted, by the reason why it is not."""
    codes = known.codes
    for reason in _list_reasons(parent, known, value):
        if reason in codes:
            return codes[reason]
    if known.type == "url" and "value" not in row.codes:
        return int(vocabulary().document["codes"]["url"])
    return row.codes.get("value", vocabulary().schema_code)


def _list_reasons(parent: str, known: AttributeRow, value: str) -> list[str]:
    reasons = [parent]
    if known.max_length is not None and len(value) > known.max_length:
        reasons.append("long")
    if value in known.old_values:
        reasons.append("old")
    if known.absolute and is_url(value) and not is_absolute(value):
        reasons.append("relative")
    scheme = value.partition("://")[0] if "://" in value else ""
    if known.schemes and scheme.isalpha() and scheme not in known.schemes:
        reasons.append("scheme")
    return [*reasons, "value"]

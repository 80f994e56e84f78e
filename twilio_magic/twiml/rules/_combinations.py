"""Rules for combinations of attributes, one function for each element that has such rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...records import dataclass
from ..language._vocabulary import vocabulary
from ._caller_id import check_caller_id
from ._placeholders import looks_like_placeholder, report_placeholder
from ._prompts import advise_on_menu, advise_on_say
from ._providers import check_providers

if TYPE_CHECKING:
    from ..language._nodes import Node
    from ..language._rows import ElementRow
    from ._report import Report, Rule


def _check_gather(node: Node, row: ElementRow, _parent: str, report: Report) -> None:
    language = node.get("language")
    if language is not None and "-" not in language:
        _check_language(node, row, language, report)
    if node.get("speechTimeout") == "auto":
        _check_model(node, row, report)
    hints = node.get("hints")
    if hints is not None and len(hints) > row.limits["hint_characters"]:
        _check_hints(node, row, hints, report)
    if len(node):
        advise_on_menu(node, row, report)


def _check_model(node: Node, row: ElementRow, report: Report) -> None:
    model = row.attributes["speechModel"].default
    if node.get("speechModel") == model:
        report.add(
            node,
            row.attributes["speechTimeout"].codes["model"],
            "speech-timeout",
            f'speechTimeout="auto" does not go with speechModel="{model}"',
            attribute="speechTimeout",
            hint="name another model, or write seconds",
        )


def _check_language(node: Node, row: ElementRow, language: str, report: Report) -> None:
    known = row.attributes["language"]
    facts = vocabulary().document
    multi = facts["multilingual"]
    model = node.get("speechModel") or ""
    if language == multi["language"] and not model.startswith(multi["gather_model"]):
        message = f'language="{language}" works with a model of {multi["provider"]} only'
        hint = f'write speechModel="{multi["likely_model"]}"'
        report.add(node, known.codes["value"], "language", message, attribute="language", hint=hint)
    elif model.startswith(tuple(facts["models_of_providers"])):
        return  # the tag is passed on, and the provider knows bare ones too
    elif language.isalpha() and len(language) < 4 and language not in known.values:
        likely = next((tag for tag in known.values if tag.startswith(f"{language.lower()}-")), None)
        hint = (
            f"write {likely}, for instance" if likely else "write it with a region, such as en-US"
        )
        message = f'language="{language}" of <Gather> lacks a region'
        report.add(node, known.codes["bare"], "language", message, attribute="language", hint=hint)


def _check_hints(node: Node, row: ElementRow, hints: str, report: Report) -> None:
    limits = row.limits
    entries = hints.split(",")
    longest = max(entries, key=len)
    code = row.attributes["hints"].codes["value"]
    if len(entries) > limits["hints_entries"]:
        message = f"hints has {len(entries)} entries, {limits['hints_entries']} at most"
        report.add(node, code, "hints", message, attribute="hints")
    if len(longest.strip()) > limits["hint_characters"]:
        message = f"an entry of hints has {len(longest.strip())} characters, {limits['hint_characters']} at most"
        report.add(node, code, "hints", message, attribute="hints")


def _check_record(node: Node, row: ElementRow, _parent: str, report: Report) -> None:
    longest = row.limits["transcription_seconds"][1]
    length = node.get("maxLength") or ""
    if node.get("transcribe") == "true" and length.isdecimal() and int(length[:9]) > longest:
        report.add(
            node,
            row.attributes["maxLength"].codes["transcribe"],
            "transcription",
            f'maxLength="{length}" is above {longest} seconds, so nothing is transcribed',
            attribute="maxLength",
            hint=f"write {longest} or less, or leave transcribe out",
        )


def _check_dial(node: Node, row: ElementRow, _parent: str, report: Report) -> None:
    track = node.get("recordingTrack")
    if track in {"inbound", "outbound"} and (node.get("record") or "").endswith("-dual"):
        report.add(
            node,
            row.attributes["recordingTrack"].codes["value"],
            "recording-track",
            f'recordingTrack="{track}" is one side, and record="{node.get("record")}" wants two channels',
            attribute="recordingTrack",
            hint="leave -dual out, or record both",
        )
    check_caller_id(node, row, report)


def _check_machine_detection(node: Node, row: ElementRow, _parent: str, report: Report) -> None:
    if node.get("machineDetection") is not None and node.get("amdStatusCallback") is None:
        name = str(node.tag)
        report.add(
            node,
            row.attributes["amdStatusCallback"].codes["missing"],
            "machine-detection",
            f"<{name}> asks who answers (machineDetection), but amdStatusCallback is missing",
            attribute="machineDetection",
            hint='add amdStatusCallback="…", where the answer is sent',
        )


def _check_stream(node: Node, row: ElementRow, _parent: str, report: Report) -> None:
    url = node.get("url") or ""
    if "?" in url:
        report.add(
            node,
            row.attributes["url"].codes["value"],
            "stream-query",
            "the url of <Stream> has a query string, which is not supported",
            attribute="url",
            hint="send the values in <Parameter> elements",
        )
    longest = row.limits["parameter_name_plus_value"]
    for parameter in [child for child in node if child.tag == "Parameter"]:
        size = len(parameter.get("name") or "") + len(parameter.get("value") or "")
        if size >= longest:
            message = f"name and value of the <Parameter> have {size} characters, below {longest} is needed"
            report.add(parameter, vocabulary().schema_code, "parameter-too-long", message)


def _check_pay(node: Node, row: ElementRow, _parent: str, report: Report) -> None:
    method = node.get("paymentMethod") or str(row.attributes["paymentMethod"].default)
    if node.get("bankAccountType") is not None and method == "credit-card":
        report.add(
            node,
            row.attributes["bankAccountType"].codes["combination"],
            "payment-method",
            'bankAccountType belongs to paymentMethod="ach-debit", and a credit card is asked for',
            attribute="bankAccountType",
        )
    amount = node.get("chargeAmount") or ""
    if re.fullmatch(r"[0-9]+\.[0-9]{3,}", amount):
        report.add(
            node,
            row.attributes["chargeAmount"].codes["value"],
            "bad-value",
            f'chargeAmount="{amount}" has too many decimals',
            attribute="chargeAmount",
        )


def _check_config(node: Node, row: ElementRow, parent: str, report: Report) -> None:
    name = node.get("name")
    code = row.attributes["name"].codes.get(parent)
    if name is None or code is None:
        return
    known = vocabulary().document["config_names"].get(parent)
    attributes = vocabulary().elements[parent].attributes
    if name in attributes and name not in (known or ()):
        message = f"{name} is an attribute of <{parent}>, not a name of <Config>"
    elif known is not None and name not in known:
        message = f"<Config> of <{parent}> has no name {name!r}; known are {', '.join(known)}"
    elif not re.fullmatch(r"[A-Za-z][\w.-]*", name):
        message = f"{name!r} cannot be the name of a <Config>"
    else:
        return
    if looks_like_placeholder("string", name):
        report_placeholder(node, name, report, attribute="name")
    else:
        report.add(node, code, "config-name", message, attribute="name")


@dataclass(frozen=True, slots=True)
class Combination:
    """A *rule* for an element; without all of the *attributes* it finds nothing, if it names any."""

    rule: Rule
    attributes: frozenset[str] = frozenset()

    def is_possible(self, names: frozenset[str]) -> bool:
        """Whether the rule can find something in an element with attributes of these *names*."""
        return not self.attributes or not self.attributes.isdisjoint(names)


def _with(rule: Rule, *attributes: str) -> Combination:
    return Combination(rule, frozenset(attributes))


#: The rules for combinations of attributes, by element.
COMBINATIONS: dict[str, Combination] = {
    "Config": _with(_check_config, "name"),
    "ConversationRelay": _with(check_providers),
    "Dial": _with(_check_dial, "recordingTrack", "callerId"),
    "Failover": _with(check_providers),
    "Gather": _with(_check_gather),
    "Language": _with(check_providers),
    "Number": _with(_check_machine_detection, "machineDetection"),
    "Pay": _with(_check_pay, "bankAccountType", "chargeAmount"),
    "Record": _with(_check_record, "transcribe"),
    "Say": _with(advise_on_say),
    "Sip": _with(_check_machine_detection, "machineDetection"),
    "Stream": _with(_check_stream),
}

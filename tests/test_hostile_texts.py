"""What others wrote is printed so that no terminal obeys it, and none of its lines looks like one of ours."""

from __future__ import annotations

import ast
from array import array
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, Response, redirect

import twilio_magic as tm
from tests.architecture import modules
from tests.calls import FROM, TO
from tests.hostile_texts import HOSTILE, IN_XML, obeyed
from twilio_magic.api import Request, Resource, code, operation
from twilio_magic.dialog import DialogList, LineResult
from twilio_magic.display import visible, visible_line
from twilio_magic.ladder import Ladder, Lifeline, Note
from twilio_magic.learning import EXERCISES, Exercise, ExerciseList, Tries, Verdict
from twilio_magic.maps._entry import ApplicationEntry
from twilio_magic.maps._map import State
from twilio_magic.maps._move import Move
from twilio_magic.maps._problem import MapProblem, MapProblems
from twilio_magic.moment import CallMoment, HeardNow
from twilio_magic.populations import CallerFailure
from twilio_magic.problem import Problem
from twilio_magic.replay import Replay, ReplayEvent, ReplayLine
from twilio_magic.sessions import (
    AgentSound,
    AgentSounds,
    Frame,
    FrameRun,
    Frames,
    Turn,
    Turns,
    WebSocketSession,
    WebSocketSessions,
)
from twilio_magic.simulation.faults._fault import Fault
from twilio_magic.simulation.faults._faults import Faults
from twilio_magic.simulation.messages._message import Message, MessageList
from twilio_magic.simulation.mounts._fields import Fields, SentForm
from twilio_magic.simulation.mounts._forward import Forward
from twilio_magic.simulation.mounts._mounts import Mount, Mounts, Served
from twilio_magic.simulation.world import _account
from twilio_magic.simulation.world._sip_domain import SipDomain, SipDomains
from twilio_magic.sound import Chapter, Sound
from twilio_magic.timeline import Event, Exchange, Exchanges, Line, Timeline, Transcript
from twilio_magic.twiml import Problems, Sentences, build
from twilio_magic.twiml.documents._relative import Remark
from twilio_magic.views import Explanation, Status

_EXCHANGE = Exchange(
    *(
        0.0,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        {HOSTILE: HOSTILE},
        {HOSTILE: HOSTILE},
        200,
        HOSTILE,
        HOSTILE,
    ),
    error=HOSTILE,
    code=11200,
    fault=HOSTILE,
)
_SENDABLE = HOSTILE.encode(errors="ignore").decode()
_HEARD = HeardNow(HOSTILE, HOSTILE, HOSTILE)
_EVENT = Event(0.0, HOSTILE, HOSTILE, HOSTILE)  # type: ignore[arg-type] # of no kind that there is
_FRAME = Frame(0.0, "received", HOSTILE)
_TURN = Turn(0.0, HOSTILE, 1.0)
_SESSION = WebSocketSession("conversation-relay", HOSTILE, HOSTILE)
_REPLAY_LINE = ReplayLine(0.0, 1.0, HOSTILE, HOSTILE, 0, words=HOSTILE)
_LINE = Line(0.0, HOSTILE, HOSTILE)
_NUMBER = _account.Number(HOSTILE, {"VoiceUrl": HOSTILE})
_DOCUMENT = tm.parse(f"<Response><Say voice='{IN_XML.replace('&', '')}'>{IN_XML}</Say></Response>")


def _fault() -> Faults:
    faults = Faults()
    faults._faults[HOSTILE] = Fault(HOSTILE, {"body": HOSTILE})
    return faults


def _mounts() -> Mounts:
    mounts = Mounts()
    mounts._mounts[HOSTILE] = _mount()
    return mounts


def _mount() -> Mount:
    served = Served(lambda *_: [], HOSTILE)
    return Mount(HOSTILE, HOSTILE, lambda: served)


def _numbers() -> _account.Numbers:
    numbers = _account.Numbers()
    numbers[HOSTILE] = _NUMBER
    return numbers


def _phones() -> object:
    phones = tm.Simulator().phones
    phones["+13105555555"] = f"hear '{HOSTILE}'"
    return phones


def _builder() -> object:
    return build.Say(IN_XML, voice="alice")


def _message() -> Message:
    simulator = tm.Simulator()
    _client(simulator).messages.create(to=TO, from_=FROM, body=IN_XML)
    message = simulator.messages[0]
    message.from_ = message.to = message.body = message.status = HOSTILE
    return message


def _sip_domains() -> SipDomains:
    domains = tm.Simulator().sip_domains
    domains["acme.sip.twilio.com"].settings["VoiceUrl"] = HOSTILE  # which no attribute takes
    return domains


def _client(simulator: tm.Simulator | None = None) -> tm.Client:
    return tm.Client(simulator=simulator or tm.Simulator())


#: An object of each class that says how it is printed, with a hostile text in every field that takes one.
MADE: Mapping[str, Callable[[], object]] = {
    "api.requests._request.Request": lambda: Request(
        operation("calls.create"), HOSTILE, HOSTILE, ((HOSTILE, HOSTILE),), warnings=(HOSTILE,)
    ),
    "api.resources._context.InstanceContext": lambda: _client().calls(HOSTILE),
    "api.resources._kinds.Described": lambda: _client().addresses.create(
        **dict.fromkeys(("customer_name", "street", "city", "region", "postal_code"), IN_XML),
        iso_country="US",
    ),
    "api.requests._snippets.Code": lambda: code(_prepared(), "curl"),
    "dialog._dialog.DialogList": lambda: _dialogs(),
    "dialog._result.LineResult": lambda: LineResult(
        1, HOSTILE, "✗", HOSTILE, 0.0, HOSTILE, HOSTILE
    ),
    "dialog._result.DialogResult": lambda: _dialogs()[0].run(),
    "dialog._result.DialogResults": lambda: _dialogs().run(),
    "errors.TwilioMagicError": lambda: tm.TwilioMagicError(
        HOSTILE, hint=HOSTILE, place=HOSTILE, excerpt=[HOSTILE]
    ),
    "learning._exercise.Exercise": lambda: Exercise(HOSTILE, HOSTILE, HOSTILE, ()),
    "learning._list.ExerciseList": lambda: ExerciseList(
        ((Exercise(HOSTILE, HOSTILE, HOSTILE, ()), HOSTILE, Tries("begun", 1)),)
    ),
    "learning._exercise.Verdict": lambda: Verdict(
        next(iter(EXERCISES.values())), 0, HOSTILE, HOSTILE
    ),
    "ladder._model.Ladder": lambda: Ladder(
        HOSTILE,
        (Lifeline(HOSTILE, "phone"), Lifeline("Twilio", "twilio")),
        (Note(0.0, 0, HOSTILE),),
        {HOSTILE: HOSTILE},
    ),
    "maps.coverage._coverage.Coverage": lambda: _coverage(),
    "maps.coverage._coverage.CoverageReport": lambda: tm.CoverageReport([_coverage()]),
    "maps.coverage._coverage.MissingWay": lambda: _coverage().missing[0],
    "maps.coverage._coverage.MissingWays": lambda: _coverage().missing,
    "maps.coverage._ways.Way": lambda: _coverage().ways[0],
    "maps._map.Map": lambda: tm.explore(
        f"<Response><Gather><Say>{IN_XML}</Say></Gather></Response>"
    ),
    "maps._map.State": lambda: State(HOSTILE, "end", HOSTILE, HOSTILE, ()),
    "maps._move.Move": lambda: Move("say", HOSTILE),
    "maps._problem.MapProblem": lambda: _map_problem(),
    "maps._problem.MapProblems": lambda: MapProblems([_map_problem()]),
    "populations._population.CallerFailure": lambda: CallerFailure(1, 2, HOSTILE, HOSTILE, HOSTILE),
    "populations._population.Population": lambda: _population(),
    "populations._measured.Measured": lambda: _population().measured,
    "moment.CallMoment": lambda: CallMoment(
        0.0, HOSTILE, HOSTILE, (_HEARD,), {HOSTILE: HOSTILE}, _EVENT
    ),
    "moment.HeardNow": lambda: _HEARD,
    "problem.Problem": lambda: Problem(1, "error", HOSTILE, 1, 1, hint=HOSTILE, name=HOSTILE),
    "sessions.Frame": lambda: _FRAME,
    "sessions.AgentSound": lambda: AgentSound(0.0, b""),
    "replay.Replay": lambda: Replay(
        HOSTILE, HOSTILE, 1.0, [_REPLAY_LINE], [ReplayEvent(0.0, HOSTILE)], [HOSTILE]
    ),
    "replay.ReplayEvent": lambda: ReplayEvent(0.0, HOSTILE),
    "replay.ReplayLine": lambda: _REPLAY_LINE,
    "sound.Chapter": lambda: Chapter(0.0, HOSTILE, HOSTILE),
    "sound.Sound": lambda: Sound(
        [HOSTILE], 8, lambda _, count: [array("h", [0] * count)], [Chapter(0.0, HOSTILE, HOSTILE)]
    ),
    "sessions.AgentSounds": lambda: AgentSounds([AgentSound(0.0, b"")]),
    "sessions.FrameRun": lambda: FrameRun(_FRAME, 0, HOSTILE, count=2),
    "sessions.Frames": lambda: Frames([_FRAME]),
    "sessions.Turn": lambda: _TURN,
    "sessions.Turns": lambda: Turns([_TURN]),
    "sessions.WebSocketSession": lambda: _SESSION,
    "sessions.WebSocketSessions": lambda: WebSocketSessions([_SESSION]),
    "simulation.faults._fault.Fault": lambda: Fault(HOSTILE, {"body": HOSTILE}),
    "simulation.faults._faults.Faults": _fault,
    "simulation.messages._message.Message": _message,
    "simulation.messages._message.MessageList": lambda: MessageList([_message()]),
    "simulation.mounts._fields.Fields": lambda: Fields([(HOSTILE, HOSTILE)]),
    "simulation.mounts._fields.SentForm": lambda: SentForm([(_SENDABLE, _SENDABLE)]),
    "simulation.mounts._forward.Forward": lambda: Forward(f"http://127.0.0.1/{HOSTILE}"),
    "simulation.mounts._mounts.Mount": _mount,
    "simulation.mounts._mounts.Mounts": _mounts,
    "simulation.phones._phones.Phones": _phones,
    "simulation.world._account.Number": lambda: _NUMBER,
    "simulation.world._account.Numbers": _numbers,
    "simulation.world._sip_domain.SipDomain": lambda: SipDomain(
        HOSTILE, HOSTILE, settings={"VoiceUrl": HOSTILE}
    ),
    "simulation.world._sip_domain.SipDomains": _sip_domains,
    "timeline.Event": lambda: _EVENT,
    "timeline.Exchange": lambda: _EXCHANGE,
    "timeline.Exchanges": lambda: Exchanges([_EXCHANGE, _EXCHANGE]),
    "timeline.Line": lambda: _LINE,
    "timeline.Timeline": lambda: Timeline([_EVENT], parties={HOSTILE: HOSTILE, "b": HOSTILE}),
    "twiml.documents._listed.Problems": lambda: Problems(
        [Problem(12200, "error", HOSTILE, 1, 1, hint=HOSTILE)]
    ),
    "twiml.documents._listed.Sentences": lambda: Sentences([HOSTILE]),
    "timeline.Transcript": lambda: Transcript([_LINE]),
    "twiml.documents._relative.Remark": lambda: Remark(1, 1, HOSTILE),
    "twiml.documents._element.Element": lambda: _DOCUMENT.verbs[0],
    "twiml.writing._builder.Node": _builder,
    "views.explanation.Explanation": lambda: Explanation(_DOCUMENT),
    "views.status.Status": lambda: Status(
        False, HOSTILE, HOSTILE, (HOSTILE,), {HOSTILE: HOSTILE}, HOSTILE
    ),
}
#: Classes without such an object, and why.
HARMLESS = {
    "api._client.Client": "the tail of a sid",
    "api.resources._api.Api": "the tail of a sid",
    "api.resources._collection.Resources": "names of the table",
    "api.resources._listing.Listing": "the reprs of its rows",
    "api.resources._page.Page": "a number",
    "api.transport._credentials.Credentials": "the tail of a sid",
    "endpoints.Endpoint": "an address as it is sent",
    "ladder._cells.Row": "a part of a ladder",
    "notebook.branches._buttons.BranchButtons": "nothing",
    "notebook.replay._players.ReplayPlayers": "nothing",
    "notebook.clipboard._buttons.CopyButtons": "nothing",
    "notebook.forms._branch_form.BranchForm": "a sid and a number",
    "notebook.forms._call_form.CallForm": "the text of its own magic",
    "notebook.forms._phone_form.PhoneForm": "a number",
    "notebook.forms._twiml_form.TwimlForm": "the repr of a document",
    "notebook.softphone._sharing.SharedAssets": "nothing",
    "notebook.forms._page_widget.PageAnswers": "nothing",
    "notebook.forms._page_widget.PageEvents": "nothing",
    "notebook.softphone._desk.Softphones": "numbers and states",
    "notebook.softphone._widget.Softphone": "a number and a state",
    "populations._histogram.Histogram": "numbers",
    "records._Factory": "a word of our own",
    "scripts._phrase.Phrase": "a part of an error",
    "scripts._script.Script": "the text that it is read from again",
    "secret.Secret": "nothing",
    "simulation._simulator.Simulator": "numbers",
    "simulation.clock._real_time.RealTime": "numbers",
    "simulation.phones._generator_script.Routine": "the name of a function",
    "simulation.phones._person.Person": "a state",
    "simulation.webhooks._audio_file.AudioFile": "a part of an event",
    "testing._fixtures.TwilioCall": "words of our own",
    "twiml.documents._document.Document": "the text that is sent",
}


def _coverage() -> tm.Coverage:
    """Nothing of a map with hostile words has been visited."""
    found = tm.explore(f"<Response><Gather><Say>{IN_XML}</Say></Gather></Response>")
    return tm.Simulator(network=False).coverage(found)[0]


def _map_problem() -> MapProblem:
    return MapProblem(
        "error", HOSTILE, (Move("press", HOSTILE),), ApplicationEntry(lambda: None, HOSTILE)
    )


def _dialogs() -> DialogList:
    """A dialog with a hostile name, document, phone and traceback."""
    words = " ".join(HOSTILE.translate({ord(sign): None for sign in "\"'/"}).split("\n"))
    document = " ".join(
        f"<Response><Say>{IN_XML}</Say><Redirect>/{IN_XML}</Redirect></Response>".split()
    )
    text = f'twiml: {document}\ndialog "{words}"\n  say "{words}"\n  hear "{words}"\n  expect no errors'
    return tm.dialogs(text)


def _population() -> tm.Population:
    found = tm.Population(1, 1, note=HOSTILE)
    found.outcomes[HOSTILE] += 1
    found.scenarios.update([HOSTILE, "b"])
    found.webhooks.add(replace(_EXCHANGE, url=f"https://a.example/{HOSTILE}"))
    found.add_failure(CallerFailure(1, 2, HOSTILE, HOSTILE, HOSTILE))
    return found


def _prepared() -> Request:
    client = tm.Client(simulator=tm.Simulator())
    return client.calls.prepare(
        to=TO, from_=FROM, twiml=f"<Response><Say>{IN_XML}</Say></Response>"
    )


def _resources() -> dict[str, type[Resource]]:
    found: dict[str, type[Resource]] = {}
    waiting = [Resource]
    while waiting:
        waiting += (kinds := waiting.pop().__subclasses__())
        found |= {_name(kind): kind for kind in kinds}
    found.pop(
        "api.resources._kinds.Described", None
    )  # the base of what a table describes: see MADE
    return found


def _name(kind: type) -> str:
    return f"{kind.__module__.removeprefix('twilio_magic.')}.{kind.__name__}"


def _printed() -> set[str]:
    """The classes of the package with a way of their own of being printed."""
    return {
        f"{module.name}.{node.name}"
        for module in modules().values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
        and any(getattr(each, "name", "") in ("__repr__", "__str__") for each in node.body)
    }


def _texts(thing: object) -> list[str]:
    shown = [str(thing), repr(thing)]
    if hasattr(thing, "_repr_mimebundle_"):
        shown += thing._repr_mimebundle_().values()
    if isinstance(thing, tm.TwilioMagicError):
        shown += [
            *thing.box(),
            *(
                line.replace("\x1b[0m", "").replace("\x1b[1m", "")
                for line in thing._render_traceback_()
            ),
        ]
    return shown


def test_every_class_with_a_way_of_being_printed_is_tested() -> None:
    assert _printed() - _resources().keys() == {*MADE, *HARMLESS}


@pytest.mark.parametrize("name", MADE)
def test_nothing_of_a_hostile_text_is_obeyed(name: str) -> None:
    thing = MADE[name]()
    for text in _texts(thing):
        assert obeyed(text) == []
    if name != "ladder._model.Ladder":  # whose columns put words anywhere in a line
        assert not any(line.lstrip().startswith("::") for line in repr(thing).split("\n"))


@pytest.mark.parametrize("name", sorted(_resources()))
def test_nothing_of_a_hostile_answer_of_the_api_is_obeyed(name: str) -> None:
    kind = _resources()[name]
    names = {"sid", "status", "from", "request", "response", *kind._readers}
    fields: dict[str, Any] = dict.fromkeys((each.rstrip("_") for each in names), HOSTILE)
    pairs = {"method": HOSTILE, "url": HOSTILE, "response_code": HOSTILE}
    if name.endswith(".CallEvent"):
        fields |= {"request": pairs, "response": pairs}
    resource = kind(None, fields)  # type: ignore[arg-type] # it is not asked

    assert obeyed(repr(resource)) == []
    assert "\n" not in repr(resource)


def test_errors_with_tracebacks_are_not_obeyed() -> None:
    tm.TwilioMagicError.tracebacks = True
    try:
        try:
            raise ValueError(HOSTILE)
        except ValueError:
            raise tm.MagicLineError(HOSTILE) from ValueError(HOSTILE)
    except tm.MagicLineError as error:
        told = "".join(error._render_traceback_())

    assert not {"\x1b", "\x9b", "\u202e", "\u2028"} & set(told)


def test_nothing_of_a_call_is_obeyed(simulator: tm.Simulator, client: tm.Client) -> None:
    """... whatever its application, its phone and its document say."""
    app = Flask("ivr")
    header = "".join(char for char in HOSTILE if " " <= char <= "\xff")
    body = f"<Response><Say>{IN_XML}</Say><Gather action='/down'><Say>{IN_XML}</Say></Gather></Response>"

    @app.post("/voice")
    def voice() -> Response:
        return Response(body, mimetype="text/xml", headers={"X-Echo": header})

    @app.post("/down")
    def down() -> Response:
        return Response(IN_XML, status=500, mimetype="text/plain")

    @app.post("/status")
    def status() -> Any:
        return redirect(f"https://ivr.example.com/{header}")

    simulator.mount("https://ivr.example.com", app)
    words = "".join(char for char in IN_XML if char not in "\r\n'\";")
    simulator.phones[TO] = f"say '{words}'; press 1; hang up"
    call = client.calls.create(
        to=TO,
        from_=FROM,
        url="https://ivr.example.com/voice",
        status_callback="https://ivr.example.com/status",
    ).wait()
    things = [
        call,
        call.timeline,
        call.transcript,
        call.webhooks,
        call.ladder(),
        client.calls.list(),
    ]
    things += [call.notifications.list(), call.events.list(), *call.notifications, *call.events]
    things += [*call.timeline, *call.transcript, *call.webhooks, tm.check(body)]

    assert "⟨U+202E⟩" in str(call.timeline)
    for thing in things:
        for text in _texts(thing):
            assert obeyed(text) == []


def test_no_line_of_a_log_is_forged(
    simulator: tm.Simulator, client: tm.Client, caplog: pytest.LogCaptureFixture
) -> None:
    from twilio_magic.simulation.clock._clock import _log_fault

    _log_fault(ValueError(f"x\n2026-11-24 ERROR forged {HOSTILE}"))
    answer = _paths_are_told(client)
    lines = caplog.text.split("\n")

    assert answer == 404
    assert obeyed(caplog.text) == []
    assert not any(line.startswith("2026-11-24 ERROR forged") for line in lines)


def _paths_are_told(client: tm.Client) -> int:
    session = client._transport._session
    path = "x%0A2026-11-24%20ERROR%20forged%1B%C2%9B.json"
    url = f"https://api.twilio.com/2010-04-01/Accounts/{client.account_sid}/{path}"
    return session.get(
        url, auth=(client.account_sid, client._backend.credentials.password.reveal())
    ).status_code


def test_joiners_and_lines_and_accents_stay() -> None:
    text = "Zoë 👩‍👩‍👧 می‌خواهم\n\tمرحبا שלום"

    assert visible(text) == text
    assert visible("a\r\nb") == "a\nb"
    assert visible_line("a\nb") == "a⟨U+000A⟩b"

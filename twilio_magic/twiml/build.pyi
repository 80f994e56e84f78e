# Written by `python -m tests.twiml.reference` from the vocabulary.
# fmt: off
# ruff: noqa: E501
from collections.abc import Iterable
from typing import Literal, Self, TypedDict, Unpack

from .writing._builder import Node as Node

Content = str | Node

class _AiSession(TypedDict, total=False):
    ai_connector: str | None
    ai_session_configuration: str | None

class _Annotate(TypedDict, total=False):
    pass

class _Application(TypedDict, total=False):
    url: str | None
    method: str | None
    status_callback_event: str | Iterable[str] | None
    status_callback: str | None
    status_callback_method: str | None
    customer_id: str | None
    copy_parent_to: bool | None

class _ApplicationSid(TypedDict, total=False):
    pass

class _Assistant(TypedDict, total=False):
    id: str | None
    language: str | None
    tts_language: str | None
    transcription_language: str | None
    tts_provider: str | None
    voice: str | None
    transcription_provider: str | None
    speech_model: str | None
    profanity_filter: bool | None
    dtmf_detection: bool | None
    welcome_greeting: str | None
    partial_prompts: bool | None
    welcome_greeting_interruptible: Literal["none", "dtmf", "speech", "any", "true", "false"] | None
    interruptible: Literal["none", "dtmf", "speech", "any", "true", "false"] | None
    preemptible: bool | None
    hints: str | None
    intelligence_service: str | None
    report_input_during_agent_speech: Literal["none", "dtmf", "speech", "any", "true", "false"] | None
    elevenlabs_text_normalization: Literal["on", "auto", "off"] | None
    interrupt_sensitivity: Literal["low", "medium", "high"] | None
    debug: str | Iterable[str] | None

class _Autopilot(TypedDict, total=False):
    pass

class _BillingReferenceTag(TypedDict, total=False):
    pass

class _Break(TypedDict, total=False):
    strength: Literal["none", "x-weak", "weak", "medium", "strong", "x-strong"] | None
    time: str | None

class _Client(TypedDict, total=False):
    url: str | None
    method: str | None
    status_callback_event: str | Iterable[str] | None
    status_callback: str | None
    status_callback_method: str | None
    client_notification_url: str | None

class _Conference(TypedDict, total=False):
    muted: bool | None
    beep: Literal["true", "false", "onEnter", "onExit"] | None
    start_conference_on_enter: bool | None
    end_conference_on_exit: bool | None
    wait_url: str | None
    wait_method: str | None
    max_participants: int | None
    record: Literal["do-not-record", "record-from-start", "true", "false"] | None
    recording_configuration_id: str | None
    region: Literal["us1", "us2", "ie1", "sg1", "br1", "au1", "jp1", "de1"] | None
    coach: str | None
    trim: Literal["trim-silence", "do-not-trim"] | None
    status_callback_event: str | Iterable[str] | None
    status_callback: str | None
    status_callback_method: str | None
    recording_status_callback: str | None
    recording_status_callback_method: str | None
    recording_status_callback_event: str | Iterable[str] | None
    event_callback_url: str | None
    jitter_buffer_size: Literal["large", "medium", "small", "off"] | None
    participant_label: str | None
    whisper: str | None

class _Config(TypedDict, total=False):
    name: str | None
    value: str | None

class _Connect(TypedDict, total=False):
    action: str | None
    method: str | None

class _Conversation(TypedDict, total=False):
    service_instance_sid: str | None
    inbound_autocreation: bool | None
    routing_assignment_timeout: int | None
    inbound_timeout: int | None
    url: str | None
    method: str | None
    record: Literal["do-not-record", "record-from-answer", "record-from-ringing", "record-from-answer-dual", "record-from-ringing-dual", "true", "false"] | None
    trim: Literal["trim-silence", "do-not-trim"] | None
    recording_status_callback: str | None
    recording_status_callback_method: str | None
    recording_status_callback_event: str | Iterable[str] | None
    status_callback: str | None
    status_callback_method: str | None
    status_callback_event: str | Iterable[str] | None

class _ConversationRelay(TypedDict, total=False):
    url: str | None
    language: str | None
    tts_language: str | None
    transcription_language: str | None
    tts_provider: str | None
    voice: str | None
    transcription_provider: str | None
    speech_model: str | None
    profanity_filter: bool | None
    dtmf_detection: bool | None
    welcome_greeting: str | None
    partial_prompts: bool | None
    welcome_greeting_interruptible: Literal["none", "dtmf", "speech", "any", "true", "false"] | None
    interruptible: Literal["none", "dtmf", "speech", "any", "true", "false"] | None
    preemptible: bool | None
    hints: str | None
    intelligence_service: str | None
    report_input_during_agent_speech: Literal["none", "dtmf", "speech", "any", "true", "false"] | None
    elevenlabs_text_normalization: Literal["on", "auto", "off"] | None
    interrupt_sensitivity: Literal["low", "medium", "high"] | None
    debug: str | Iterable[str] | None
    background_noise_reduction: str | None
    speech_timeout: int | Literal["auto"] | None
    deepgram_smart_format: bool | None
    ignore_backchannel: bool | None
    events: str | Iterable[str] | None
    partial_prompt_on_hangup: bool | None
    eager_eot_threshold: float | str | None
    asr_smart_format: bool | None
    tts_text_normalization: Literal["auto", "on", "off"] | None
    tts_language_text_normalization: bool | None
    elevenlabs_language_text_normalization: bool | None
    include_in_prompt: str | Iterable[str] | None
    customer_name: str | None
    application_reconnect: bool | None
    echo_prompt_filtering: bool | None
    turn_detection: bool | None
    eot_threshold: float | str | None
    conversation_configuration: str | None
    conversation_id: str | None

class _ConversationRelaySession(TypedDict, total=False):
    connector: str | None
    session_configuration: str | None

class _Dial(TypedDict, total=False):
    action: str | None
    method: str | None
    timeout: int | None
    hangup_on_star: bool | None
    time_limit: int | None
    caller_id: str | None
    record: Literal["do-not-record", "record-from-answer", "record-from-ringing", "record-from-answer-dual", "record-from-ringing-dual", "true", "false"] | None
    trim: Literal["trim-silence", "do-not-trim"] | None
    recording_status_callback: str | None
    recording_configuration_id: str | None
    recording_status_callback_method: str | None
    recording_status_callback_event: str | Iterable[str] | None
    answer_on_bridge: bool | None
    ring_tone: Literal["at", "au", "bg", "br", "be", "ch", "cl", "cn", "cz", "de", "dk", "ee", "es", "fi", "fr", "gr", "hu", "il", "in", "it", "lt", "jp", "mx", "my", "nl", "no", "nz", "ph", "pl", "pt", "ru", "se", "sg", "th", "uk", "us", "us-old", "tw", "ve", "za"] | None
    recording_track: Literal["both", "inbound", "outbound"] | None
    sequential: bool | None
    refer_url: str | None
    refer_method: str | None
    events: Literal["call-progress-event"] | None
    passports: str | None
    call_reason: str | None
    if_machine: Literal["hangup", "continue", "false"] | None

class _Echo(TypedDict, total=False):
    pass

class _Emphasis(TypedDict, total=False):
    level: Literal["strong", "moderate", "reduced"] | None

class _Enqueue(TypedDict, total=False):
    action: str | None
    method: str | None
    wait_url: str | None
    wait_url_method: str | None
    max_queue_size: int | None
    workflow_sid: str | None

class _Failover(TypedDict, total=False):
    code: str | None
    tts_provider: str | None
    voice: str | None
    transcription_provider: str | None
    speech_model: str | None

class _Gather(TypedDict, total=False):
    input: str | Iterable[str] | None
    action: str | None
    method: str | None
    timeout: int | None
    speech_timeout: int | Literal["auto"] | None
    max_speech_time: int | None
    profanity_filter: bool | None
    finish_on_key: str | None
    num_digits: int | None
    partial_result_callback: str | None
    partial_result_callback_method: str | None
    language: str | None
    hints: str | None
    barge_in: bool | None
    debug: bool | None
    action_on_empty_result: bool | None
    speech_model: str | None
    enhanced: bool | None

class _Hangup(TypedDict, total=False):
    pass

class _Header(TypedDict, total=False):
    name: str | None
    value: str | None

class _Headers(TypedDict, total=False):
    pass

class _Identity(TypedDict, total=False):
    pass

class _Lang(TypedDict, total=False):
    xml_lang: str | None

class _Language(TypedDict, total=False):
    code: str | None
    tts_provider: str | None
    voice: str | None
    transcription_provider: str | None
    speech_model: str | None
    hints: str | None
    asr_smart_format: bool | None
    tts_text_normalization: Literal["auto", "on", "off"] | None
    tts_language_text_normalization: bool | None

class _Leave(TypedDict, total=False):
    pass

class _Number(TypedDict, total=False):
    send_digits: str | None
    byoc: str | None
    url: str | None
    method: str | None
    status_callback_event: str | Iterable[str] | None
    status_callback: str | None
    status_callback_method: str | None
    machine_detection: Literal["Enable", "DetectMessageEnd"] | None
    amd_status_callback_method: str | None
    amd_status_callback: str | None
    machine_detection_timeout: int | None
    machine_detection_speech_threshold: int | None
    machine_detection_speech_end_threshold: int | None
    machine_detection_silence_timeout: int | None

class _P(TypedDict, total=False):
    pass

class _Parameter(TypedDict, total=False):
    name: str | None
    value: str | None

class _Pause(TypedDict, total=False):
    length: int | None

class _Pay(TypedDict, total=False):
    input: str | Iterable[str] | None
    action: str | None
    bank_account_type: Literal["consumer-checking", "consumer-savings", "commercial-checking", "commercial-savings"] | None
    status_callback: str | None
    status_callback_method: str | None
    timeout: int | None
    max_attempts: int | None
    security_code: bool | None
    postal_code: str | None
    min_postal_code_length: int | None
    payment_connector: str | None
    payment_method: Literal["ach-debit", "credit-card"] | None
    token_type: Literal["one-time", "reusable", "payment-method"] | None
    charge_amount: float | str | None
    currency: str | None
    description: str | None
    valid_card_types: str | Iterable[str] | None
    language: str | None

class _Phoneme(TypedDict, total=False):
    alphabet: Literal["ipa", "x-sampa", "x-amazon-jyutping", "x-amazon-pinyin", "x-amazon-pron-kana", "x-amazon-yomigana"] | None
    ph: str | None

class _Play(TypedDict, total=False):
    loop: int | None
    digits: str | None

class _Prompt(TypedDict, total=False):
    for_: Literal["payment-card-number", "expiration-date", "security-code", "postal-code", "payment-processing", "bank-account-number", "bank-routing-number"] | None
    error_type: str | Iterable[str] | None
    card_type: str | Iterable[str] | None
    attempt: int | str | Iterable[int] | None
    require_matching_inputs: bool | None

class _Prosody(TypedDict, total=False):
    volume: str | None
    rate: str | None
    pitch: str | None

class _Queue(TypedDict, total=False):
    url: str | None
    method: str | None
    reservation_sid: str | None
    post_work_activity_sid: str | None

class _Record(TypedDict, total=False):
    action: str | None
    method: str | None
    timeout: int | None
    finish_on_key: str | None
    max_length: int | None
    play_beep: bool | None
    trim: Literal["trim-silence", "do-not-trim"] | None
    recording_status_callback: str | None
    recording_status_callback_method: str | None
    recording_status_callback_event: str | Iterable[str] | None
    transcribe: bool | None
    transcribe_callback: str | None
    recording_configuration_id: str | None

class _Recording(TypedDict, total=False):
    name: str | None
    recording_status_callback: str | None
    recording_status_callback_method: str | None
    recording_status_callback_event: str | Iterable[str] | None
    trim: Literal["trim-silence", "do-not-trim"] | None
    track: Literal["inbound", "outbound", "both"] | None
    channels: Literal["mono", "dual"] | None
    recording_configuration_id: str | None

class _Redirect(TypedDict, total=False):
    method: str | None

class _Refer(TypedDict, total=False):
    action: str | None
    method: str | None

class _Reject(TypedDict, total=False):
    reason: Literal["rejected", "busy"] | None

class _Response(TypedDict, total=False):
    version: str | None

class _Room(TypedDict, total=False):
    participant_identity: str | None

class _S(TypedDict, total=False):
    pass

class _Say(TypedDict, total=False):
    voice: str | None
    language: str | None
    loop: int | None
    rate: int | None

class _SayAs(TypedDict, total=False):
    interpret_as: Literal["characters", "spell-out", "cardinal", "number", "ordinal", "digits", "fraction", "unit", "date", "time", "address", "expletive", "telephone"] | None
    format: Literal["mdy", "dmy", "ymd", "md", "dm", "ym", "my", "d", "m", "y", "yyyymmdd"] | None

class _Sim(TypedDict, total=False):
    pass

class _Sip(TypedDict, total=False):
    username: str | None
    password: str | None
    url: str | None
    method: str | None
    status_callback_event: str | Iterable[str] | None
    status_callback: str | None
    status_callback_method: str | None
    machine_detection: Literal["Enable", "DetectMessageEnd"] | None
    amd_status_callback_method: str | None
    amd_status_callback: str | None
    machine_detection_timeout: int | None
    machine_detection_speech_threshold: int | None
    machine_detection_speech_end_threshold: int | None
    machine_detection_silence_timeout: int | None

class _Siprec(TypedDict, total=False):
    name: str | None
    connector_name: str | None
    track: Literal["inbound_track", "outbound_track", "both_tracks"] | None
    status_callback: str | None
    status_callback_method: str | None

class _Sms(TypedDict, total=False):
    to: str | None
    from_: str | None
    action: str | None
    method: str | None
    status_callback: str | None

class _Start(TypedDict, total=False):
    action: str | None
    method: str | None

class _Stop(TypedDict, total=False):
    pass

class _Stream(TypedDict, total=False):
    name: str | None
    connector_name: str | None
    url: str | None
    track: Literal["inbound_track", "outbound_track", "both_tracks"] | None
    status_callback: str | None
    status_callback_method: str | None
    audio_format: str | None
    sample_rate: str | None

class _Sub(TypedDict, total=False):
    alias: str | None

class _Task(TypedDict, total=False):
    priority: int | None
    timeout: int | None

class _Transcription(TypedDict, total=False):
    name: str | None
    track: Literal["inbound_track", "outbound_track", "both_tracks"] | None
    status_callback_url: str | None
    status_callback_method: str | None
    inbound_track_label: str | None
    outbound_track_label: str | None
    partial_results: bool | None
    language_code: str | None
    transcription_engine: str | None
    profanity_filter: bool | None
    speech_model: str | None
    hints: str | None
    enable_automatic_punctuation: bool | None
    intelligence_service: str | None
    enable_provider_data: bool | None
    conversation_configuration: str | None
    conversation_id: str | None

class _Uri(TypedDict, total=False):
    priority: str | None
    weight: str | None
    username: str | None
    password: str | None

class _VirtualAgent(TypedDict, total=False):
    connector_name: str | None
    language: str | None
    sentiment_analysis: bool | None
    status_callback: str | None
    status_callback_method: str | None

class _W(TypedDict, total=False):
    role: str | None

class _WhatsApp(TypedDict, total=False):
    url: str | None
    method: str | None
    status_callback_event: str | Iterable[str] | None
    status_callback: str | None
    status_callback_method: str | None

class AiSession(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_AiSession]) -> None: ...

class Annotate(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Annotate]) -> None: ...
    def billing_reference_tag(self, *content: Content, **attributes: Unpack[_BillingReferenceTag]) -> Self: ...

class Application(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Application]) -> None: ...
    def application_sid(self, *content: Content, **attributes: Unpack[_ApplicationSid]) -> Self: ...
    def parameter(self, *content: Content, **attributes: Unpack[_Parameter]) -> Self: ...

class ApplicationSid(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_ApplicationSid]) -> None: ...

class Assistant(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Assistant]) -> None: ...
    def language(self, *content: Content, **attributes: Unpack[_Language]) -> Self: ...
    def parameter(self, *content: Content, **attributes: Unpack[_Parameter]) -> Self: ...

class Autopilot(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Autopilot]) -> None: ...

class BillingReferenceTag(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_BillingReferenceTag]) -> None: ...

class Break(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Break]) -> None: ...

class Client(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Client]) -> None: ...
    def identity(self, *content: Content, **attributes: Unpack[_Identity]) -> Self: ...
    def parameter(self, *content: Content, **attributes: Unpack[_Parameter]) -> Self: ...

class Conference(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Conference]) -> None: ...

class Config(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Config]) -> None: ...

class Connect(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Connect]) -> None: ...
    def ai_session(self, *content: Content, **attributes: Unpack[_AiSession]) -> Self: ...
    def assistant(self, *content: Content, **attributes: Unpack[_Assistant]) -> Self: ...
    def autopilot(self, *content: Content, **attributes: Unpack[_Autopilot]) -> Self: ...
    def conversation(self, *content: Content, **attributes: Unpack[_Conversation]) -> Self: ...
    def conversation_relay(self, *content: Content, **attributes: Unpack[_ConversationRelay]) -> Self: ...
    def conversation_relay_session(self, *content: Content, **attributes: Unpack[_ConversationRelaySession]) -> Self: ...
    def room(self, *content: Content, **attributes: Unpack[_Room]) -> Self: ...
    def stream(self, *content: Content, **attributes: Unpack[_Stream]) -> Self: ...
    def virtual_agent(self, *content: Content, **attributes: Unpack[_VirtualAgent]) -> Self: ...

class Conversation(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Conversation]) -> None: ...

class ConversationRelay(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_ConversationRelay]) -> None: ...
    def failover(self, *content: Content, **attributes: Unpack[_Failover]) -> Self: ...
    def language(self, *content: Content, **attributes: Unpack[_Language]) -> Self: ...
    def parameter(self, *content: Content, **attributes: Unpack[_Parameter]) -> Self: ...

class ConversationRelaySession(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_ConversationRelaySession]) -> None: ...

class Dial(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Dial]) -> None: ...
    def application(self, *content: Content, **attributes: Unpack[_Application]) -> Self: ...
    def client(self, *content: Content, **attributes: Unpack[_Client]) -> Self: ...
    def conference(self, *content: Content, **attributes: Unpack[_Conference]) -> Self: ...
    def number(self, *content: Content, **attributes: Unpack[_Number]) -> Self: ...
    def queue(self, *content: Content, **attributes: Unpack[_Queue]) -> Self: ...
    def sim(self, *content: Content, **attributes: Unpack[_Sim]) -> Self: ...
    def sip(self, *content: Content, **attributes: Unpack[_Sip]) -> Self: ...
    def whats_app(self, *content: Content, **attributes: Unpack[_WhatsApp]) -> Self: ...

class Echo(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Echo]) -> None: ...

class Emphasis(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Emphasis]) -> None: ...
    def break_(self, *content: Content, **attributes: Unpack[_Break]) -> Self: ...
    def emphasis(self, *content: Content, **attributes: Unpack[_Emphasis]) -> Self: ...
    def lang(self, *content: Content, **attributes: Unpack[_Lang]) -> Self: ...
    def phoneme(self, *content: Content, **attributes: Unpack[_Phoneme]) -> Self: ...
    def prosody(self, *content: Content, **attributes: Unpack[_Prosody]) -> Self: ...
    def say_as(self, *content: Content, **attributes: Unpack[_SayAs]) -> Self: ...
    def sub(self, *content: Content, **attributes: Unpack[_Sub]) -> Self: ...
    def w(self, *content: Content, **attributes: Unpack[_W]) -> Self: ...

class Enqueue(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Enqueue]) -> None: ...
    def task(self, *content: Content, **attributes: Unpack[_Task]) -> Self: ...

class Failover(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Failover]) -> None: ...
    def language(self, *content: Content, **attributes: Unpack[_Language]) -> Self: ...

class Gather(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Gather]) -> None: ...
    def pause(self, *content: Content, **attributes: Unpack[_Pause]) -> Self: ...
    def play(self, *content: Content, **attributes: Unpack[_Play]) -> Self: ...
    def say(self, *content: Content, **attributes: Unpack[_Say]) -> Self: ...

class Hangup(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Hangup]) -> None: ...
    def parameter(self, *content: Content, **attributes: Unpack[_Parameter]) -> Self: ...

class Header(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Header]) -> None: ...

class Headers(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Headers]) -> None: ...
    def header(self, *content: Content, **attributes: Unpack[_Header]) -> Self: ...

class Identity(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Identity]) -> None: ...

class Lang(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Lang]) -> None: ...
    def break_(self, *content: Content, **attributes: Unpack[_Break]) -> Self: ...
    def emphasis(self, *content: Content, **attributes: Unpack[_Emphasis]) -> Self: ...
    def lang(self, *content: Content, **attributes: Unpack[_Lang]) -> Self: ...
    def p(self, *content: Content, **attributes: Unpack[_P]) -> Self: ...
    def phoneme(self, *content: Content, **attributes: Unpack[_Phoneme]) -> Self: ...
    def prosody(self, *content: Content, **attributes: Unpack[_Prosody]) -> Self: ...
    def s(self, *content: Content, **attributes: Unpack[_S]) -> Self: ...
    def say_as(self, *content: Content, **attributes: Unpack[_SayAs]) -> Self: ...
    def sub(self, *content: Content, **attributes: Unpack[_Sub]) -> Self: ...
    def w(self, *content: Content, **attributes: Unpack[_W]) -> Self: ...

class Language(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Language]) -> None: ...

class Leave(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Leave]) -> None: ...

class Number(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Number]) -> None: ...

class P(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_P]) -> None: ...
    def break_(self, *content: Content, **attributes: Unpack[_Break]) -> Self: ...
    def emphasis(self, *content: Content, **attributes: Unpack[_Emphasis]) -> Self: ...
    def lang(self, *content: Content, **attributes: Unpack[_Lang]) -> Self: ...
    def phoneme(self, *content: Content, **attributes: Unpack[_Phoneme]) -> Self: ...
    def prosody(self, *content: Content, **attributes: Unpack[_Prosody]) -> Self: ...
    def s(self, *content: Content, **attributes: Unpack[_S]) -> Self: ...
    def say_as(self, *content: Content, **attributes: Unpack[_SayAs]) -> Self: ...
    def sub(self, *content: Content, **attributes: Unpack[_Sub]) -> Self: ...
    def w(self, *content: Content, **attributes: Unpack[_W]) -> Self: ...

class Parameter(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Parameter]) -> None: ...

class Pause(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Pause]) -> None: ...

class Pay(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Pay]) -> None: ...
    def parameter(self, *content: Content, **attributes: Unpack[_Parameter]) -> Self: ...
    def prompt(self, *content: Content, **attributes: Unpack[_Prompt]) -> Self: ...

class Phoneme(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Phoneme]) -> None: ...

class Play(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Play]) -> None: ...

class Prompt(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Prompt]) -> None: ...
    def pause(self, *content: Content, **attributes: Unpack[_Pause]) -> Self: ...
    def play(self, *content: Content, **attributes: Unpack[_Play]) -> Self: ...
    def say(self, *content: Content, **attributes: Unpack[_Say]) -> Self: ...

class Prosody(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Prosody]) -> None: ...
    def break_(self, *content: Content, **attributes: Unpack[_Break]) -> Self: ...
    def emphasis(self, *content: Content, **attributes: Unpack[_Emphasis]) -> Self: ...
    def lang(self, *content: Content, **attributes: Unpack[_Lang]) -> Self: ...
    def p(self, *content: Content, **attributes: Unpack[_P]) -> Self: ...
    def phoneme(self, *content: Content, **attributes: Unpack[_Phoneme]) -> Self: ...
    def prosody(self, *content: Content, **attributes: Unpack[_Prosody]) -> Self: ...
    def s(self, *content: Content, **attributes: Unpack[_S]) -> Self: ...
    def say_as(self, *content: Content, **attributes: Unpack[_SayAs]) -> Self: ...
    def sub(self, *content: Content, **attributes: Unpack[_Sub]) -> Self: ...
    def w(self, *content: Content, **attributes: Unpack[_W]) -> Self: ...

class Queue(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Queue]) -> None: ...

class Record(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Record]) -> None: ...

class Recording(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Recording]) -> None: ...

class Redirect(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Redirect]) -> None: ...

class Refer(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Refer]) -> None: ...
    def sip(self, *content: Content, **attributes: Unpack[_Sip]) -> Self: ...

class Reject(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Reject]) -> None: ...
    def parameter(self, *content: Content, **attributes: Unpack[_Parameter]) -> Self: ...

class Response(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Response]) -> None: ...
    def connect(self, *content: Content, **attributes: Unpack[_Connect]) -> Self: ...
    def dial(self, *content: Content, **attributes: Unpack[_Dial]) -> Self: ...
    def echo(self, *content: Content, **attributes: Unpack[_Echo]) -> Self: ...
    def enqueue(self, *content: Content, **attributes: Unpack[_Enqueue]) -> Self: ...
    def gather(self, *content: Content, **attributes: Unpack[_Gather]) -> Self: ...
    def hangup(self, *content: Content, **attributes: Unpack[_Hangup]) -> Self: ...
    def leave(self, *content: Content, **attributes: Unpack[_Leave]) -> Self: ...
    def pause(self, *content: Content, **attributes: Unpack[_Pause]) -> Self: ...
    def pay(self, *content: Content, **attributes: Unpack[_Pay]) -> Self: ...
    def play(self, *content: Content, **attributes: Unpack[_Play]) -> Self: ...
    def prompt(self, *content: Content, **attributes: Unpack[_Prompt]) -> Self: ...
    def queue(self, *content: Content, **attributes: Unpack[_Queue]) -> Self: ...
    def record(self, *content: Content, **attributes: Unpack[_Record]) -> Self: ...
    def redirect(self, *content: Content, **attributes: Unpack[_Redirect]) -> Self: ...
    def refer(self, *content: Content, **attributes: Unpack[_Refer]) -> Self: ...
    def reject(self, *content: Content, **attributes: Unpack[_Reject]) -> Self: ...
    def say(self, *content: Content, **attributes: Unpack[_Say]) -> Self: ...
    def sms(self, *content: Content, **attributes: Unpack[_Sms]) -> Self: ...
    def start(self, *content: Content, **attributes: Unpack[_Start]) -> Self: ...
    def stop(self, *content: Content, **attributes: Unpack[_Stop]) -> Self: ...
    def annotate(self, *content: Content, **attributes: Unpack[_Annotate]) -> Self: ...

class Room(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Room]) -> None: ...

class S(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_S]) -> None: ...
    def break_(self, *content: Content, **attributes: Unpack[_Break]) -> Self: ...
    def emphasis(self, *content: Content, **attributes: Unpack[_Emphasis]) -> Self: ...
    def lang(self, *content: Content, **attributes: Unpack[_Lang]) -> Self: ...
    def phoneme(self, *content: Content, **attributes: Unpack[_Phoneme]) -> Self: ...
    def prosody(self, *content: Content, **attributes: Unpack[_Prosody]) -> Self: ...
    def say_as(self, *content: Content, **attributes: Unpack[_SayAs]) -> Self: ...
    def sub(self, *content: Content, **attributes: Unpack[_Sub]) -> Self: ...
    def w(self, *content: Content, **attributes: Unpack[_W]) -> Self: ...

class Say(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Say]) -> None: ...
    def break_(self, *content: Content, **attributes: Unpack[_Break]) -> Self: ...
    def emphasis(self, *content: Content, **attributes: Unpack[_Emphasis]) -> Self: ...
    def lang(self, *content: Content, **attributes: Unpack[_Lang]) -> Self: ...
    def p(self, *content: Content, **attributes: Unpack[_P]) -> Self: ...
    def phoneme(self, *content: Content, **attributes: Unpack[_Phoneme]) -> Self: ...
    def prosody(self, *content: Content, **attributes: Unpack[_Prosody]) -> Self: ...
    def s(self, *content: Content, **attributes: Unpack[_S]) -> Self: ...
    def say_as(self, *content: Content, **attributes: Unpack[_SayAs]) -> Self: ...
    def sub(self, *content: Content, **attributes: Unpack[_Sub]) -> Self: ...
    def w(self, *content: Content, **attributes: Unpack[_W]) -> Self: ...

class SayAs(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_SayAs]) -> None: ...

class Sim(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Sim]) -> None: ...

class Sip(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Sip]) -> None: ...
    def headers(self, *content: Content, **attributes: Unpack[_Headers]) -> Self: ...
    def uri(self, *content: Content, **attributes: Unpack[_Uri]) -> Self: ...

class Siprec(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Siprec]) -> None: ...
    def parameter(self, *content: Content, **attributes: Unpack[_Parameter]) -> Self: ...

class Sms(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Sms]) -> None: ...

class Start(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Start]) -> None: ...
    def recording(self, *content: Content, **attributes: Unpack[_Recording]) -> Self: ...
    def siprec(self, *content: Content, **attributes: Unpack[_Siprec]) -> Self: ...
    def stream(self, *content: Content, **attributes: Unpack[_Stream]) -> Self: ...
    def transcription(self, *content: Content, **attributes: Unpack[_Transcription]) -> Self: ...

class Stop(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Stop]) -> None: ...
    def recording(self, *content: Content, **attributes: Unpack[_Recording]) -> Self: ...
    def siprec(self, *content: Content, **attributes: Unpack[_Siprec]) -> Self: ...
    def stream(self, *content: Content, **attributes: Unpack[_Stream]) -> Self: ...
    def transcription(self, *content: Content, **attributes: Unpack[_Transcription]) -> Self: ...

class Stream(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Stream]) -> None: ...
    def parameter(self, *content: Content, **attributes: Unpack[_Parameter]) -> Self: ...

class Sub(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Sub]) -> None: ...

class Task(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Task]) -> None: ...

class Transcription(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Transcription]) -> None: ...
    def config(self, *content: Content, **attributes: Unpack[_Config]) -> Self: ...
    def parameter(self, *content: Content, **attributes: Unpack[_Parameter]) -> Self: ...

class Uri(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_Uri]) -> None: ...

class VirtualAgent(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_VirtualAgent]) -> None: ...
    def config(self, *content: Content, **attributes: Unpack[_Config]) -> Self: ...
    def parameter(self, *content: Content, **attributes: Unpack[_Parameter]) -> Self: ...

class W(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_W]) -> None: ...
    def break_(self, *content: Content, **attributes: Unpack[_Break]) -> Self: ...
    def emphasis(self, *content: Content, **attributes: Unpack[_Emphasis]) -> Self: ...
    def phoneme(self, *content: Content, **attributes: Unpack[_Phoneme]) -> Self: ...
    def prosody(self, *content: Content, **attributes: Unpack[_Prosody]) -> Self: ...
    def say_as(self, *content: Content, **attributes: Unpack[_SayAs]) -> Self: ...
    def sub(self, *content: Content, **attributes: Unpack[_Sub]) -> Self: ...

class WhatsApp(Node):
    def __init__(self, *content: Content, **attributes: Unpack[_WhatsApp]) -> None: ...

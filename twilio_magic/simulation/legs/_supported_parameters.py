"""What a leg acts on of the request that made it, however that request was made."""

#: Parameters of the API, in its own words.
SUPPORTED_PARAMETERS = frozenset(
    {
        "From",
        "MachineDetection",
        "MachineDetectionSilenceTimeout",
        "MachineDetectionSpeechEndThreshold",
        "MachineDetectionSpeechThreshold",
        "MachineDetectionTimeout",
        "Record",
        "RecordingChannels",
        "RecordingStatusCallback",
        "RecordingStatusCallbackEvent",
        "RecordingStatusCallbackMethod",
        "RecordingTrack",
        "StatusCallback",
        "StatusCallbackEvent",
        "StatusCallbackMethod",
        "TimeLimit",
        "Timeout",
        "To",
        "Trim",
    }
)

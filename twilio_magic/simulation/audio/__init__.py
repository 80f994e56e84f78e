"""Sound on a line: DTMF tones, audio files and their durations, WAV files, and the input that Twilio hears."""

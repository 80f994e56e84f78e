"""What sounds on a line: tones, audio files, recordings and transcriptions."""

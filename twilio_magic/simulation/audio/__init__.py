"""What sounds on a line: tones, sound files and their durations, and what is listening."""

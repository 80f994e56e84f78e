"""Media Streams: the sound of a call over a WebSocket."""

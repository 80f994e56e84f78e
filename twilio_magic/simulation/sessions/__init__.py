"""What ``<Connect>`` does: sessions with voice agents over WebSockets."""

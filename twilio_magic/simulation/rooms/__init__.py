"""Where calls meet and wait: conferences and queues."""

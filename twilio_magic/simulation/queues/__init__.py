"""Call queues: what Enqueue, Leave and Dial's Queue do."""

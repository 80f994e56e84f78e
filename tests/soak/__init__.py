"""A soak: threads, a served world, interrupts and hostile applications at once, for as long as one likes.

``make soak`` runs it. It fails if something hangs, if something of ours goes wrong, or if memory, threads or open files
grow.
"""

"""How fast the package is, as ratios measured within one run: ``python -m benchmarks [NAME …] [--quick]``.

Each module here named ``measure_…`` or ``check_…`` has a function ``measure()`` that gives :class:`~.ratio.Ratio` rows.
"""

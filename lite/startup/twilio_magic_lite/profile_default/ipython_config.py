"""IPython's settings in the kernel of the site."""

get_config().InteractiveShellApp.extensions = ["twilio_magic_lite"]  # type: ignore[name-defined]  # noqa: F821

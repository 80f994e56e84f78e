"""The extension of JupyterLab in the repository: built from its sources, of parts that may be shipped."""

from __future__ import annotations

import json

from . import lab_extension

_FREE = {"MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause"}


def test_the_built_extension_is_that_of_the_sources() -> None:
    built = lab_extension.NOTE.read_text("utf-8").strip()

    assert built == lab_extension.digest(), "make lab-extension builds it anew"


def test_the_licenses_of_everything_bundled_are_shipped() -> None:
    listed = lab_extension.HOME / "labextension" / "static" / "third-party-licenses.json"
    packages = json.loads(listed.read_text("utf-8"))["packages"]

    assert packages
    assert {each["licenseId"] for each in packages} <= _FREE
    assert all("Permission" in each["extractedText"] for each in packages)


def test_the_lock_file_names_no_registry() -> None:
    locked = json.loads((lab_extension.HOME / "package-lock.json").read_text("utf-8"))

    assert not [name for name, each in locked["packages"].items() if "resolved" in each]
    assert all(each.get("integrity") for name, each in locked["packages"].items() if name)

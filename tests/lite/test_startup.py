"""The kernel of the site loads what is imported, and cells that are meant to fail stop nothing."""

from __future__ import annotations

import asyncio
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lite.startup.twilio_magic_lite._expected_errors import let_cells_fail
from lite.startup.twilio_magic_lite._expressions import answer_expressions
from lite.startup.twilio_magic_lite._packages import Package, PackageFinder

PACKAGES: dict[str, Package] = {
    "bread-and-cake": {"imports": ["lite_bread", "lite_cake"], "depends": ["flour"]},
    "flour": {"imports": ["lite_flour"], "depends": []},
    "loaded-before": {"imports": ["lite_before"], "depends": []},
}


class Shop:
    """Where packages come from: a folder on Python's path, empty at first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.delivered: list[str] = []

    def load(self, package: Package) -> None:
        self.delivered.append(package["imports"][0])
        for name in package["imports"]:
            (self.folder / f"{name}.py").write_text("fresh = True\n", "utf-8")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    opened = Shop(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    finder = PackageFinder(PACKAGES, SimpleNamespace(**{"loaded-before": "pyodide"}), opened.load)
    sys.meta_path.append(finder)
    yield opened
    sys.meta_path.remove(finder)
    for name in [name for name in sys.modules if name.startswith("lite_")]:
        del sys.modules[name]


def test_a_package_is_loaded_when_it_is_imported_and_first_what_it_needs(shop: Shop) -> None:
    assert shop.delivered == []

    assert importlib.import_module("lite_cake").fresh

    assert shop.delivered == ["lite_flour", "lite_bread"]


def test_a_package_is_loaded_once(shop: Shop) -> None:
    for name in ("lite_cake", "lite_bread", "lite_flour"):
        importlib.import_module(name)

    assert shop.delivered == ["lite_flour", "lite_bread"]


@pytest.mark.parametrize("name", ["lite_unknown", "lite_before"])
def test_what_the_site_lacks_or_has_loaded_is_missing_as_everywhere(shop: Shop, name: str) -> None:
    with pytest.raises(ModuleNotFoundError, match=name):
        importlib.import_module(name)

    assert shop.delivered == []


def run(*, stop_on_error: bool, status: str) -> dict[str, Any]:
    """What a kernel answers a cell that ends with *status*."""

    async def run_cell(code: str) -> dict[str, Any]:
        failed = {"ename": "Lost", "evalue": "nobody answers", "traceback": ["Lost:", code]}
        return {"status": status, "payload": [], **(failed if status == "error" else {})}

    request = {"header": {}, "content": {"stop_on_error": stop_on_error}}
    kernel = SimpleNamespace(run=run_cell, _parent_header=request)
    let_cells_fail(SimpleNamespace(kernel=kernel))
    answer: dict[str, Any] = asyncio.run(kernel.run("call()"))
    return answer


@pytest.mark.parametrize(("status", "told"), [("ok", {"is_open": "yes"}), ("error", None)])
def test_expressions_of_a_request_are_answered_where_its_code_succeeded(
    status: str, told: dict[str, str] | None
) -> None:
    async def run_cell(code: str) -> dict[str, Any]:
        return {"status": status}

    request = {"content": {"user_expressions": {"is_open": "bakery.is_open"}}}
    kernel = SimpleNamespace(run=run_cell, _parent_header=request)
    names = {"bakery.is_open": "yes"}
    evaluate = lambda asked: {name: names[expression] for name, expression in asked.items()}  # noqa: E731
    answer_expressions(SimpleNamespace(kernel=kernel, user_expressions=evaluate))

    assert asyncio.run(kernel.run("")).get("user_expressions") == told


def test_a_cell_that_is_meant_to_fail_says_its_error_and_stops_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(stop_on_error=False, status="error")["status"] == "ok"
    assert capsys.readouterr().err == "Lost:\ncall()\n"


def test_a_cell_that_fails_by_mistake_stops_those_behind_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = run(stop_on_error=True, status="error")

    assert (answer["status"], answer["evalue"]) == ("error", "nobody answers")
    assert capsys.readouterr().err == ""


def test_a_cell_that_succeeds_is_left_as_it_is() -> None:
    assert run(stop_on_error=False, status="ok") == {"status": "ok", "payload": []}

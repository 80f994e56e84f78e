"""Whatever theme a person works in, they can read what is shown."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .cells import STORY
from .conftest import Open
from .contrast import ENOUGH, contrast, runs
from .notebook import DARK, LIGHT, Notebook

pytestmark = pytest.mark.browser

REFUSED = """\
%%twiml
<Response>
  <Gather numDigit="1" timeout="-5">
    <Say language="xx">Press 1.</Say>
  </Gather>
  <Record/>
  <Play>ftp://files.example.com/tune.mp3</Play>
</Response>"""
WEBHOOK = """\
import twilio_magic as tm

@tm.simulator().webhook("https://ivr.example.com/down")
def down():
    return "", 500"""
FAILED = "%call +13105555555 --from +12125551234 --url https://ivr.example.com/down"
CELLS = (*STORY, WEBHOOK, FAILED, REFUSED)
SHOWN = {"first call": 1, "document": 2, "second call": 3, "failed call": 5, "refused document": 6}


@pytest.fixture(scope="module")
def notebook(open_notebook: Open) -> Notebook:
    opened = open_notebook("themes", CELLS)
    opened.run_all()
    expect(opened.cell(SHOWN["refused document"]).error).to_be_visible()
    return opened


@pytest.fixture(scope="module", params=[LIGHT, DARK])
def themed(request: pytest.FixtureRequest, notebook: Notebook) -> Notebook:
    notebook.use_theme(request.param)
    notebook.screenshot(f"themes-{request.param.split()[-1].lower()}")
    return notebook


@pytest.mark.parametrize("shown", SHOWN)
def test_every_word_stands_out_from_what_is_behind_it(themed: Notebook, shown: str) -> None:
    read = runs(themed.cell(SHOWN[shown]).html)
    faint = {run.text: round(run.contrast, 2) for run in read if run.contrast < ENOUGH}

    assert read
    assert not faint


def test_black_on_white_has_the_contrast_that_the_standard_says() -> None:
    black, white, glass = (0, 0, 0, 1), (255, 255, 255, 1), (0, 0, 0, 0)

    assert contrast(black, [glass, white]) == pytest.approx(21)
    assert contrast((119, 119, 119, 1), [white]) == pytest.approx(4.48, abs=0.01)

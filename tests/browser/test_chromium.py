"""A browser that hangs costs its test a second run, and the others nothing."""

import pytest
from playwright.sync_api import Error

from browser import chromium
from handbook.browser import installed

pytestmark = pytest.mark.browser


def test_a_browser_that_hangs_is_killed_and_started_anew(browser):
    own = chromium.Chromium(browser.browser_type, installed())
    page = own.new_page()
    with own.patience(1), pytest.raises(Error) as raised:
        page.evaluate("for (;;);")
    assert type(raised.value).__name__ == "TargetClosedError"  # what `--only-rerun` looks for
    assert page.is_closed()
    assert own.new_page().evaluate("1 + 1") == 2
    own.end()


def test_a_browser_that_answers_in_time_goes_on(browser):
    own = chromium.Chromium(browser.browser_type, installed())
    page = own.new_page()
    with own.patience(60):
        assert page.evaluate("1 + 1") == 2
    assert page.evaluate("2 + 2") == 4
    own.end()

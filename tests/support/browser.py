"""A real browser for tests: what a reader sees, what assistive software reads, what the console says.

Fixtures (import-mode is importlib, so they come through tests/journeys/conftest.py or ``pytest_plugins``): ``browser``, ``page`` (desktop),
``phone`` (390 px), ``visitor`` (several people). ``live_server`` is pytest-django's: mark them
``@pytest.mark.django_db(transaction=True)``.
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
DESKTOP = {"width": 1440, "height": 900}
TABLET = {"width": 768, "height": 1024}
PHONE = {"width": 390, "height": 844}


def chromium_path() -> str | None:
    """The browser to use: ``SANTAI_CHROMIUM``, else one installed on the machine, else Playwright's own (None)."""
    return (
        os.environ.get("SANTAI_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    )


_started: list[Browser] = []


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Browser:
    """One browser for the whole run: each conftest that names this fixture has it as its own, and Playwright can be started only once."""
    if not _started:
        playwright = sync_playwright().start()
        _started.append(playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox", "--disable-dev-shm-usage"]))

        def stop() -> None:
            _started.pop().close()
            playwright.stop()

        request.config.add_cleanup(stop)
    return _started[0]


def new_page(browser: Browser, base: str, *, viewport: dict[str, int] | None = None, **options: Any) -> Page:
    """A fresh visitor (own cookies) reading Chinese on ``viewport``; what the console complains of is kept in ``page.complaints``."""
    context: BrowserContext = browser.new_context(
        base_url=base, locale=options.pop("locale", "zh-CN"), timezone_id="Asia/Shanghai", viewport=viewport or DESKTOP, bypass_csp=True,
        reduced_motion="reduce", accept_downloads=True, **options,
    )  # fmt: skip
    context.set_default_timeout(15_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console",
        lambda said: (
            complaints.append(f"{said.type}: {said.text} @ {page.url}")
            if said.type in ("error", "warning") and not page.url.endswith("/healthz")
            else None
        ),
    )
    page.on("pageerror", lambda error: complaints.append(f"uncaught: {error} @ {page.url}"))
    page.complaints = complaints  # type: ignore[attr-defined]
    return page


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Iterator[Page]:
    opened = new_page(browser, live_server.url)
    yield opened
    opened.context.close()


@pytest.fixture
def phone(browser: Browser, live_server: Any) -> Iterator[Page]:
    opened = new_page(browser, live_server.url, viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
    yield opened
    opened.context.close()


@pytest.fixture
def visitor(browser: Browser, live_server: Any) -> Iterator[Any]:
    """``visitor()``: one more person with cookies of their own, for stories of several; takes new_page's options."""
    opened: list[Page] = []

    def enter(**options: Any) -> Page:
        opened.append(new_page(browser, live_server.url, **options))
        return opened[-1]

    yield enter
    for one in opened:
        one.context.close()


def sign_in(page: Page, login: str, *, post: str = "", acting: dict[str, str] | None = None) -> None:
    """Sign ``login`` in without the form (the form has tests of its own): a session made on the server, its cookie given to the browser.

    ``post`` chooses the post to work in (default: the first held); ``acting`` is what identity keeps in the session, e.g.
    ``{"for": authorisation_id}``.
    """
    from django.conf import settings
    from django.test import Client

    from santai.kernel.clocks.service import today
    from santai.kernel.identity.service import Account, holdings_of

    account = Account.objects.get(login=login)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    if acting is None:
        first = None if post else holdings_of(account, today()).first()
        acting = {"post": post or first.post_id} if post or first else {}
    session["acting"] = acting
    session.save()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key or "", "url": _base(page)}])


def _base(page: Page) -> str:
    if page.url.startswith("http"):
        return re.match(r"https?://[^/]+", page.url).group(0)  # type: ignore[union-attr]
    page.goto("/healthz")
    return re.match(r"https?://[^/]+", page.url).group(0)  # type: ignore[union-attr]


def axe(page: Page, *, levels: tuple[str, ...] = ("serious", "critical"), rules: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds on the page as it stands, of the given levels (by ``rules`` alone): one line each, with the first elements."""
    if not page.evaluate("typeof window.axe !== 'undefined'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    found = page.evaluate("(options) => axe.run(document, options)", {"resultTypes": ["violations"], **only})
    return [
        f"{one['impact']}: {one['id']}: {one['help']}: " + " | ".join(node["html"][:160] for node in one["nodes"][:3])
        for one in found["violations"]
        if one["impact"] in levels
    ]


def overflow(page: Page) -> list[str]:
    """Elements that make the page wider than its window; empty when nothing breaks out."""
    return page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            const inScroller = (node) => { for (let p = node.parentElement; p; p = p.parentElement) {
                const o = getComputedStyle(p).overflowX;
                if (o === 'auto' || o === 'scroll' || o === 'hidden') return true; } return false; };
            const wide = [...document.body.querySelectorAll('*')].filter(n => n.getBoundingClientRect().right > width + 1);
            const out = wide.filter(n => !inScroller(n));
            return (out.length ? out : wide.slice(-1)).slice(0, 5).map(n => n.outerHTML.slice(0, 120));
        }"""
    )


def no_console_errors(page: Page) -> None:
    """Fails with what the browser's console complained of since the page was opened."""
    assert not page.complaints, "\n".join(page.complaints)  # type: ignore[attr-defined]


def sound(page: Page) -> None:
    """The whole of Acceptance 7 for the page as it stands: axe, console, width."""
    assert axe(page) == []
    assert overflow(page) == []
    no_console_errors(page)


def shot(page: Page, name: str, *, folder: Path | None = None, full: bool = True) -> Path:
    """A screenshot under ``SANTAI_SHOTS`` (or ``folder``); nothing is taken when neither is set."""
    where = folder or (Path(os.environ["SANTAI_SHOTS"]) if "SANTAI_SHOTS" in os.environ else None)
    target = (where or Path("/nonexistent")) / f"{name}.png"
    if where is not None:
        where.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(target), full_page=full)
    return target

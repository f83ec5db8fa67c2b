"""Follow the links a person sees, as that person: every kind of page once or twice, and what is wrong with each in one line.

GET only, this site only. Pages are told apart by URL name and the names in the query, so a list of a thousand cases is two pages.
"""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page

from tests.support.browser import DESKTOP, PHONE, TABLET, axe, overflow

# addresses that act when they are opened (change who one is) or that the crawl of somebody else reads
LEFT_OUT = {"kernel_identity:become_login", "kernel_identity:sign_out"}
# pages whose contents differ most from one instance to the next
MORE = {"back_desk:case": 4, "front_hall:case": 4, "front_hall:section": 9, "front_hall:guide": 3, "front_hall:material": 3}
FILTERS = 4
SAMPLES = {"design", "design_workbench"}  # the living page's components link to nowhere
HREFS = "() => [...document.querySelectorAll('a[href]')].filter(a => a.checkVisibility() || a.closest('details')).map(a => a.href)"
FACTS = """() => {
    const text = (one) => (one && one.textContent || '').trim();
    const broken = [...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute('href').slice(1))
        .filter(id => id && !document.getElementById(decodeURIComponent(id)));
    return {h1: [...document.querySelectorAll('h1')].map(text), title: document.title, lang: document.documentElement.lang, broken};
}"""

# words an English reader meets that nothing marks as Chinese; the element's own or its nearest ancestor's lang decides
CHINESE = """() => {
    const han = /[\\u4e00-\\u9fff]/, found = new Set();
    const zh = (node) => { const marked = node.closest('[lang]'); return marked && marked.lang.startsWith('zh'); };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
        const node = text.parentElement;
        if (han.test(text.data) && !zh(node) && !node.closest('script, style, template')) found.add(text.data.trim().slice(0, 60));
    }
    for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'value'])
        for (const node of document.querySelectorAll(`[${name}]`))
            if (han.test(node.getAttribute(name)) && !zh(node) && !node.closest('input[type=hidden], input[type=search], button, option'))
                found.add(`${name}: ${node.getAttribute(name).slice(0, 60)}`);
    return [...found].slice(0, 12);
}"""


@dataclass
class Crawl:
    """``skip``: URL names another person's crawl has seen in full. ``english``: look only for Chinese the page does not mark."""

    page: Page
    skip: frozenset[str] = frozenset()
    english: bool = False
    most: int = 70
    seen: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)
    _kinds: set[str] = field(default_factory=set)

    def follow(self, *starts: str) -> "Crawl":
        """Open ``starts`` and everything that can be reached from them; ``seen`` and ``found`` tell what was there."""
        waiting = deque((path, "") for path in starts)
        asked: set[str] = set()
        while waiting and len(self.seen) < self.most:
            address, origin = waiting.popleft()
            if address in asked or (name := self._wanted(address, origin)) is None:
                continue
            asked.add(address)
            self.seen.append(address)
            waiting.extend((link, address) for link in self._open(address, name, origin))
        return self

    def _wanted(self, address: str, origin: str) -> str | None:
        """The URL name of an address not yet seen often enough; a link that no page answers is a finding."""
        parts = urlsplit(address)
        try:
            match = resolve(parts.path)
        except Resolver404:
            self.found.append(f"{address}: no such page, linked from {origin}")
            return None
        if match.view_name in LEFT_OUT or match.view_name in self.skip or match.namespace in self.skip:
            return None
        kind = match.view_name + "?" + ",".join(sorted({key for key, _ in parse_qsl(parts.query)}))
        self._counts[kind] += 1
        if self._counts[kind] > (MORE.get(match.view_name, 2) if not parts.query else 1):
            return None
        if parts.query:  # the ways of filtering a list multiply
            self._counts[match.view_name + "?"] += 1
            if self._counts[match.view_name + "?"] > FILTERS:
                return None
        return match.view_name

    def _open(self, address: str, name: str, origin: str) -> list[str]:
        page = self.page
        page.complaints.clear()  # type: ignore[attr-defined]
        page.set_viewport_size(DESKTOP)
        where = f"{address} (from {origin or 'the start'})"
        try:
            response = page.goto(address, wait_until="load")
        except Error as error:
            if "Download is starting" in str(error) or "ERR_ABORTED" in str(error):
                answer = page.context.request.get(address)
                self._say(where, [] if answer.ok else [f"the file answers {answer.status}"])
                return []
            raise
        if response is None or response.status != 200:
            self._say(where, [f"answers {response.status if response else 'nothing'}"])
            return []
        if "html" not in response.headers.get("content-type", ""):
            return []
        if self.english:
            self._say(where, [f"unmarked Chinese: {one}" for one in page.evaluate(CHINESE)] if name not in SAMPLES else [])
            if page.locator("html").get_attribute("lang") != "en":
                self._say(where, ["not in English"] if name not in SAMPLES else [])
            return self._links()
        first = name not in self._kinds
        self._look(where, name)
        links = self._links()
        if first:
            self._look_otherwise(where)
        page.set_viewport_size(PHONE)
        self._say(where, [f"wider than a phone: {one}" for one in overflow(page)])
        self._say(where, [f"console: {one}" for one in page.complaints])  # type: ignore[attr-defined]
        return links

    def _look(self, where: str, name: str) -> None:
        page = self.page
        facts: dict[str, Any] = page.evaluate(FACTS)
        self.titles[where] = facts["title"]
        self._say(where, [f"{len(facts['h1'])} main headings {facts['h1']}"] if len(facts["h1"]) != 1 or not facts["h1"][0] else [])
        self._say(where, [f"title “{facts['title']}”"] if not re.match(r"\S.* - \S", facts["title"]) else [])
        self._say(where, [f"lang “{facts['lang']}”"] if facts["lang"] not in ("zh-Hans", "en") else [])
        self._say(where, [f"link to #{one}, which is not there" for one in facts["broken"] if name not in SAMPLES])
        if name not in self._kinds:
            self._kinds.add(name)
            self._say(where, [f"axe: {one}" for one in axe(page)])

    def _look_otherwise(self, where: str) -> None:
        """The same page on a tablet, in the dark and in large type. Nothing is loaded again: the style sheets alone decide."""
        page = self.page
        page.set_viewport_size(TABLET)
        self._say(where, [f"wider than a tablet: {one}" for one in overflow(page)])
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")  # no colour half-way between two
        self._say(where, [f"in the dark: axe: {one}" for one in axe(page, rules=("color-contrast",))])
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")
        page.evaluate("document.documentElement.dataset.elder = 'on'")
        for width, name in ((TABLET, "a tablet"), (PHONE, "a phone")):
            page.set_viewport_size(width)
            self._say(where, [f"in large type wider than {name}: {one}" for one in overflow(page)])
        page.evaluate("delete document.documentElement.dataset.elder")

    def _links(self) -> list[str]:
        page = self.page
        base = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
        return [link[len(base) :].split("#")[0] for link in page.evaluate(HREFS) if urljoin(link, "/") == f"{base}/"]

    def _say(self, where: str, what: list[str]) -> None:
        self.found += [f"{where}: {one}" for one in what]


def report(crawl: Crawl, name: str, folder: str | None) -> None:
    """With ``SANTAI_SHOTS`` set, keep what was seen and found."""
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        text = "\n".join([*(f"{where} | {title}" for where, title in crawl.titles.items()), "", *crawl.seen, "", *crawl.found])
        (Path(folder) / f"crawl-{name}.txt").write_text(text, encoding="utf-8")

"""Holds a built site against what was promised: check.py SITE. Every link inside it leads to a page and a place on it, nothing is
fetched from elsewhere, and where Chromium is there, search finds words in pages opened from the file system."""

import re
import shutil
import subprocess
import sys
import urllib.parse
from html.parser import HTMLParser
from pathlib import Path

SOUGHT = {"agreement": "glossary", "weight": "study-file", "E0401": "your-own-file", "barrier": "study-file"}
FETCHED = {("link", "href"), ("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("use", "href")}


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.links, self.places, self.fetched, self.text = [], set(), [], text
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.places |= {values[key] for key in ("id", "name") if values.get(key)}
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])
        for key in ("href", "src"):
            if values.get(key) and (tag, key) in FETCHED and values.get("rel") not in ("canonical", "prev", "next"):
                self.fetched.append(values[key])


def main(site):
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    faults, links = [], 0
    for path, page in pages.items():
        name = path.relative_to(site)
        if "```" in page.text:
            faults.append(f"{name}: a block of code was not recognised")
        faults += [f"{name} fetches {address}" for address in page.fetched if re.match(r"(https?:)?//", address)]
        for address in page.links + page.fetched:
            parts = urllib.parse.urlsplit(address)
            if parts.scheme or parts.netloc or name.name == "404.html":
                continue
            links += 1
            target = (path.parent / urllib.parse.unquote(parts.path)).resolve() if parts.path else path
            if target.is_dir():
                target /= "index.html"
            if not target.exists():
                faults.append(f"{name}: {address} leads nowhere")
            elif parts.fragment and target in pages and urllib.parse.unquote(parts.fragment) not in pages[target].places:
                faults.append(f"{name}: {address} leads to no place on that page")
    for path in site.rglob("*.css"):
        faults += [f"{path.name} fetches {address}" for address in re.findall(r"url\(\s*['\"]?(https?:[^)]*)", path.read_text(encoding="utf-8"))]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    for word, expected in SOUGHT.items() if chromium else []:
        found = subprocess.run(
            [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=8000", "--dump-dom",
             f"{(site / 'index.html').resolve().as_uri()}?q={word}"], capture_output=True, text=True).stdout
        results = re.findall(r'<a href="([^"]*)" class="md-search-result__link"', found)
        if not any(expected in result for result in results):
            faults.append(f"search for {word} finds {len(results)} places, none on {expected}")
    print(f"{len(pages)} pages, {links} links inside them; search " + ("tried on " + ", ".join(SOUGHT) if chromium else "not tried: no Chromium"))
    if faults:
        sys.exit("\n".join(faults))


main(Path(sys.argv[1]))

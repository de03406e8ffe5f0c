"""Pictures of every kind of page, into `docs/screenshots/`: `python tools/screenshots.py PORT`, or `make screenshots`.

Starts a server on what the demo holds, and stops it. All pictures together stay below two megabytes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PROJECT = Path(__file__).resolve().parents[1]
FOLDER = PROJECT / "docs" / "screenshots"
CASE = "/en/teams/egy/egypt-harassmap/"
PAGES = {
    "home": "/en/",
    "search": "/en/search/?q=survey",
    "search-nothing": "/en/search/?q=survey&country=nzl",
    "cases": "/en/cases/",
    "methods": "/en/methods/",
    "case": CASE,
    "case-versions": f"{CASE}versions/",
    "method": "/en/methods/",
    "countries": "/en/countries/",
    "country": "/en/countries/ken/",
    "region": "/en/countries/africa/",
    "themes": "/en/themes/",
    "theme": "/en/themes/health/",
    "group": "/en/groups/women/",
    "goals": "/en/sdgs/",
    "goal": "/en/sdgs/sdg-05/",
    "organisations": "/en/organisations/",
    "organisation": "/en/organisations/",
    "teams": "/en/teams/",
    "team": "/en/teams/ken/",
    "plain-page": "/en/about/",
    "account-request": "/en/join/",
    "components": "/en/components/",
    "not-found": "/en/nothing-here/",
}
FOLLOWED = {
    "method": '.result a[href*="/teams/"]',
    "organisation": 'main a[href^="/en/organisations/"]',
}
"""Pages that the first link of this kind leads to, on the page whose address stands above."""
AGAIN = ("home", "search", "case", "country", "components")
"""Pages drawn on a phone, in the dark and in Arabic too."""
WIDTH, PHONE, TALLEST, SHOWN = 1280, 320, 1700, 800
LIMIT = 2_000_000
QUALITY = 42
WAIT_MS = 60_000


@dataclass(frozen=True)
class Shot:
    """One picture to take."""

    name: str
    path: str
    link: str = ""
    width: int = WIDTH
    scheme: str = "light"


def main(arguments: list[str]) -> int:
    """Take all pictures; the exit status is 1 when they are too heavy or a page is not there."""
    port = arguments[0] if arguments else "8099"
    base = f"http://127.0.0.1:{port}"
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.webp"):
        old.unlink()
    with served(port, base), opened() as browser:
        faults = [fault for shot in shots() for fault in take(browser, base, shot)]
    weight = sum(path.stat().st_size for path in FOLDER.glob("*.webp"))
    print(f"{len(list(FOLDER.glob('*.webp')))} pictures, {weight / 1000:.0f} kB")
    if weight > LIMIT:
        faults.append(f"{weight} bytes are more than {LIMIT}")
    index()
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def shots() -> Iterator[Shot]:
    """Every page once, and some in other ways."""
    for name, path in PAGES.items():
        yield Shot(name, path, FOLLOWED.get(name, ""))
    for name in AGAIN:
        path = PAGES[name]
        yield Shot(f"{name}-phone", path, width=PHONE)
        yield Shot(f"{name}-dark", path, scheme="dark")
        yield Shot(f"{name}-arabic", path.replace("/en/", "/ar/", 1))
    yield Shot("home-arabic-dark-phone", "/ar/", width=PHONE, scheme="dark")


def take(browser: Browser, base: str, shot: Shot) -> Iterator[str]:
    """Draw one page; yields what went wrong."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": 900},
        color_scheme="dark" if shot.scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    answer = page.goto(f"{base}{shot.path}")
    if shot.link:
        page.goto(f"{base}{page.locator(shot.link).first.get_attribute('href')}")
    elif answer is None or (answer.status != 200 and shot.name != "not-found"):  # noqa: PLR2004
        yield f"{shot.name}: {shot.path} answered {answer.status if answer else 'nothing'}"
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    page.set_viewport_size({"width": shot.width, "height": height})
    page.wait_for_timeout(300)  # pictures below the first screen are fetched when it grows
    page.wait_for_load_state("networkidle")
    save(page.screenshot(), FOLDER / f"{shot.name}.webp")
    context.close()


def save(png: bytes, path: Path) -> None:
    """Write a picture small."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    if picture.width > SHOWN:
        picture = picture.resize((SHOWN, picture.height * SHOWN // picture.width), Image.Resampling.LANCZOS)
    picture.save(path, "WEBP", quality=QUALITY, method=6)


def index() -> None:
    """Write the list of pictures."""
    lines = ["# What the pages look like", "", "Made by `make screenshots` from the demo content.", ""]
    for path in sorted(FOLDER.glob("*.webp")):
        lines += [f"## {path.stem}", "", f"![{path.stem}]({path.name})", ""]
    (FOLDER / "README.md").write_text("\n".join(lines), encoding="utf-8")


@contextmanager
def served(port: str, base: str) -> Iterator[None]:
    """The demo on a port, until the end."""
    command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings.demo", "SITE_URL": base, **os.environ}
    server = subprocess.Popen(command, cwd=PROJECT, env=environment, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        ask = [sys.executable, "tools/ask.py", str(server.pid), f"{base}/en/", "</html>"]
        subprocess.run(ask, cwd=PROJECT, check=True)  # noqa: S603
        yield
    finally:
        server.terminate()
        server.wait()


@contextmanager
def opened() -> Iterator[Browser]:
    """A Chromium, until the end."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

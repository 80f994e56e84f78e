"""``make docs``: gather the pages in the build folder, write the generated ones, and build the site.

Where ``make lite`` built the tutorials as a site before, that is put beside the pages, and each tutorial leads there.
The pages stand in the build folder as they stand in the repository, so a link that works in one works in the other.
Warnings are errors, and nothing is fetched from the network.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from sphinx.cmd.build import build_main

from docs.site.reference import pages
from docs.site.tutorials import with_link
from lite.site import SITE

HOME = Path(__file__).parents[2]
BUILD = HOME / "build" / "docs"
SOURCE = BUILD / "source"
HTML = BUILD / "html"
#: Where the pages have the site of ``make lite``.
LITE = "lite"

#: What is copied as it is. The README has its own front page here.
COPIED = ("docs/*.md", "docs/how-to/*.md", "docs/twiml/*.md", "docs/images/*", "notebooks/*.ipynb")
TOP = ("ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE")

#: The pages of the elements stand below the page that lists them.
_BELOW = """
```{toctree}
:hidden:
:glob:

*
```
"""

#: What readers look for that no title says, by the page that it is on: the search finds it there first.
_ENTRIES = {
    "docs/phones-and-dialogs.md": (
        "phone language",
        "phone script",
        "language of phones",
        "dialog language",
    ),
}


def gather() -> None:
    """Fill the source folder anew."""
    shutil.rmtree(BUILD, ignore_errors=True)
    copied = [path for pattern in COPIED for path in HOME.glob(pattern)]
    for path in [*copied, *(HOME / name for name in TOP)]:
        _write(path.relative_to(HOME), path.read_bytes())
    if _has_lite():
        for path in (SOURCE / "notebooks").glob("*.ipynb"):
            path.write_text(with_link(path, LITE), "utf-8")
    _write(Path("index.md"), (Path(__file__).parent / "index.md").read_bytes())
    for name, text in pages().items():
        _write(Path("docs/reference") / name, text.encode())
    for page, entries in _ENTRIES.items():
        with (SOURCE / page).open("a", encoding="utf-8") as copy:
            copy.writelines(f"\n```{{index}} ! {entry}\n```\n" for entry in entries)
    with (SOURCE / "docs/twiml/README.md").open("a", encoding="utf-8") as elements:
        elements.write(_BELOW)


def _has_lite() -> bool:
    return (SITE / "index.html").exists()


def _write(place: Path, content: bytes) -> None:
    target = SOURCE / place
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def main() -> int:
    """Build; returns Sphinx's exit status."""
    gather()
    strictly = ["--fail-on-warning", "--keep-going", "--quiet"]
    status: int = build_main([*strictly, "-c", str(Path(__file__).parent), str(SOURCE), str(HTML)])
    if status == 0:
        if _has_lite():
            shutil.copytree(SITE, HTML / LITE, dirs_exist_ok=True)
        print(f"The site is in {HTML.relative_to(HOME)}/index.html")
    return status


if __name__ == "__main__":
    raise SystemExit(main())

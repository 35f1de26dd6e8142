"""The key under which a name is found. `key` in src/places/key.rs must give the same."""

import re
import unicodedata

PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
SHORTENED = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}
DROPPED = "'’‘ʼʹʻ`´′.·…"


def fold(text: str) -> str:
    """Case and accents away, as `board::fold` does."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = (c for c in text if not unicodedata.combining(c) or c in "\u3099\u309a")
    return "".join(PLAIN.get(c, c) for c in kept)


def key(name: str) -> str:
    name = "".join(c for c in name if c not in DROPPED)
    folded = fold(name)
    words = re.split(r"[\s\-‐‑–—_/,;:()\[\]=＝・&+\"“”«»*]+", folded)
    found = " ".join(SHORTENED.get(word, word) for word in words if word)
    # "City", in Chinese and Japanese.
    while len(found) > 2 and found.endswith("市"):
        found = found[:-1]
    return found


def script(name: str) -> str:
    for c in name:
        if c.isalpha():
            return unicodedata.name(c, "?").split()[0]
    return "?"

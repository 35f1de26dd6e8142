#!/usr/bin/env python3
"""Writes src/places/gazetteer.bin from the packages in requirements.txt: `build.py DIR`, where they were downloaded.

The layout of the file is described in src/places/data.rs.
"""

import re
import struct
import sys
from collections import Counter, defaultdict
from pathlib import Path

from keys import fold, key, script
from sources import Sources
from tables import (
    CITY_ALIASES, CITY_NAMES, CODES, COUNTRY_ALIASES, COUNTRY_NAMES, LANGUAGES, REGION_ALIASES, REGION_NAMES, REGIONS,
    SECOND_LEVEL,
)

OUT = Path(__file__).parents[2] / "src" / "places" / "gazetteer.bin"
BLOCK = 16
MOST_REFS = 15
# Names of cities by population: below the first only Latin names, below the second only those near to the first name.
LOCAL_SCRIPT_FROM, LATIN_FROM, DECLINED_FROM, EVERY_SCRIPT_FROM = 100_000, 100_000, 2_000_000, 1_000_000
LOCAL_SCRIPTS = {
    "CN": "CJK", "TW": "CJK", "HK": "CJK", "MO": "CJK", "SG": "CJK", "JP": "CJK HIRAGANA KATAKANA", "KR": "HANGUL CJK", "KP": "HANGUL",
    "RU": "CYRILLIC", "UA": "CYRILLIC", "BY": "CYRILLIC", "BG": "CYRILLIC", "RS": "CYRILLIC", "MK": "CYRILLIC", "KZ": "CYRILLIC",
    "KG": "CYRILLIC", "MN": "CYRILLIC", "BA": "CYRILLIC", "ME": "CYRILLIC", "IL": "HEBREW", "GR": "GREEK", "CY": "GREEK",
    "GE": "GEORGIAN", "AM": "ARMENIAN", "TH": "THAI", "IN": "DEVANAGARI", "NP": "DEVANAGARI", "BD": "BENGALI",
    **dict.fromkeys("SA AE QA KW BH OM YE IQ SY JO LB PS EG LY TN DZ MA SD IR AF PK".split(), "ARABIC"),
}
ROMANCE = set("IT ES PT BR MX AR CL CO PE VE EC UY PY BO CR PA GT HN NI SV DO CU JP RO FR CH".split())
WORLD_SCRIPTS = {"CJK", "HANGUL", "CYRILLIC", "KATAKANA"}
# Countries whose code is that of a state of the US as well: a spelling that is not known would be taken for a town there.
STATE_CODES = set("AL AR AZ CO GA ID LA MA MD ME MN MO MS MT NC NE PA SC SD TN VA KY".split())
DISTRICT = re.compile(r"([- ](shi|zhen|qu|xian|hsien|shih|ku|koto|lin|linn|city borough|gu|oblast|rayon|raion|tehsil|taluk))$", re.I)
PREFIXES = ("Lungsod", "Dakbayan", "Siyudad", "Dinas", "Bandar", "Bandaraya", "Kota", "Gorad", "Gorod", "Grad ", "Horad", "Misto",
            "Thanh", "Thành", "Daerah", "Municipio", "Comune", "Ciutat", "Arrondissement", "Wilayah", "Kecamatan", "Kabupaten")
ROMANISED = re.compile(r"[a-zäöü]'[a-zäöü]|'$|[Ee]h[nlrstk]|[a-z]jj|kh[aeiouy]?$|zh|shh|jaja|iia$|dzh|[ʻʿʾ]|^\W")


def countries(sources):
    """Code, three-letter code, continent, name and other names."""
    found = []
    by_language = {language: sources.territories(language) for language in LANGUAGES}
    for code, country in sorted(sources.countries.items()):
        if code != "XK" and code not in sources.subdivisions:
            continue
        name = COUNTRY_NAMES.get(code) or country["name"]
        own = [tag.split("-")[0] for tag in country["languages"].split(",")][:4]
        names = [country["name"]] + COUNTRY_ALIASES.get(code, "").split("|")
        for language in [*LANGUAGES, *own]:
            if language not in by_language:
                by_language[language] = sources.territories(language)
            names.append(by_language[language].get(code, ""))
        names += [re.sub(r"\s*\(.*\)", "", name) for name in names]
        found.append({"code": code, "alpha3": country["iso3"], "continent": country["continentcode"], "name": name, "names": names})
    return found


def near(a, b):
    return abs(float(a["latitude"]) - float(b["lat"])) < 0.2 and abs(float(a["longitude"]) - float(b["lon"])) < 0.2


def plain_region(name):
    """A region's name without what kind of region it is."""
    words = "province region state oblast department district governorate prefecture county municipality of the de del autonomous"
    name = re.sub(r"\[.*\]|\(.*\)|,.*", "", name)
    words = words.split() + "lan laani sheng shi zizhiqu voivodeship regiao provincia departamento krai republic kraj judet megye".split()
    return " ".join(word for word in key(name).split() if word not in words).replace("'", "")


def without_umlauts(name):
    """"Vaestra Goetaland" and "Västra Götaland" alike."""
    return re.sub("([aou])e", r"\1", name)


def local_names(subdivision):
    listed = (subdivision["localOtherName"] or "").split(",")
    names = [re.match(r"\s*(.*?)\s*\((\w+)\)\s*$", name) for name in listed]
    return [(match[1], match[2]) for match in names if match]


def regions(sources):
    """First-level regions by country and ISO code; and the key of the region of each of GeoNames' codes."""
    found, by_admin = {}, {}
    towns = defaultdict(list)
    for town in sources.neighbours:
        towns[town["cc"], fold(town["name"])].append(town)
    votes = defaultdict(Counter)
    for city in sources.cities:
        for town in towns[city["countrycode"], fold(city["name"])]:
            if near(city, town) and town["admin1"]:
                votes[city["countrycode"], city["admin1code"]][town["admin1"]] += 1
    for country, subdivisions in sources.subdivisions.items():
        for whole, subdivision in subdivisions.items():
            code = whole.split("-")[1]
            top = not subdivision["parentCode"] or country not in SECOND_LEVEL | {"GB", "FR", "IE"}
            if country == "FR" and code[:1].isdigit() and code != "20R" or country == "NL" and code in {"AW", "CW", "SX", "BQ1", "BQ2", "BQ3"}:
                continue
            if country == "US" and code in {"AS", "GU", "MP", "PR", "UM", "VI"}:
                continue
            if country == "CN" and code in {"HK", "MO", "TW"}:
                continue
            if top:
                name = re.sub(r"\s*[\[(].*[\])]", "", subdivision["name"])
                local = [name for name, _ in local_names(subdivision)]
                found[country, code] = {"name": name, "iso": name, "names": [name, *local], "cities": 0}
    missing = Counter()
    for city in sources.cities:
        admin = city["countrycode"], city["admin1code"]
        if admin in by_admin or not admin[1]:
            continue
        country, code = admin
        named = votes[admin].most_common(1)[0][0] if votes[admin] else None
        target = REGIONS.get(country, {}).get(code)
        if country == "GB":
            target = code
        if target is None and (country, code) in found and not code.isdigit():
            target = code
        if target is None and named:
            wanted = without_umlauts(plain_region(named))
            for (other, iso), region in found.items():
                if other == country and wanted in {without_umlauts(plain_region(name)) for name in region["names"]}:
                    target = iso
                    break
        if target is None and named:
            iso = "=" + code
            found.setdefault((country, iso), {"name": named, "iso": named, "names": [named], "cities": 0})
            target = iso
        if target is None:
            missing[admin] += 1
            continue
        by_admin[admin] = (country, target)
        region = found.get((country, target))
        if region is None:
            raise SystemExit(f"no region {country}-{target}")
        if named:
            region["names"].append(named)
            # GeoNames has names in English, ISO has them with their accents.
            accented = [name for name in region["names"] if not name.isascii() and without_umlauts(plain_region(name)) == without_umlauts(plain_region(named))]
            if re.search("[aou]e", fold(named)) and accented:
                region["name"] = accented[0]
                continue
            if country not in {"FR", "NO"} and (fold(named) != fold(region["name"]) or re.search("[āēīōūḏḥẕşţ‘’]", region["name"])):
                region["name"] = named
    for whole, names in REGION_ALIASES.items():
        if names and tuple(whole.split("-")) in found:
            found[tuple(whole.split("-"))]["names"] += names.split("|")
    for whole, name in REGION_NAMES.items():
        region = found[tuple(whole.split("-"))]
        region["names"].append(name)
        region["name"] = name
    print("without a region:", sum(missing.values()), dict(missing.most_common(10)))
    return found, by_admin


def codes(sources, found):
    """Every code that is written for a region: (code, country, code of the region)."""
    listed = {}
    for country, code in found:
        if code[0] != "=" and not any(c.isdigit() for c in code):
            listed[code, country] = code
    for country in SECOND_LEVEL:
        for whole, subdivision in sources.subdivisions[country].items():
            code = whole.split("-")[1]
            parent = subdivision["parentCode"]
            if parent and len(code) > 1:
                listed.setdefault((code, country), parent.split("-")[1])
    for country, more in CODES.items():
        for code, region in more.items():
            if (country, region) not in found:
                raise SystemExit(f"no region {country}-{region}")
            listed[code, country] = region
    return listed


def other_names(city, country):
    """The names of a city that are worth their bytes."""
    own, population = key(city["name"]), city["population"]
    kept = []
    for name in city["alternatenames"]:
        written = script(name)
        if len(name) > 40 or any(c.isdigit() for c in name) or "(" in name:
            continue
        if written == "LATIN":
            if name[0].islower() or re.fullmatch(r"[A-Z]{2,4}", name) or name.startswith(PREFIXES):
                continue
            if country not in STATE_CODES and (ROMANISED.search(name) or DISTRICT.search(name)) and not ROMANISED.search(city["name"]):
                continue
            if country in {"CN", "TW", "JP", "KR", "RU", "KP", "IR", "TH"} and (re.search(r"[-’']", name) or population < EVERY_SCRIPT_FROM and not close(key(name), own, "")):
                continue
            if len(key(name)) < 3 or population < LATIN_FROM and not close(key(name), own, country):
                continue
            if population < DECLINED_FROM and is_declined(key(name), own, country):
                continue
        elif written in LOCAL_SCRIPTS.get(country, "").split():
            if population < LOCAL_SCRIPT_FROM and country not in {"JP", "IL", "TW", "KR", "GR"}:
                continue
            if country in {"CN", "TW", "JP"} and name[-1] in "区區路道":
                continue
        elif population < EVERY_SCRIPT_FROM or written not in WORLD_SCRIPTS:
            continue
        kept.append(name)
    return kept


def close(a, b, country):
    """Small towns: other names where several languages are spoken, and longer or shorter forms of the name."""
    several = country in {"CH", "BE", "FI", "IT", "ES", "IE", "IL", "LU", "CA", "IN"} | STATE_CODES
    return (several and len(a) > 3 or a in b or b in a) and a.split()[0] not in {"de", "la", "le", "el"}


def is_declined(name, own, country):
    """Lithuanian, Latvian and Esperanto forms of a name, which no posting is written in."""
    endings = "as|is|us|ai|iai|ene|a linn" if country in ROMANCE else "as|is|us|ai|iai|io|ko|no|to|ro|lo|so|do|ne|te|re|le|ene|a linn"
    return bool(re.search(rf"({endings})$", name)) and name[:3] == own[:3]


def gathered(sources):
    places = countries(sources)
    found, by_admin = regions(sources)
    written = codes(sources, found)
    used = Counter(by_admin[admin] for city in sources.cities if (admin := (city["countrycode"], city["admin1code"])) in by_admin)
    # Regions of second rank that no city leads to are not worth their bytes, but for codes.
    coded = {(country, region) for (_, country), region in written.items()}
    kept = {region: value for region, value in found.items() if used[region] or region in coded}
    return places, kept, by_admin, written


def label(city):
    return CITY_NAMES.get(city["geonameid"], city["name"])


def degrees(value, most):
    return min(65535, max(0, round((float(value) + most) / (2 * most) * 65535)))


def main(folder):
    sources = Sources(Path(folder))
    nations, kept, by_admin, written = gathered(sources)
    country_number = {country["code"]: number for number, country in enumerate(nations)}
    # A region without a name for each country, then the others.
    region_number = {}
    region_rows = [(number, b"\0\0\0", "") for number in range(len(nations))]
    for (country, code), region in sorted(kept.items()):
        region_number[country, code] = len(region_rows)
        plain = b"" if code[0] == "=" or any(c.isdigit() for c in code) or country == "GB" else code.encode()
        if len(plain) > 3:
            raise SystemExit(f"long code {code}")
        region_rows.append((country_number[country], plain.ljust(3, b"\0"), region["name"]))
    cities = [city for city in sources.cities if city["countrycode"] in country_number]
    # In the order of their names, which then share their beginnings.
    cities.sort(key=lambda city: (label(city).encode(), -city["population"], city["geonameid"]))
    first_region, first_city = len(nations), len(nations) + len(region_rows)
    names = defaultdict(lambda: ([], []))

    def add(name, ref, other):
        for text in {key(name)} - {""}:
            own, others = names[text]
            if ref not in own and not (other and ref in others):
                (others if other else own).append(ref)

    for number, country in enumerate(nations):
        add(country["name"], number, False)
        for name in country["names"]:
            short = len(key(name)) < 3 and script(name) == "LATIN"
            if name and not (short and name not in COUNTRY_ALIASES.get(country["code"], "")):
                add(name, number, False)
    # Nicknames: "Boston" was an atoll, too.
    large = {key(label(city)): city["countrycode"] for city in cities if city["population"] > 200_000}
    used = {by_admin[admin] for city in cities if (admin := (city["countrycode"], city["admin1code"])) in by_admin}
    for region, number in region_number.items():
        names_of_region = dict.fromkeys(kept[region]["names"] if region in used else kept[region]["names"][:1])
        for name in names_of_region:
            if large.get(key(name), region[0]) != region[0]:
                continue
            if len(key(name)) > 2 and not name.startswith(("The ", "Land of")):
                add(name, first_region + number, name != kept[region]["name"])
        add(kept[region]["name"], first_region + number, False)
    rows = bytearray()
    shown = []
    for number, city in enumerate(cities):
        ref = first_city + number
        admin = by_admin.get((city["countrycode"], city["admin1code"]))
        region = region_number[admin] if admin else country_number[city["countrycode"]]
        name = label(city)
        shown.append(name)
        size = max(1, city["population"])
        population = min(255, round(10 * (size.bit_length() - 1 + size / 2 ** (size.bit_length() - 1) - 1)))
        rows += struct.pack("<HHHB", degrees(city["latitude"], 90), degrees(city["longitude"], 180), region, population)
        add(name, ref, False)
        add(city["name"], ref, False)
        for other in CITY_ALIASES.get(city["geonameid"], "").split("|"):
            add(other, ref, False)
        for other in other_names(city, city["countrycode"]):
            add(other, ref, True)

    def rank(ref):
        """Countries and regions, then cities from the largest down."""
        return (0, ref) if ref < first_city else (1, -cities[ref - first_city]["population"])

    write(nations, region_rows, region_number, country_number, written, rows, shown, names, rank)


def shortened(raw, before, number):
    """A text without the beginning that it shares with the one before it: both lengths, in half a byte each unless one
    is 15 or more, and the rest."""
    shared = 0
    while number % BLOCK and shared < min(len(raw), len(before), 254) and raw[shared] == before[shared]:
        shared += 1
    rest = raw[shared:]
    head = bytes([shared << 4 | len(rest)]) if shared < 15 and len(rest) < 15 else bytes([255, shared, len(rest)])
    return head + rest


def write(nations, region_rows, region_number, country_number, written, rows, shown, names, rank):
    countries_section = b"".join(
        country["code"].encode() + country["alpha3"].encode() + bytes([["AF", "AN", "AS", "EU", "NA", "OC", "SA"].index(country["continent"])])
        for country in nations
    )
    regions_section = b"".join(bytes([country]) + code for country, code, _ in region_rows)
    codes_section = b"".join(
        code.encode().ljust(4, b"\0") + bytes([country_number[country]]) + struct.pack("<H", region_number[country, region])
        for (code, country), region in sorted(written.items(), key=lambda item: (item[0][0].encode(), item[0][1]))
    )
    labels, label_offsets = bytearray(), bytearray()
    every = [country["name"] for country in nations] + [name for _, _, name in region_rows] + shown
    before = b""
    for number, name in enumerate(every):
        if number % BLOCK == 0:
            label_offsets += struct.pack("<I", len(labels))
        raw = name.encode()
        labels += shortened(raw, before, number)
        before = raw
    entries, heads, offsets = bytearray(), bytearray(), bytearray()
    before = b""
    for number, text in enumerate(sorted(names, key=lambda name: name.encode())):
        own, others = (sorted(refs, key=rank)[:MOST_REFS] for refs in names[text])
        raw = text.encode()
        if number % BLOCK == 0:
            heads += raw[:8].ljust(8, b"\0")[::-1]
            offsets += struct.pack("<I", len(entries))
        entries += shortened(raw, before, number) + bytes([len(own) << 4 | len(others)])
        entries += b"".join(struct.pack("<H", ref) for ref in own + others)
        before = raw
    sections = [countries_section, regions_section, codes_section, bytes(rows), bytes(label_offsets), bytes(labels), bytes(heads), bytes(offsets), bytes(entries)]
    head = b"JDPLACES" + struct.pack("<I", len(sections))
    at = len(head) + 4 * len(sections)
    for section in sections:
        at += len(section)
        head += struct.pack("<I", at)
    OUT.write_bytes(head + b"".join(sections))
    print({"countries": len(nations), "regions": len(region_rows), "codes": len(codes_section) // 7, "cities": len(shown), "names": len(names)})
    print([len(section) for section in sections], "bytes:", OUT.stat().st_size)


if __name__ == "__main__":
    main(sys.argv[1])

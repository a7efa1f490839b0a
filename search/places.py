"""Places named in a query: recognised, taken out of its words, and told.

"couturière Croix-Rousse", "plombier 75012", "baby-sitter près de la gare à Lille": what is left of the words
says what is asked for, and a landmark after a word of nearness ("près de la gare") is not part of that.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from loges.geography import Point
from search.spelling import Correction, distance
from search.words import STOP_WORDS, tokens, word_set


class PlaceKind(StrEnum):
    """What sort of place a name is, the most precise first."""

    LOGE = "LOGE"  # a loge and its territory
    NEIGHBOURHOOD = "NEIGHBOURHOOD"  # a part of a city that people have a name for
    POSTCODE = "POSTCODE"  # five digits
    CITY = "CITY"  # a whole commune


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name people use for a place, and where that is.

    `loges` are the slugs of the loges that serve it, none for a place elsewhere; latitude and longitude are degrees
    (WGS 84).
    """

    kind: PlaceKind
    name: str
    label: str
    loges: tuple[str, ...]
    latitude: float
    longitude: float
    radius_meters: int

    @property
    def point(self) -> Point:
        """Its middle."""
        return Point(self.latitude, self.longitude)


Name = tuple[str, ...]
"""The tokens by which a place is recognised."""
ByName = dict[Name, list[PlaceName]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A query's tokens once its places are taken out, the places, the most precise first, and those misspelt."""

    words: tuple[str, ...]
    places: tuple[PlaceName, ...]
    corrections: tuple[Correction, ...] = ()


_LONGEST = 4  # words of a name that may be misspelt
_LONG = 7  # letters of a name from which two slips may be believed
_PRECISION = {kind: rank for rank, kind in enumerate(PlaceKind)}
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "fbg": "faubourg", "bd": "boulevard"}
_ARTICLES = word_set("la le les de du des un une")
_NOT_THE_NAME = _ARTICLES | {"loge", "quartier", "ville"}
_LEADING = _ARTICLES | word_set(
    """
    a au aux dans en sur vers pres proche autour cote cotes loge quartier secteur ville centre
    arrondissement
    """
)
_POINTING = word_set("quartier secteur pres proche vers autour cote cotes")
_WITHIN = word_set("sur dans")  # "ménage sur le Plateau": in a place, as soon as something else is asked for
_NEARNESS = word_set("pres proche autour cote")
_LANDMARKS = word_set(
    """
    gare metro tram tramway bus station arret mairie eglise basilique cathedrale parc square place rue
    avenue boulevard quai pont faubourg port marche ecole lycee college universite fac hopital stade
    plage canal
    """
)
_STATIONS = word_set("gare metro tram tramway station arret rue avenue boulevard quai")
_CITIES_IN_DISTRICTS = {"75": ("paris", 20), "69": ("lyon", 9), "13": ("marseille", 16)}


def place_tokens(text: str) -> tuple[str, ...]:
    """Return the tokens a place is recognised by: its name without articles or the word "loge" before it."""
    words = [_SAINTS.get(word, word) for word in tokens(text)]
    start = 0
    while start < len(words) - 1 and words[start] in _NOT_THE_NAME:
        start += 1
    return tuple(words[start:])


def _other_names(place: PlaceName) -> list[tuple[str, ...]]:
    """Return how else a postcode is said: 75012 is "Paris 12", "Paris 12e" and "12e arrondissement".

    Postcodes of the districts of Paris, Lyon and Marseille: the first two digits, then the number on three.
    """
    city, districts = _CITIES_IN_DISTRICTS.get(place.name[:2], ("", 0))
    if place.kind is not PlaceKind.POSTCODE or not place.name[2:].isdecimal() or len(place.name) != 5:
        return []
    number = int(place.name[2:])
    if not 1 <= number <= districts:
        return []
    ordinals = [f"{number}e", f"{number}eme"] if number > 1 else ["1er"]
    names: list[tuple[str, ...]] = [(city, said) for said in (str(number), *ordinals)]
    return names + [(said, "arrondissement") for said in ordinals]


class Gazetteer:
    """Place names arranged by their first token, so that the longest that fits is found in one look."""

    def __init__(
        self,
        places: Iterable[PlaceName],
        is_service_word: Callable[[str], bool],
        elsewhere: ByName | None = None,
        everyday: Collection[Name] = (),
        is_word: Callable[[str], bool] = lambda word: True,
    ) -> None:
        """Arrange the places; `is_service_word` tells whether a folded token is also said of services.

        `elsewhere` are places without loges: they give way to others of the same name. `everyday` are names among
        them that are words of everyday French. What no `is_word` knows may be a place of a loge, misspelt.
        """
        self._is_service_word, self._is_word = is_service_word, is_word
        self._everyday = everyday
        self._served = by_name(places)
        self._named = (elsewhere or {}) | self._served
        self._lengths: dict[str, list[int]] = defaultdict(list)
        for name in self._named:
            if len(name) not in self._lengths[name[0]]:
                self._lengths[name[0]].append(len(name))
        for lengths in self._lengths.values():
            lengths.sort(reverse=True)

    def find(self, name: str) -> tuple[PlaceName, ...]:
        """Return the places of that very name, the most precise first."""
        return tuple(self._named.get(place_tokens(name), ()))

    def take_out(self, words: list[str], capitals: Collection[str] = ()) -> Placed:
        """Return the words without the places they name and without what leads to those ("près de", "à").

        A place whose every word is also a service's ("Jardin des Plantes") or everybody's ("Orange") is one only
        after a word that points at it, or when it is among the words written with a capital. Nothing is taken as a
        landmark when it is all that was said.
        """
        words = [_SAINTS.get(word, word) for word in words]
        left: list[str] = []
        places: list[PlaceName] = []
        corrections: list[Correction] = []
        position = 0
        while position < len(words):
            name = self._name_at(words, position, left, capitals)
            if name:
                typed = words[position : position + len(name)]
                if typed != list(name):
                    called = min((place.name for place in self._named[name]), key=len)
                    corrections.append(Correction(" ".join(typed), called, sure=True))
                _drop_leading(left)
                places.extend(self._named[name])
                position += len(name)
                continue
            skipped = self._landmark_at(words, position, left)
            if skipped:
                _drop_leading(left)
                position += skipped
                continue
            left.append(words[position])
            position += 1
        ordered = sorted(dict.fromkeys(places), key=lambda place: _PRECISION[place.kind])
        return Placed(tuple(left), tuple(ordered), tuple(corrections))

    def _name_at(self, words: list[str], position: int, left: list[str], capitals: Collection[str]) -> Name | None:
        """Return the name of the longest place at a position; if there is none, that of the nearest misspelt one."""
        for name in self._names_at(words, position):
            if self._is_place(name, left, capitals) or self._is_followed(name, words, position):
                return name
        near = []
        if not all(map(self._is_word, words[position : position + _LONGEST])):
            for name in self._served:
                if slips := self._slips(words[position : position + len(name)], name):
                    near.append((slips, -len(name), name))
        return min(near)[2] if near else None

    def _is_followed(self, name: Name, words: list[str], position: int) -> bool:
        """Whether the place that a name may be lies in the one named right after it: "le plateau, Lyon"."""
        loges = {slug for place in self._named[name] for slug in place.loges}
        after = position + len(name)
        following = self._names_at(words, after) if after < len(words) else ()
        return any(loges & set(place.loges) for wider in following for place in self._named[wider])

    def _slips(self, typed: list[str], name: Name) -> int:
        """Return how many slips in unknown words make a name of what was typed, 0 when it isn't that name."""
        most = 2 if sum(map(len, name)) >= _LONG else 1
        slips = 0
        for word, right in zip(typed, name, strict=False):
            if word != right:
                if abs(len(word) - len(right)) > most or not word.isalpha() or self._is_word(word):
                    return 0
                slips += distance(word, right, most)
        return slips if len(typed) == len(name) and slips <= most else 0

    def _names_at(self, words: list[str], position: int) -> Iterator[tuple[str, ...]]:
        """Yield the names of places that begin at a position, the longest first."""
        for length in self._lengths.get(words[position], ()):
            name = tuple(words[position : position + length])
            if name in self._named:
                yield name

    def _is_place(self, name: tuple[str, ...], left: list[str], capitals: Collection[str]) -> bool:
        """Whether tokens are meant as the place they name rather than as words of some service."""
        is_service = all(word in STOP_WORDS or self._is_service_word(word) for word in name)
        if not is_service and (name not in self._everyday or name[0] in capitals):
            return True
        leading = _leading(left)
        if leading & _POINTING or (len(name) > 1 and leading - _ARTICLES):
            return True
        if leading & _WITHIN and any(self._is_service_word(word) for word in left if word not in STOP_WORDS):
            return True
        is_city = any(place.kind is PlaceKind.CITY for place in self._named[name])
        return is_city and left[-1:] == ["a"] and any(word not in STOP_WORDS for word in left)

    def _landmark_at(self, words: list[str], position: int, left: list[str]) -> int:
        """Return how many tokens a landmark after a word of nearness takes, its own unknown name included."""
        if words[position] not in _LANDMARKS or not _leading(left) & _NEARNESS:
            return 0
        if all(word in STOP_WORDS or word in _LEADING for word in left):
            return 0
        end = position + 1
        while end < len(words) and not self._ends_landmark(words, end):
            end += 1
        return end - position

    def _ends_landmark(self, words: list[str], position: int) -> bool:
        """Whether a token no longer belongs to the landmark before it."""
        word = words[position]
        if word in _ARTICLES:
            return position + 1 == len(words) or self._ends_landmark(words, position + 1)
        if any(True for _ in self._names_at(words, position)):
            return True
        return word in STOP_WORDS or (word not in _SAINTS.values() and self._is_service_word(word))


def by_name(places: Iterable[PlaceName]) -> ByName:
    """Return places by how they are called, the most precise of the same name first."""
    named: ByName = defaultdict(list)
    for place in places:
        for name in (place_tokens(place.name), *_other_names(place)):
            if name:
                named[name].append(place)
    for homonyms in named.values():
        homonyms.sort(key=lambda place: (_PRECISION[place.kind], place.label, place.loges))
    return dict(named)


def _leading(left: list[str]) -> set[str]:
    """Return the trailing words of a list that lead to a place."""
    found: set[str] = set()
    for word in reversed(left):
        if word not in _LEADING:
            break
        found.add(word)
    return found


def _drop_leading(left: list[str]) -> None:
    """Take the trailing words that lead to a place off a list, in place; "gare de" and the like, too."""
    while left and (left[-1] in _LEADING or (left[-1] in _STATIONS and len(left) > 1)):
        left.pop()

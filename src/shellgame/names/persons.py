"""The words of a person's name: titles dropped, particles and initials told, forms of one given name grouped."""

from __future__ import annotations

from collections.abc import Iterable

from shellgame.names import roles as role
from shellgame.names.folding import MOST_WORDS
from shellgame.names.remarks import bare_name
from shellgame.names.roles import PLAIN, Entry
from shellgame.names.scripts import is_hangul, romanise
from shellgame.names.token import Kind, Origin, Token
from shellgame.names.vocabulary import person_words


def tokens(text: str) -> tuple[Token, ...]:
    """Analyse the folded name of a person; see `shellgame.names.analysis.analyse`."""
    if not text.replace(" ", "").isalpha():
        text = bare_name(text)
    words = text.split()[:MOST_WORDS]
    try:
        return tuple([PLAIN[word] for word in words])
    except KeyError:
        return _with_neighbours([role.entry_of(word) for word in words])


def _with_neighbours(entries: list[Entry]) -> tuple[Token, ...]:
    entries = [entry for entry in entries if entry.tokens]
    if not any(entry.roles for entry in entries):
        return tuple([token for entry in entries for token in entry.tokens])
    found, entries = _without_titles(_first_name_of(_with_phrases(entries)))
    if len(entries) == 1 and entries[0].roles & role.UNSPACED:
        return (*found, *_family_first(entries[0].key))
    if len(entries) == 2 and _is_family_and_given(*sorted([entry.key for entry in entries], key=len)):
        return (*found, *[token for entry in entries for token in _syllables(entry.key) or entry.tokens])
    place = 0
    while place < len(entries):
        if entries[place].roles:
            place = _join(found, entries, place)
        else:
            found += entries[place].tokens
            place += 1
    if not any(token.kind is Kind.WORD for token in found):
        found = [
            token._replace(kind=Kind.WORD) if token.kind in (Kind.PARTICLE, Kind.GENERIC) else token for token in found
        ]
    return tuple(_with_patronymics(found))


def _with_patronymics(found: list[Token]) -> list[Token]:
    """Tell the father's name from given and family name, where both of these are there."""
    words = [place for place, token in enumerate(found) if token.kind in (Kind.WORD, Kind.INITIAL)]
    if len(words) < 3:
        return found
    fathers = [place for place in words[1:] if _follows(found, place) or _is_child_of(found, place, words[-1])]
    if not fathers:
        inner = [place for place in words[1:-1] if role.ends_as_patronymic(found[place].text)]
        fathers = inner[-1:] or [place for place in words[-1:] if _ends_russian_name(found, words)]
    for place in fathers[: len(words) - 2]:
        for part in range(place, place + 2 if found[place].text == "abd" else place + 1):
            group = role.fathers_group(found[part].text) or found[part].group
            found[part] = found[part]._replace(kind=Kind.OPTIONAL, group=group)
    return found


def _ends_russian_name(found: list[Token], words: list[int]) -> bool:
    """Whether the last word is a patronymic behind a given name, as registers print them: Maledov Ivan Talvekovich."""
    return bool(found[words[-2]].group) and role.ends_as_patronymic(found[words[-1]].text)


def _follows(found: list[Token], place: int) -> bool:
    """Whether `son of` or `daughter of` stands behind a word: Heydar oglu."""
    return place + 1 < len(found) and found[place + 1].text in person_words().roles["child_behind"]


def _is_child_of(found: list[Token], place: int, last: int) -> bool:
    """Whether `son of` or `daughter of` stands before a word, or before `servant of` and a word, that the family name follows."""
    end = place + 1 if found[place].text == "abd" else place
    return end < last and found[place - 1].text in person_words().roles["child_before"]


def _with_phrases(entries: list[Entry]) -> list[Entry]:
    """Take titles of two words (His Excellency) together, and ranks with their titles (Deputy Prime Minister)."""
    for place in range(len(entries) - 2, -1, -1):
        entry, following = entries[place : place + 2]
        key = f"{entry.key}_{following.key}"
        roles = role.known_roles().get(key, 0) if entry.roles & role.PHRASE else 0
        if not roles and entry.roles & role.RANK:
            roles = following.roles & (role.TITLE | role.HONORIFIC)
        if roles:
            entries[place : place + 2] = [Entry(key, entry.tokens + following.tokens, roles)]
    return entries


def _first_name_of(entries: list[Entry]) -> list[Entry]:
    """Leave out a second name (alias, also known as), words that say that there is none (first name unknown), and dates."""
    names = [entry for entry in entries if not entry.roles & role.NOTHING] or entries
    words = [entry for entry in names if not entry.roles & role.NUMBER]
    names = words if len(words) > 1 else names
    for place, entry in enumerate(names):
        follow = len(names) - 1 - place
        if entry.roles & role.OTHER_NAME and place > 1 and follow > (entry.key == "aka"):  # Aka is a family name too
            return names[:place]
    return names


def _without_titles(entries: list[Entry]) -> tuple[list[Token], list[Entry]]:
    """Drop titles at both ends as far as a name remains; those that may be a name are kept and count little."""
    names = sum(_is_name(entry) for entry in entries)
    end = len(entries)
    while end > 1 and entries[end - 1].roles & (role.SUFFIX | role.COURTESY | role.TITLE):
        left = names - _is_name(entries[end - 1])
        if left < (1 if entries[end - 1].key >= "\u2e80" else 2):
            break
        names, end = left, end - 1
    kept: list[Token] = []
    start = 0
    while start < end - 1:
        if start < end - 2 and entries[start].roles & role.PARTICLE and entries[start + 1].roles & role.HONORIFIC:
            start += 1  # al-Hajj
        entry = entries[start]
        if not entry.roles & (role.TITLE | role.HONORIFIC | role.DOUBTFUL):
            break
        left = names - _is_name(entry)
        if left < 1 or (entry.roles & role.DOUBTFUL and left < 2):
            break
        if not entry.roles & role.TITLE and (left < 2 or entry.roles & role.DOUBTFUL):
            kept += [token._replace(kind=Kind.GENERIC) for token in entry.tokens]
        names, start = left, start + 1
    return kept, entries[start:end]


def _is_name(entry: Entry) -> bool:
    """Whether a word can stand for somebody alone."""
    return (
        not entry.roles & (role.PARTICLE | role.TITLE | role.SUFFIX | role.COURTESY)
        and entry.tokens[-1].kind is Kind.WORD
    )


def _join(found: list[Token], entries: list[Entry], place: int) -> int:
    """Add a word that depends on its neighbours to the tokens found so far; tell where the next one stands."""
    entry = entries[place]
    following = entries[place + 1] if place + 1 < len(entries) else None
    if following is not None and _is_half(entry, following):
        text = "abubakr" if entry.roles & role.FATHER else entry.tokens[0].text + following.tokens[0].text
        found.append(role.joined(text, entry))
        return place + 2
    if entry.roles & role.SERVANT and (found or following is not None):
        return _servant(found, entries, place)
    if not (entry.roles & (role.RELIGION | role.GOD) and _ended(found, entry)):
        kind = Kind.PARTICLE if _is_particle(entries, place) else Kind.GENERIC if _is_honour(entries, place) else None
        found += entry.tokens if kind is None else [token._replace(kind=kind) for token in entry.tokens]
    return place + 1


def _is_half(entry: Entry, following: Entry) -> bool:
    """Whether two words are one: Mc Donald, O Neil, Abu Bakr."""
    roles = person_words().roles
    return (
        (bool(entry.roles & role.MAC) and len(following.key) > 3)
        or (bool(entry.roles & role.IRISH_O) and following.key in roles["irish"])
        or (bool(entry.roles & role.FATHER) and following.key in roles["bakr"])
    )


def _servant(found: list[Token], entries: list[Entry], place: int) -> int:
    """Write `Abdul`, `Abd al-` and the like in one way."""
    entry = entries[place]
    following = entries[place + 1 : place + 2]
    if following and following[0].roles & role.GOD:
        found.append(role.joined("abdullah", entry))
        return place + 2
    found.append(entry.tokens[0]._replace(text="abd"))
    if following and following[0].tokens[0].kind is Kind.PARTICLE:  # Arabic writes its article and the word together
        found += following[0].tokens[1:]
        return place + 2
    article = place + 2 < len(entries) and following[0].key in person_words().roles["after_servants"]
    if following and (after := role.without_article(following[0])):
        found.append(after)
        return place + 2
    return place + 2 if article else place + 1


def _ended(found: list[Token], entry: Entry) -> bool:
    """Write `Salah al-Din` and `Habib Ullah` as one word, if a word stands before."""
    article = bool(found) and found[-1].kind is Kind.PARTICLE
    stem = found[-2:-1] if article else found[-1:]
    if (
        not stem
        or stem[0].kind is not Kind.WORD
        or stem[0].text == "abd"
        or stem[0].text.endswith(("ullah", "uddin"))
        or (entry.key in ("din", "deen") and not article)
    ):
        return False
    del found[-2 if article else -1 :]
    arabic = entry.tokens[0].origin is Origin.ABJAD  # whose text has no short vowels
    if entry.roles & role.GOD:
        ending = "allah" if arabic else "ullah"
    else:
        ending = entry.tokens[0].text.removeprefix("al") if arabic else "uddin"
    found.append(role.joined(stem[0].text + ending, entry))
    return True


def _is_particle(entries: list[Entry], place: int) -> bool:
    entry = entries[place]
    if entry.roles & role.PARTICLE:
        return True
    if place + 1 == len(entries):
        return False
    if entry.roles & role.ARTICLE and entries[place + 1].key.startswith(entry.key[1:]):
        return place > 0 or entry.key != "an"  # which is a name at the beginning (An Nguyen)
    beside = (entries[place + 1], *entries[max(place - 1, 0) : place])
    initials = len(entry.key) == 1 and any(each.tokens[0].kind is Kind.INITIAL for each in beside)  # Maledov Y. V.
    return place > 0 and bool(entry.roles & (role.BETWEEN | role.BEN)) and not initials


def _is_honour(entries: list[Entry], place: int) -> bool:
    """Whether an honorific stands between names, as in Abu Halvren Sheikh Ali."""
    return bool(entries[place].roles & (role.HONORIFIC | role.TITLE)) and 0 < place < len(entries) - 1


def _is_family_and_given(family: str, given: str) -> bool:
    """Whether two words may be a Korean family name of one syllable and a given name of two."""
    return len(given) == 2 and family in person_words().roles["korean_families"]


def _family_first(key: str) -> tuple[Token, ...]:
    """Part a Chinese or Korean name of two to four signs into family and given name; Hangul may spell a foreign name too."""
    families = person_words().roles
    if is_hangul(key) and not (key[:1] in families["korean_families"] or key[:2] in families["double_families"]):
        return _words((key,))
    size = 2 if key[:2] in person_words().roles["double_families"] or len(key) == 4 else 1
    given = _syllables(key[size:]) or _words((key[size:],))
    return (*_words((key[:size],)), *given)


def _syllables(key: str) -> tuple[Token, ...]:
    """The syllables of a Korean given name of two, which Latin letters write apart more often than not."""
    found = _words(key) if len(key) == 2 else ()
    return found if all(token.origin is Origin.HANGUL for token in found) else ()


def _words(parts: Iterable[str]) -> tuple[Token, ...]:
    read = [(part, *romanise(part)) for part in parts if part]
    return tuple(Token(text, Kind.WORD, origin, 0, part) for part, text, origin in read if text)

"""Short forms of first names, both ways: Bob and Robert, Lupita and Guadalupe."""

from __future__ import annotations

from functools import lru_cache

_MORE = """
alejandra alex ale sandra | alejandro alex ale jandro | alexander alejandro | antonio tony tono toni
andres andy andrew | ana anna ann anne hannah | angelica angie angela | beatriz bea betty
carlos charlie charles carlitos | catalina cata cathy catherine | catherine katherine kathryn
christopher cristobal cris | cristina christina cris tina | cristian christian cris chris
daniela dani | daniel dani | dolores lola | eduardo eddie lalo edward | elena helen lena nena
enrique quique kike henry | ernesto ernie neto | esteban steven stephen steve | fernando nando fer
federico fede fred | felipe phil philip pipe | francisca paca pancha fran | graciela chela grace
francisco paco pancho frank francis cisco kiko | gabriel gabe gabi | gabriela gabi gaby gabby
gerardo jerry gerry | gregorio greg goyo | guadalupe lupe lupita | guillermo memo william billy
gustavo gus tavo | ignacio nacho | isabel isa chabela isabella isabelle | ivan vanya
jacobo jacob jake | jesus chuy chucho | joaquin quino | jorge george coque | jose pepe joseph joe
josefina pepa fina josie | juan john johnny juanito | juliana juli | julian juli jules
katherine kate katie kat kathy kathryn kaitlyn katya | leonardo leo leonard | lourdes lulu
luis lou louis lucho | luisa lulu louise | manuel manny manolo | margarita margaret rita marga
maria mary mari marie mia | mariana mari | mario mayo | marcos mark marcus | mateo matthew mat
mercedes meche | miguel mike michael mickey | mohammed muhammad mohamed mohammad mo hamid
natalia nati natalie natasha | nicolas nico nick nicholas | pablo paul | pedro peter perico
rafael rafa ralph | ramon ray moncho | ricardo ricky richard rick | roberto robert bob bobby beto
rodrigo rigo | rosario charo | salvador chava sal | santiago santi diego james jim
sebastian seb sebas bastian | sofia sophia sophie sofie | stephanie estefania steph stefanie
theodore teo ted theo | teodoro teo theodore | teresa tere terry theresa tess | tomas thomas tom
valentina vale val | valeria vale val valerie | veronica vero ronnie | vicente vince vincent
victoria vicky tori vika | xavier javier javi | yousef yusuf youssef joseph | zachary zach zack zac
abdullah abdul abdallah | ahmed ahmad | aleksandr sasha alex alexander | aleksandra sasha alexandra
dmitri dima mitya | ekaterina katya catherine | evgeny zhenya eugene | mikhail misha michael
nikolai kolya nicholas | vladimir vova volodya | giovanni gianni john | giuseppe beppe joseph
krzysztof krzys christopher | malgorzata gosia margaret | johannes hans johann | heinrich heinz
xiaoming ming | samantha sammie sam
"""
"""Families that the list of the library lacks; the first name of each is the full form."""


@lru_cache(maxsize=1)
def _links() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    # Loading takes some 20 ms: only a sheet with two different first names pays for it.
    from nicknames import NickNamer

    shorts: dict[str, set[str]] = NickNamer().nickname_lookup
    for family in _MORE.replace("\n", "|").split("|"):
        full, *others = family.split() or [""]
        shorts.setdefault(full, set()).update(others)
    fulls: dict[str, set[str]] = {}
    for full, names in shorts.items():
        for short in names:
            fulls.setdefault(short, set()).add(full)
    return shorts, fulls


def are_kin(a: str, b: str) -> bool:
    """Whether one folded name is a short form of the other, or both of a third (Bob and Rob)."""
    shorts, fulls = _links()
    direct = b in shorts.get(a, ()) or a in shorts.get(b, ())
    return direct or not fulls.get(a, _NONE).isdisjoint(fulls.get(b, _NONE))


def short_and_full(a: str, b: str) -> tuple[str, str] | None:
    """The pair as (short form, full form), or None where neither is plainly the short one.

    The list has Bob for Robert and Robert for Bob, and Mary for Maria: two letters less tell.
    """
    shorts, _ = _links()
    short, full = sorted((a, b), key=len)
    linked = short in shorts.get(full, ()) or full in shorts.get(short, ())
    return (short, full) if linked and len(full) - len(short) >= 2 else None


def related(name: str) -> frozenset[str]:
    """Every folded name that may stand for `name`: its short forms, full forms, and their kin."""
    shorts, fulls = _links()
    kin = set(shorts.get(name, ()))
    for full in fulls.get(name, ()):
        kin |= {full, *shorts[full]}
    return frozenset(kin - {name})


_NONE: set[str] = set()

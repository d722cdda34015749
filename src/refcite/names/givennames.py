"""Given names that are seldom family names; they distinguish `Ann Roe, Bob Poe` and `Mar, Anna`."""

from __future__ import annotations

import unicodedata
from typing import Final

__all__ = ["GIVEN_NAMES", "is_given_name"]

_TEXT: Final = """
    aaron abigail adam adriana agnes ahmed aisha alan alberto aleksandra alessandra alessandro alex
    alexander alexandra alexandre alexei alfredo ali alice alicia alison amanda amelia amina amy ana
    anastasia anders andrea andreas andrei andrew andrzej angela anita anja ann anna anne annette
    annie antoine anton antonio anya arthur astrid barbara beata beatrice benjamin bernd bettina
    bianca birgit björn bob bogdan boris brian brigitte camille carl carla carlos carmen carol
    caroline caterina catherine cecilia charlotte chiara chloe chris christian christiane christina
    christine christoph christopher claire clara claudia claudio cristina cynthia dagmar daniel
    daniela daniele david deborah denise diana diego dieter dimitri dmitri dominique donald donna
    dorothy eduardo edward eileen elena eleonora elisabeth elizabeth ella ellen elsa emily emma
    enrico eric erik erika ernst esther eva evelyn fatima federica federico felix fernanda fernando
    florian frances francesca francesco francine françois françoise frank franz frederic friedrich
    gabriela gabriele gerd gerhard giovanni giulia giuseppe greta guillaume guillermo gustav hanna
    hannah hans harald hassan heather heidi heike heinrich heinz helen helena helga henrik hiroshi
    holger hugo ibrahim ignacio igor ilse inga ingrid irene irina isabel isabella isabelle ivan
    jacqueline jakob jan jane janet jason javier jean jeanne jennifer jessica joan joanna joe johan
    johann johanna johannes john jonathan jorge josé josef joseph joshua juan judith julia julie
    jürgen karen karin karl katarina kate katharina katherine kathleen katja kazuo kenneth kenji
    kerstin kevin klaus kristina krzysztof lars laura lauren laurent leila lena leonardo leonid
    linda lisa louise luca lucia lucy ludwig luigi luis luisa lukas lydia malcolm małgorzata manuel
    marco marcel margaret margarita maria mariana marie marina mario mark marta martha martina
    mary matteo matthew matthias maureen mehmet melissa mia michael michel michele miguel mikhail
    miriam mohamed mohammad mohammed monica monika nadia nancy natalia natalie nathalie niamh
    nicholas nicola nicolas nicole niels nikolai nina olaf olga oliver olivia olivier omar pablo
    pamela paola paolo patricia pedro peter petra philipp philippe pierre piotr rachel rafael raul
    rebecca renate renata ricardo richard robert roberto rolf rosa ruth sabine sally samantha samuel
    sandra sara sarah sebastian sergei sergio sharon silvia simone sofia sonia sophia sophie stefan
    stefania stefano stephanie stephen steven susan susanne svetlana sven sylvia takashi tanja
    tatiana teresa theresa thierry thomas timothy tomás ulrich ulrike ursula uwe valentina valeria
    vanessa vera veronica veronika victoria viktor vincent vincenzo virginia vladimir wanda werner
    wilhelm wolfgang xavier yasmin yuki yuri yves yvonne zoe
"""
GIVEN_NAMES: Final = frozenset(_TEXT.split())


def is_given_name(word: str) -> bool:
    """Return whether a word is a known given name, in any case, with or without its accents.

    Example:
        >>> is_given_name("Maria"), is_given_name("MARÍA"), is_given_name("Roe")
        (True, True, False)
    """
    word = word.lower()
    if word in GIVEN_NAMES or word.isascii():
        return word in GIVEN_NAMES
    letters = unicodedata.normalize("NFD", word)
    return "".join(one for one in letters if not unicodedata.combining(one)) in GIVEN_NAMES

"""Codes of languages: those of three letters that libraries use, and BCP 47 tags.

Source: ISO 639-1 and the bibliographic codes of ISO 639-2, as the Library of Congress lists them.
"""

from __future__ import annotations

from typing import Final

__all__ = ["bibliographic_code", "is_tag", "tag_of_code"]

_TABLE: Final = """
    aa aar ab abk ae ave af afr ak aka am amh an arg ar ara as asm av ava ay aym az aze ba bak
    be bel bg bul bh bih bi bis bm bam bn ben bo tib br bre bs bos ca cat ce che ch cha co cos
    cr cre cs cze cu chu cv chv cy wel da dan de ger dv div dz dzo ee ewe el gre en eng eo epo
    es spa et est eu baq fa per ff ful fi fin fj fij fo fao fr fre fy fry ga gle gd gla gl glg
    gn grn gu guj gv glv ha hau he heb hi hin ho hmo hr hrv ht hat hu hun hy arm hz her ia ina
    id ind ie ile ig ibo ii iii ik ipk io ido is ice it ita iu iku ja jpn jv jav ka geo kg kon
    ki kik kj kua kk kaz kl kal km khm kn kan ko kor kr kau ks kas ku kur kv kom kw cor ky kir
    la lat lb ltz lg lug li lim ln lin lo lao lt lit lu lub lv lav mg mlg mh mah mi mao mk mac
    ml mal mn mon mr mar ms may mt mlt my bur na nau nb nob nd nde ne nep ng ndo nl dut nn nno
    no nor nr nbl nv nav ny nya oc oci oj oji om orm or ori os oss pa pan pi pli pl pol ps pus
    pt por qu que rm roh rn run ro rum ru rus rw kin sa san sc srd sd snd se sme sg sag si sin
    sk slo sl slv sm smo sn sna so som sq alb sr srp ss ssw st sot su sun sv swe sw swa ta tam
    te tel tg tgk th tha ti tir tk tuk tl tgl tn tsn to ton tr tur ts tso tt tat tw twi ty tah
    ug uig uk ukr ur urd uz uzb ve ven vi vie vo vol wa wln wo wol xh xho yi yid yo yor za zha
    zh chi zu zul
"""
_CODES: Final = _TABLE.split()
_BIBLIOGRAPHIC: Final = dict(zip(_CODES[::2], _CODES[1::2], strict=True))
_TAGS: Final = {code: tag for tag, code in _BIBLIOGRAPHIC.items()} | {
    # The terminological codes, and one that the Library of Congress no longer uses.
    "scr": "hr",
    "scc": "sr",
    "bod": "bo", "ces": "cs", "cym": "cy", "deu": "de", "ell": "el", "eus": "eu", "fas": "fa",
    "fra": "fr", "hye": "hy", "isl": "is", "kat": "ka", "mkd": "mk", "mri": "mi", "msa": "ms",
    "mya": "my", "nld": "nl", "ron": "ro", "slk": "sk", "sqi": "sq", "zho": "zh",
}  # fmt: skip


def tag_of_code(code: str) -> str | None:
    """Return the BCP 47 tag of a language's code of three letters, None for others.

    Example:
        >>> tag_of_code("ger"), tag_of_code("deu"), tag_of_code("und")
        ('de', 'de', None)
    """
    return _TAGS.get(code.strip().lower())


def bibliographic_code(tag: str) -> str | None:
    """Return the code of three letters of a tag that is only a language, None for others.

    Example:
        >>> bibliographic_code("de"), bibliographic_code("de-AT")
        ('ger', None)
    """
    return _BIBLIOGRAPHIC.get(tag)


def is_tag(text: str) -> bool:
    """Return whether a text is a BCP 47 tag of a known language, with or without subtags.

    Example:
        >>> is_tag("pt-BR"), is_tag("Portuguese")
        (True, False)
    """
    language, *others = text.split("-")
    return language.lower() in _BIBLIOGRAPHIC and all(
        part.isascii() and part.isalnum() and len(part) <= 8 for part in others
    )

"""The language of a title, from its small words."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["title_language"]

# English, Portuguese, Italian and German are included so that their titles are not read as French
# or Spanish. A word of several languages has fewer points for each of them.
_SMALL: Final = {
    "fr": "le les des du et au aux dans sur par pour avec une qui dont sont leur leurs ses ou où"
    " entre ainsi concernant relatif relative portant contre vers après sans sous été être de la"
    " en information situation",
    "es": "el los las del y en con por para una sobre que su sus al desde hacia entre contra según"
    " tras sin relativo relativa de la",
    "en": "the of and on in for to with from by at its their against under between report law act"
    " information situation protection persons rights code annual general",
    "pt": "o os do da dos das em no na nos nas um uma e ou para pelo pela com sobre que de",
    "it": "il lo gli di del della dei degli delle nel nella e per con una sul sulla sui che su la",
    "de": "der die das des dem den und oder im zum zur von mit für über bericht bei nach gesetz",
}
# A word of law and politics is more reliable than an article, which is also in place names.
_NOUNS: Final = {
    "fr": "loi lois décret arrêté ordonnance rapport droits réfugiés réfugié femmes enfants"
    " guerre nationalité annuel annuelle traitement décision personnes pays état affaire avis"
    " commentaire général générale principes directeurs finales mutilations génitales forcé forcés"
    " demandeurs asile apatridie apatrides comité conseil déplacement tendances mondiales",
    "es": "ley leyes informe derechos refugiados refugiado mujeres niños código constitución"
    " decreto directrices libertad periodistas reglamento país países personas extranjería anual"
    " principios rectores finales solicitantes asilo apatridia apátridas comité consejo violencia"
    " desplazamiento desplazamientos forzado tendencias globales nota guía general",
    "pt": "lei direitos refugiados decreto relatório informação anual código"
    " princípios asilo violência geral conselho nota",
    "it": "legge diritti rifugiati decreto rapporto asilo nota generale",
}


def _weights() -> dict[str, dict[str, float]]:
    """Return the points of each word for each of its languages."""
    found: dict[str, dict[str, float]] = {}
    for words, weight in ((_SMALL, 1.0), (_NOUNS, 1.5)):
        for language, text in words.items():
            for word in text.split():
                found.setdefault(word, {})[language] = weight
    return {
        word: {language: weight / len(said) for language, weight in said.items()}
        for word, said in found.items()
    }


_WEIGHTS: Final = _weights()
_WORD: Final = re.compile(r"[^\W\d_]+")
_ELISION: Final = re.compile(r"\b(?:l|d|qu|n|s|c|j)['’](?=[^\W\d_])", re.IGNORECASE)
_SPANISH: Final = re.compile(r"[ñ¿¡]|(?:ción|ciones)\b", re.IGNORECASE)
_FRENCH: Final = (
    re.compile(r"[œèêçûùî]|[^\W\d_]é(?:e|s|es)\b", re.IGNORECASE),
    re.compile(r"[^\W\d_] [:;?!](?: |$)"),
)
_FEWEST: Final = 1.5
_FOUND: Final = frozenset({"fr", "es"})
# In characters; the first words of a long title are sufficient.
_LONGEST: Final = 400


def title_language(title: str) -> str | None:
    """Return the language of a title in French or Spanish: `fr`, `es`, or None.

    Args:
        title: The title; for a short one with words of several languages, the result is None.

    Example:
        >>> title_language("Haïti : information sur le traitement des rapatriés")
        'fr'
        >>> title_language("Ley sobre refugiados y protección complementaria")
        'es'
        >>> title_language("Observations finales : France")
        'fr'
        >>> title_language("Report on the Côte d'Ivoire"), title_language("La Haya")
        (None, None)
    """
    title = title[:_LONGEST]
    points = dict.fromkeys(_SMALL, 0.0)
    for word in _WORD.findall(title.casefold()):
        for language, weight in _WEIGHTS.get(word, {}).items():
            points[language] += weight
    points["fr"] += len(_ELISION.findall(title))
    points["fr"] += 0.5 * sum(pattern.search(title) is not None for pattern in _FRENCH)
    points["fr"] += "observations finales" in title.casefold()
    points["es"] += _SPANISH.search(title) is not None
    best = max(points, key=lambda language: points[language])
    rest = max(value for language, value in points.items() if language != best)
    return (
        best if best in _FOUND and points[best] >= _FEWEST and points[best] > rest + 0.5 else None
    )

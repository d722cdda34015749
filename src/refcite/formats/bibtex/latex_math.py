r"""Math that is no more than letters, signs, sub- and superscripts, as text.

`$H_2O$`, `$\alpha$`, `$T_\mathrm{c}$` and `$90^\circ$` can be said in the markup of CSL-JSON; a
fraction cannot.
"""

from __future__ import annotations

import re
from typing import Final

from refcite.formats.bibtex.latex_tables import SYMBOLS

__all__ = ["simple_math"]

_TOKEN: Final = re.compile(
    r"\\([A-Za-z]+) *|([_^]) *(?:\{([^{}\\$]*)\}|\\([A-Za-z]+) *|([^\\{}$ ]))"
    r"|\\([%&#,;:! ])|([^\\{}$_^~`]+)"
)
_UPRIGHT: Final = r"\\(?:mathrm|mathsf|mathnormal|text|textrm|textsf|operatorname|mbox)"
_UPRIGHT_SCRIPT: Final = re.compile(
    rf"([_^]) *\{{ *(?:{_UPRIGHT} *\{{([^{{}}\\$]*)\}}|\\rm +([^{{}}\\$]*)) *\}}"
)
_UPRIGHT_TEXT: Final = re.compile(rf"([_^]?) *{_UPRIGHT} *\{{([^{{}}\\$]*)\}}")
_DEGREE: Final = re.compile(r"\^ *(?:\\circ(?![A-Za-z]) *|\{ *\\circ *\})")


def simple_math(math: str) -> str | None:
    r"""Return math as text with CSL-JSON's markup; None where it is more than that can say.

    Args:
        math: What stands between the dollar signs.

    Example:
        >>> simple_math(r"\mathrm{CO}_2"), simple_math(r"10^{-3}"), simple_math(r"\frac{1}{2}")
        ('CO<sub>2</sub>', '10<sup>-3</sup>', None)
    """
    if "\\" in math:
        math = _DEGREE.sub("°", math)
        math = _UPRIGHT_SCRIPT.sub(lambda found: f"{found[1]}{{{found[2] or found[3]}}}", math)
        math = _UPRIGHT_TEXT.sub(_without_command, math)
    out: list[str] = []
    position = 0
    while position < len(math):
        token = _TOKEN.match(math, position)
        if not token:
            return None
        position = token.end()
        command, script, braced, scripted, single, symbol, plain = token.groups()
        name = command or scripted
        if name and (name not in SYMBOLS or "{" in SYMBOLS[name] or "\\" in SYMBOLS[name]):
            return None
        if script:
            tag = "sub" if script == "_" else "sup"
            inner = SYMBOLS[scripted] if scripted else (braced if braced is not None else single)
            out.append(f"<{tag}>{inner}</{tag}>")
        elif command:
            out.append(SYMBOLS[command])
        elif symbol:
            out.append(symbol if symbol in "%&#" else "")
        else:
            out.append(plain)
    return "".join(out)


def _without_command(found: re.Match[str]) -> str:
    return f"{found[1]}{{{found[2]}}}" if found[1] else found[2]

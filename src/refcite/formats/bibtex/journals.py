r"""Macros of LaTeX that represent journals: `journal = {\apj}`.

The classes of the American Astronomical Society define them (`aas_macros.sty`), and NASA's
Astrophysics Data System writes them into the BibTeX that it exports.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Final

__all__ = ["spell_out_journal"]

_JOURNALS: Final[dict[str, tuple[str, str]]] = {
    "aap": ("Astronomy and Astrophysics", r"A\&A"),
    "aapr": ("Astronomy and Astrophysics Review", r"A\&A~Rev."),
    "aaps": ("Astronomy and Astrophysics Supplement Series", r"A\&AS"),
    "actaa": ("Acta Astronomica", "Acta Astron."),
    "aj": ("The Astronomical Journal", "AJ"),
    "ao": ("Applied Optics", "Appl.~Opt."),
    "apj": ("The Astrophysical Journal", "ApJ"),
    "apjl": ("The Astrophysical Journal Letters", "ApJ"),
    "apjs": ("The Astrophysical Journal Supplement Series", "ApJS"),
    "aplett": ("Astrophysical Letters", "Astrophys.~Lett."),
    "apspr": ("Astrophysics and Space Physics Research", "Astrophys.~Space~Phys.~Res."),
    "apss": ("Astrophysics and Space Science", r"Ap\&SS"),
    "araa": ("Annual Review of Astronomy and Astrophysics", r"ARA\&A"),
    "azh": ("Astronomicheskii Zhurnal", "AZh"),
    "baas": ("Bulletin of the American Astronomical Society", "BAAS"),
    "bac": (
        "Bulletin of the Astronomical Institutes of Czechoslovakia",
        "Bull. astr. Inst. Czechosl.",
    ),
    "bain": (
        "Bulletin of the Astronomical Institutes of the Netherlands",
        "Bull.~Astron.~Inst.~Netherlands",
    ),
    "caa": ("Chinese Astronomy and Astrophysics", "Chinese Astron. Astrophys."),
    "cjaa": (
        "Chinese Journal of Astronomy and Astrophysics",
        "Chinese J. Astron. Astrophys.",
    ),
    "fcp": ("Fundamentals of Cosmic Physics", "Fund.~Cosmic~Phys."),
    "gca": ("Geochimica et Cosmochimica Acta", "Geochim.~Cosmochim.~Acta"),
    "grl": ("Geophysical Research Letters", "Geophys.~Res.~Lett."),
    "iaucirc": ("IAU Circulars", "IAU~Circ."),
    "icarus": ("Icarus", "Icarus"),
    "jcap": (
        "Journal of Cosmology and Astroparticle Physics",
        "J. Cosmology Astropart. Phys.",
    ),
    "jcp": ("The Journal of Chemical Physics", "J.~Chem.~Phys."),
    "jgr": ("Journal of Geophysical Research", "J.~Geophys.~Res."),
    "jqsrt": (
        "Journal of Quantitative Spectroscopy and Radiative Transfer",
        "J.~Quant.~Spec.~Radiat.~Transf.",
    ),
    "jrasc": ("Journal of the Royal Astronomical Society of Canada", "JRASC"),
    "memras": ("Memoirs of the Royal Astronomical Society", "MmRAS"),
    "memsai": ("Memorie della Società Astronomica Italiana", "Mem.~Soc.~Astron.~Italiana"),
    "mnras": ("Monthly Notices of the Royal Astronomical Society", "MNRAS"),
    "na": ("New Astronomy", "New A"),
    "nar": ("New Astronomy Reviews", "New A Rev."),
    "nat": ("Nature", "Nature"),
    "nphysa": ("Nuclear Physics A", "Nucl.~Phys.~A"),
    "pasa": ("Publications of the Astronomical Society of Australia", "PASA"),
    "pasj": ("Publications of the Astronomical Society of Japan", "PASJ"),
    "pasp": ("Publications of the Astronomical Society of the Pacific", "PASP"),
    "physrep": ("Physics Reports", "Phys.~Rep."),
    "physscr": ("Physica Scripta", "Phys.~Scr"),
    "planss": ("Planetary and Space Science", "Planet.~Space~Sci."),
    "pra": ("Physical Review A", "Phys.~Rev.~A"),
    "prb": ("Physical Review B", "Phys.~Rev.~B"),
    "prc": ("Physical Review C", "Phys.~Rev.~C"),
    "prd": ("Physical Review D", "Phys.~Rev.~D"),
    "pre": ("Physical Review E", "Phys.~Rev.~E"),
    "prl": ("Physical Review Letters", "Phys.~Rev.~Lett."),
    "procspie": ("Proceedings of SPIE", "Proc.~SPIE"),
    "qjras": ("Quarterly Journal of the Royal Astronomical Society", "QJRAS"),
    "rmxaa": ("Revista Mexicana de Astronomía y Astrofísica", "Rev. Mexicana Astron. Astrofis."),
    "skytel": ("Sky and Telescope", r"S\&T"),
    "solphys": ("Solar Physics", "Sol.~Phys."),
    "sovast": ("Soviet Astronomy", "Soviet~Ast."),
    "ssr": ("Space Science Reviews", "Space~Sci.~Rev."),
    "zap": ("Zeitschrift für Astrophysik", "ZAp"),
}
"""Each macro with the journal's name, and with the text that it prints."""


def spell_out_journal(fields: MutableMapping[str, str]) -> None:
    r"""Replace a macro by its journal's name, and add the text that the macro prints.

    Args:
        fields: Names of fields in lower case, with their values; changed in place.

    Example:
        >>> fields = {"journal": r"\mnras"}
        >>> spell_out_journal(fields)
        >>> fields["journal"], fields["shortjournal"]
        ('Monthly Notices of the Royal Astronomical Society', 'MNRAS')
    """
    if fields.get("fjournal", "").strip():
        # MathSciNet has the full name in addition to the short one.
        if fields.get("journal", "").strip():
            fields.setdefault("shortjournal", fields["journal"])
        fields["journal"] = fields.pop("fjournal")
    for name in ("journal", "journaltitle"):
        value = fields.get(name, "")
        if "\\" not in value or len(value) > 20:
            continue
        known = _JOURNALS.get(value.strip("{} \t\n").removeprefix("\\"))
        if known is not None:
            fields[name], short = known
            fields.setdefault("shortjournal", short)

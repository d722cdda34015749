"""Write MARCXML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from refcite.formats.marc import MarcField, record_fields
from refcite.formats.xmlwrite import Element
from refcite.record import Record

__all__ = ["NAMESPACE", "write", "write_stream"]

NAMESPACE: Final = "http://www.loc.gov/MARC21/slim"


def write(records: Iterable[Record]) -> str:
    """Return records as a MARCXML collection.

    The item type of CSL is a genre (655) of the source `csl`, so that it is read back as the same.
    Fields that were kept in `extra` from a MARC record are written again.

    Args:
        records: The records.

    Example:
        >>> from refcite import Record, dumps
        >>> castle = Record(id="k", type="book", title="The Castle", language="en", issued=1930)
        >>> print(dumps([castle], "marcxml"), end="")
        <?xml version="1.0" encoding="UTF-8"?>
        <collection xmlns="http://www.loc.gov/MARC21/slim">
          <record>
            <leader>00000nam a2200000   4500</leader>
            <controlfield tag="001">k</controlfield>
            <controlfield tag="008">||||||s1930    xx |||||||||||||||||eng||</controlfield>
            <datafield tag="041" ind1=" " ind2=" ">
              <subfield code="a">eng</subfield>
            </datafield>
            <datafield tag="245" ind1="0" ind2="4">
              <subfield code="a">The Castle</subfield>
            </datafield>
            <datafield tag="264" ind1=" " ind2="1">
              <subfield code="c">1930</subfield>
            </datafield>
            <datafield tag="655" ind1=" " ind2="7">
              <subfield code="a">book</subfield>
              <subfield code="2">csl</subfield>
            </datafield>
          </record>
        </collection>
    """
    return "".join(write_stream(records))


def write_stream(records: Iterable[Record]) -> Iterator[str]:
    """Yield a MARCXML collection in pieces.

    Args:
        records: The records.
    """
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="{NAMESPACE}">\n'
    for record in records:
        yield f"  {_element(record).xml('  ')}\n"
    yield "</collection>\n"


def _element(record: Record) -> Element:
    made = record_fields(record)
    return Element(
        "record",
        children=[
            Element("leader", text=made.leader),
            *(Element("controlfield", {"tag": tag}, text) for tag, text in made.controls),
            *map(_field, made.fields),
        ],
    )


def _field(field: MarcField) -> Element:
    names = {"tag": field.tag, "ind1": field.indicators[0], "ind2": field.indicators[1]}
    return Element(
        "datafield",
        names,
        children=[Element("subfield", {"code": code}, text) for code, text in field.subfields],
    )

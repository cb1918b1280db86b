"""What happens to XML: cuts, and everything that the format allows to those who want to harm its reader."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from .samples import Damages

XML = Damages()
OTHER_FILE = "/etc/passwd"
ITS_BEGINNING = "root:"
"""What an external entity would bring in, and how to know it when it did."""
_DECLARATION = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\?>")
_ROOT = re.compile(rb"<([A-Za-z][\w:.-]*)[^>]*>")
_TEXT = re.compile(rb">([^<>\s][^<>]*)<")
_LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
_HUGE = 11 << 20


def _parts(content: bytes) -> tuple[bytes, bytes]:
    """The declaration, and what follows it."""
    found = _DECLARATION.match(content)
    end = found.end() if found else 0
    return content[:end], content[end:]


def _with_doctype(content: bytes, doctype: str) -> bytes:
    declaration, rest = _parts(content)
    return declaration + b"\n" + doctype.encode() + rest


def _in_root(content: bytes, inserted: bytes) -> bytes:
    declaration, rest = _parts(content)
    root = _ROOT.search(rest)
    assert root is not None
    return declaration + rest[: root.end()] + inserted + rest[root.end() :]


def _in_texts(content: bytes, inserted: bytes) -> bytes:
    return _TEXT.sub(rb">\1" + inserted + rb"<", content)


def _root(content: bytes) -> bytes:
    found = _ROOT.search(_parts(content)[1])
    assert found is not None
    return found.group(1)


@XML.to("xml", record=True)
def cut_in_a_tag(content: bytes) -> bytes:
    return content[: content.index(b"</", len(content) // 2) + 4]


@XML.to("xml", record=True)
def cut_in_a_text(content: bytes) -> bytes:
    found = _TEXT.search(content, len(content) * 2 // 3)
    return content[: found.start(1) + 1] if found else content[: len(content) * 2 // 3]


@XML.to("xml", record=True)
def cut_in_its_first_record(content: bytes) -> bytes:
    return content[: len(content) // 5]


@XML.to("xml", record=True)
def cut_before_its_last_tag(content: bytes) -> bytes:
    return content[: content.rindex(b"</")]


@XML.to("xml", record=True)
def cut_in_its_last_tag(content: bytes) -> bytes:
    return content.rstrip()[:-2]


@XML.to("xml", record=True)
def two_documents_in_one_file(content: bytes) -> bytes:
    return content + _parts(content)[1]


@XML.to("xml", record=True)
def two_downloads_in_one(content: bytes) -> bytes:
    return content[: len(content) // 2] + content


@XML.to("xml")
def a_root_alone(content: bytes) -> bytes:
    declaration, rest = _parts(content)
    root = _ROOT.search(rest)
    assert root is not None
    return declaration + rest[: root.end()] + b"</" + root.group(1) + b">"


@XML.to("xml", record=True)
def a_tag_that_never_closes(content: bytes) -> bytes:
    return _in_root(content, b"<open>")


@XML.to("xml", record=True)
def an_ampersand_that_means_nothing(content: bytes) -> bytes:
    return _in_texts(content, b" & Sons")


@XML.to("xml", record=True)
def an_entity_that_nobody_declared(content: bytes) -> bytes:
    return _in_texts(content, b"&auml;")


@XML.to("xml", record=True)
def a_control_character(content: bytes) -> bytes:
    return _in_texts(content, b"\x08")


@XML.to("xml", record=True)
def a_reference_to_the_zero_character(content: bytes) -> bytes:
    return _in_texts(content, b"&#0;")


@XML.to("xml", record=True)
def a_reference_to_half_a_character(content: bytes) -> bytes:
    return _in_texts(content, b"&#xD800;")


@XML.to("xml")
def an_encoding_that_is_none(content: bytes) -> bytes:
    return b'<?xml version="1.0" encoding="x-nobody"?>' + _parts(content)[1]


@XML.to("xml")
def an_encoding_that_it_has_not(content: bytes) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-16"?>' + _parts(content)[1].replace("é".encode(), b"\xff\xfe")


@XML.to("xml", refused=False)
def saved_as_utf_16(content: bytes) -> bytes:
    text = _parts(content)[1].decode()
    return ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")


@XML.to("xml")
def a_document_type(content: bytes) -> bytes:
    return _with_doctype(content, f"<!DOCTYPE {_root(content).decode()}>")


@XML.to("xml")
def a_document_type_behind_comments(content: bytes) -> bytes:
    return _with_doctype(content, "<!--x-->" * 200 + f"<!DOCTYPE {_root(content).decode()} [<!--x-->]>")


@XML.to("xml")
def a_document_type_behind_more_than_its_head(content: bytes) -> bytes:
    return _with_doctype(content, " " * 70_000 + f"<!DOCTYPE {_root(content).decode()}>")


@XML.to("xml")
def a_document_type_in_utf_16(content: bytes) -> bytes:
    text = _parts(_with_doctype(content, f"<!DOCTYPE {_root(content).decode()}>"))[1].decode()
    return ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")


@XML.to("xml")
def a_billion_laughs(content: bytes) -> bytes:
    doctype = f'<!DOCTYPE {_root(content).decode()} [<!ENTITY e0 "ha">{_LAUGHS}]>'
    return _in_texts(_with_doctype(content, doctype), b"&e11;")


@XML.to("xml")
def a_billion_laughs_in_utf_16(content: bytes) -> bytes:
    text = _parts(a_billion_laughs(content) or b"")[1].decode()
    return ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")


@XML.to("xml")
def a_billion_laughs_in_an_attribute(content: bytes) -> bytes:
    doctype = f'<!DOCTYPE {_root(content).decode()} [<!ENTITY e0 "ha">{_LAUGHS}]>'
    return _with_doctype(content, doctype).replace(b"<" + _root(content), b"<" + _root(content) + b' a="&e11;"', 1)


@XML.to("xml")
def a_blowup_of_one_long_entity(content: bytes) -> bytes:
    doctype = f'<!DOCTYPE {_root(content).decode()} [<!ENTITY e "{"a" * 40_000}">]>'
    return _in_texts(_with_doctype(content, doctype), b"&e;" * 500)


@XML.to("xml")
def an_entity_that_contains_itself(content: bytes) -> bytes:
    doctype = f'<!DOCTYPE {_root(content).decode()} [<!ENTITY a "&b;"><!ENTITY b "&a;">]>'
    return _in_texts(_with_doctype(content, doctype), b"&a;")


@XML.to("xml")
def an_entity_from_another_file(content: bytes) -> bytes:
    doctype = f'<!DOCTYPE {_root(content).decode()} [<!ENTITY e SYSTEM "file://{OTHER_FILE}">]>'
    return _in_texts(_with_doctype(content, doctype), b"&e;")


@XML.to("xml")
def a_parameter_entity_from_another_file(content: bytes) -> bytes:
    return _with_doctype(
        content, f'<!DOCTYPE {_root(content).decode()} [<!ENTITY % e SYSTEM "file://{OTHER_FILE}"> %e;]>'
    )


@XML.to("xml")
def a_document_type_from_the_network(content: bytes) -> bytes:
    return _with_doctype(content, f'<!DOCTYPE {_root(content).decode()} SYSTEM "http://127.0.0.1:9/evil.dtd">')


@XML.to("xml", refused=False)
def another_file_included(content: bytes) -> bytes:
    included = f'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file://{OTHER_FILE}" parse="text"/>'
    return _in_texts(content, included.encode())


@XML.to("xml", refused=False)
def a_style_sheet_from_another_file(content: bytes) -> bytes:
    return _with_doctype(content, f'<?xml-stylesheet type="text/xsl" href="file://{OTHER_FILE}"?>')


@XML.to("xml", record=True)
def a_hundred_thousand_levels(content: bytes) -> bytes:
    return _in_root(content, b"<x>" * 100_000 + b"</x>" * 100_000)


@XML.to("xml", record=True)
def a_hundred_thousand_levels_in_a_record(content: bytes) -> bytes:
    found = _TEXT.search(content)
    assert found is not None
    return content[: found.start(1)] + b"<x>" * 100_000 + b"</x>" * 100_000 + content[found.start(1) :]


@XML.to("xml", record=True, big=True)
def a_text_of_eleven_mib(content: bytes) -> bytes:
    return _in_root(content, b"<x>" + b"A" * _HUGE + b"</x>")


@XML.to("xml", record=True, big=True)
def an_attribute_of_eleven_mib(content: bytes) -> bytes:
    return _in_root(content, b'<x a="' + b"A" * _HUGE + b'"/>')


@XML.to("xml", record=True, big=True)
def a_name_of_eleven_mib(content: bytes) -> bytes:
    return _in_root(content, b"<" + b"x" * _HUGE + b"/>")


@XML.to("xml", record=True)
def a_text_of_fifty_thousand_letters_in_every_record(content: bytes) -> bytes:
    return _in_texts(content, b"A" * 50_000)


@XML.to("xml", refused=False)
def its_last_part_twice(content: bytes) -> bytes:
    root = etree.fromstring(content)
    root.append(deepcopy(root[-1]))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


@XML.to("xml", record=True)
def an_attribute_twice(content: bytes) -> bytes:
    return _in_root(content, b'<x a="1" a="2"/>')


@XML.to("xml", refused=False)
def a_hundred_thousand_elements_of_nobody(content: bytes) -> bytes:
    return _in_root(content, b"<x>y</x>" * 100_000)


@XML.to("xml", refused=False)
def comments_and_sections_within_texts(content: bytes) -> bytes:
    return _in_texts(content, b"<!-- x --><![CDATA[]]>")


@XML.to("xml", refused=False)
def another_namespace(content: bytes) -> bytes:
    return re.sub(rb'xmlns="[^"]*"', b'xmlns="urn:nobody"', content)

"""Seeded mutations of bytes, of text by its tokens, of archives by their members, of sealed models."""

import hashlib
import io
import json
import re
import struct
import zipfile

EXTREMES = [b"\xff" * 4, b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"\0" * 4, b"\1\0\0\0", b"\0\0\0\1"]
WIDE = [b"\xff" * 8, b"\0" * 8, b"\xff" * 7 + b"\x7f", struct.pack("<d", float("inf")), struct.pack("<d", 1e308)]
SIGNS = [
    b'"', b",", b"\n", b"\r", b"\0", b";", b"\t", b"\xef\xbb\xbf", b"'", b"\\", b"\xed\xa0\x80", b"=",
    b"{", b"[", b'"""', b"\xc0\x80", b"\xe2\x80\xa8", b"\xff\xfe"]
NUMBERS = [
    b"0", b"-1", b"1", b"2147483648", b"-2147483649", b"4294967296", b"9223372036854775808",
    b"1e308", b"1e400", b"nan", b"inf", b"0.5", b"9" * 24, b"", b"null", b"true", b"[]", b"{}",
    b'""', b"-0.0", b"1e-320"]
CSV = SIGNS + [b"\r\n", b"Response ID", b'{"ImportId":"x"}', b"=1", b"id", b"a" * 300]
YAML = [
    b"&a", b"*a", b"!!int", b"~", b"yes", b"[", b"]", b"{", b"}", b": ", b"- ", b"? ", b"|", b">",
    b"1-1000000", b"0-0", b"9-2", b".inf", b".nan", b"0x10", b"../../etc/passwd", b"/dev/zero", b"and",
    b"not", b"(" * 40, b")" * 40, b"includes", b"is missing", b"column.", b"\t", b"#", b"%", b"@",
    b"ward", b"pam", b"kmeans", b"mixture", b"kmodes", b"ensemble", b"bagged", b"nominal", b"count",
    b"<<: *a", b"\xf0\x9f\x98\x80", b"\xff", b"linear", b"burden", b"target", b"threshold",
    b"diminishing", b"levels", b"combine: any", b"strict", b"given"]
XML = [
    b"<a>", b"</a>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"&#0;", b"&#x110000;", b"<![CDATA[",
    b"]]>", b"<!--", b"/>", b'size="-1"', b"999999999", b'start="0"', b'finish="99999999"', b"multiple",
    b"quantity", b"-1", b"\xff", b'r="A0"', b'r="XFD1048576"', b'r="ZZZ99999999999"', b't="s"',
    b't="inlineStr"', b't="e"', b's="99999"', b"<v>-1</v>", b"<v>1e400</v>", b'ref="A1:XFD1048576"']
JSON = [
    b"null", b"[]", b"{}", b"-1", b"1e308", b"1e400", b'""', b'"x"', b",", b":", b"[", b"]", b"{", b"}",
    b"true", b'"\\ud800"', b"NaN", b'"\\u0000"', b"[[[[[[[[", b"2", b"1e-400"]


def of_bytes(random, data, times=None):
    """Flips, cuts, repeats and overwrites bytes."""
    data = bytearray(data)
    for _ in range(times or random.choice([1, 1, 1, 2, 3, 8, 30])):
        data = data or bytearray(b"a")
        kind, place = random.randrange(9), random.randrange(len(data))
        end = min(len(data), place + random.choice([1, 2, 4, 8, 16, 64, 500]))
        if kind == 0:
            data[place] ^= 1 << random.randrange(8)
        elif kind == 1:
            data[place] = random.choice([0, 1, 0x7F, 0x80, 0xFF, random.randrange(256)])
        elif kind == 2:
            del data[place:end]
        elif kind == 3:
            data[place:place] = data[place:end]
        elif kind == 4:
            other = random.randrange(len(data))
            data[other:other] = data[place:end]
        elif kind == 5:
            data[place:end] = random.randbytes(end - place)
        elif kind == 6:
            data[place:place + 4] = random.choice(EXTREMES)
        elif kind == 7:
            data[place:place + 8] = random.choice(WIDE)
        else:
            data[place:place] = random.choice(SIGNS)
    return bytes(data)


def of_text(random, data, tokens):
    """Exchanges numbers, words and lines, and puts tokens in."""
    for _ in range(random.choice([1, 1, 2, 3, 6])):
        kind = random.randrange(7)
        if kind in (0, 1):
            spans = [m.span() for m in re.finditer(rb"-?\d+(?:\.\d+)?(?:e-?\d+)?", data)]
            fill = random.choice(NUMBERS)
        elif kind in (2, 3):
            spans = [m.span() for m in re.finditer(rb"[A-Za-z_][A-Za-z_0-9]*", data)]
            fill = random.choice(tokens)
            if kind == 2 and spans:
                start, end = random.choice(spans)
                fill = data[start:end]
        elif kind == 4:
            lines = data.split(b"\n")
            one, other = random.randrange(len(lines)), random.randrange(len(lines))
            if random.random() < 0.5:
                lines.insert(other, lines[one])
            else:
                del lines[one]
            data = b"\n".join(lines)
            continue
        elif kind == 5:
            data = of_bytes(random, data, 1)
            continue
        else:
            place = random.randrange(len(data) + 1)
            spans, fill = [(place, place)], random.choice(tokens)
        if spans:
            start, end = random.choice(spans)
            data = data[:start] + fill + data[end:]
    return data


def of_archive(random, data):
    """Mutates one or two members of a zip archive, or its bytes."""
    if random.random() < 0.25:
        return of_bytes(random, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    texts = [place for place, (name, _) in enumerate(members) if name.endswith((".xml", ".rels"))]
    central = [place for place in texts if re.search("sheet|sharedStrings|styles|workbook|slide", members[place][0])]
    victims = {random.choice(central if central and random.random() < 0.85 else texts) for _ in range(random.choice([1, 1, 2]))}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for place, (name, content) in enumerate(members):
            if place in victims:
                content = of_text(random, content, XML) if random.random() < 0.75 else of_bytes(random, content)
            if random.random() > 0.01:
                archive.writestr(name, content)
    return out.getvalue()


class Number(str):
    """A number as the file spells it."""


def loads(text):
    return json.loads(text, parse_float=Number, parse_int=Number)


def canonical(value):
    """The text over which a model's checksum is taken: sorted keys, no spaces."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-8", "surrogatepass"))
        return "{" + ",".join(json.dumps(key, ensure_ascii=False) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def sealed(value):
    """The text of a model with the checksum that suits it."""
    value = {key: part for key, part in value.items() if key != "checksum"}
    value["checksum"] = hashlib.sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()
    return canonical(value)


VALUES = [Number(n) for n in ("0", "-1", "1", "2", "1e+308", "1e-320", "0.5", "1000000000")] + [
    None, True, [], {}, "", "x", [[]], "age", "nominal", "multiple"]


def of_model(random, data):
    """Changes values of a model and seals it again, so that more than the seal is tried."""
    if random.random() < 0.15:
        return of_text(random, data, JSON)
    value = loads(data.decode())
    for _ in range(random.choice([1, 1, 2, 3])):
        node = value
        for _ in range(random.randrange(1, 9)):
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            deeper = [key for key in keys if isinstance(node[key], (dict, list)) and node[key]]
            if not deeper or random.random() < 0.15:
                break
            node = node[random.choice(deeper)]
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            continue
        key, kind = random.choice(keys), random.randrange(5)
        if kind == 0:
            del node[key]
        elif kind == 1 and isinstance(node, list):
            node.insert(random.randrange(len(node) + 1), node[key])
        elif kind == 2:
            node[key] = node[random.choice(keys)]
        else:
            node[key] = random.choice(VALUES)
    try:
        return sealed(value).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):
        return of_text(random, data, JSON)

#!/usr/bin/env python3
"""Writes audit-chain-edge-v1.json: edge cases of the chain, made without any code of the product.

    python3 audit-chain-edge-v1.py > audit-chain-edge-v1.json

RFC 8785 is implemented here once more: keys by UTF-16 code units, the shortest digits that name a
double (Python's repr finds them) in the layout of ECMAScript's Number::toString.
"""
import copy
import hashlib
import json
import sys

TENANT = "018f3f6e-7c1a-7000-8000-0000000000ed"
OTHER = "018f3f6e-7c1a-7000-8000-0000000000ee"
SUBJECT = "7d9f3c1e-2b4a-8c5d-9e6f-0a1b2c3d4e5f"
ESCAPES = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


def number(value):
    if isinstance(value, int):
        value = float(value)
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = whole + fraction
    point = len(whole) + int(exponent or 0)
    point -= len(digits) - len(digits.lstrip("0"))
    digits = digits.strip("0")
    n = len(digits)
    if n <= point <= 21:
        return sign + digits + "0" * (point - n)
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    e = point - 1
    tail = ("." + digits[1:] if n > 1 else "") + "e" + ("+" if e > 0 else "-") + str(abs(e))
    return sign + digits[0] + tail


def text(value):
    out = []
    for c in value:
        code = ord(c)
        out.append(ESCAPES.get(code) or ("\\u%04x" % code if code < 32 else c))
    return '"' + "".join(out) + '"'


def jcs(value):
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, str):
        return text(value)
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, list):
        return "[" + ",".join(map(jcs, value)) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(text(key) + ":" + jcs(value[key]) for key in keys) + "}"


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def genesis(tenant):
    return sha(b"no-fate/audit/v1\n" + tenant.encode())


def event(seq, payload, at="2026-11-23T10:00:00.000000Z", subject=None, type="admin_action", tenant=TENANT):
    return {"at": at, "payload": payload, "seq": seq, "subject": subject, "tenant": tenant, "type": type, "v": 1}


def chain(envelopes):
    entries, previous = [], genesis(envelopes[0]["tenant"])
    for envelope in envelopes:
        previous = sha(previous, jcs(envelope).encode())
        entries.append({**envelope, "hash": previous.hex()})
    return entries


def case(name, envelopes):
    entries = chain(envelopes)
    return {"name": name, "tenant": entries[0]["tenant"], "genesis": genesis(entries[0]["tenant"]).hex(),
            "lines": [jcs(entry) for entry in entries], "head": entries[-1]["hash"]}


EDGE_PAYLOADS = [
    ("{}", "nothing"),
    ('{ "b" : 1 ,\t"a":\r\n[ ] }', "layout and order"),
    ('{"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5,"\\u0080":6,"\\u00f6":7}', "keys by UTF-16 code units"),
    ('{"s":"\\u0000\\u0001\\u001f\\u007f\\u0080\\b\\t\\n\\f\\r\\"\\\\\\/"}', "escapes"),
    ('{"s":"\\u2028\\u2029\\ufeff\\uffff\\ud83d\\ude00"}', "what needs no escape"),
    ('{"n":[0,-0,0.0,-0.0,1.0,1e0,10e-1,0.10]}', "one value, many literals"),
    ('{"n":[1e20,1e21,1e-6,1e-7,123456789012345680000,0.000001]}', "where the exponent begins"),
    ('{"n":[9007199254740991,-9007199254740991,9007199254740992,9007199254740994]}', "whole numbers"),
    ('{"n":[5e-324,1.7976931348623157e308,2.2250738585072014e-308,2e-3,4.35]}', "ends of the range"),
    ('{"n":[333333333.3333333,1e23,295147905179352830000,9.999999999999997e22,1.0000000000000001e23]}', "shortest digits"),
    ('{"t":true,"f":false,"n":null,"a":[[],{},[{}]]}', "literals and empty containers"),
    ('{"a":' * 31 + "{}" + "}" * 31, "32 levels"),
    ('{"hash":"x","v":2,"seq":0,"at":null}', "names of the envelope inside the payload"),
]

REFUSED_PAYLOADS = [
    ('{"n":9007199254740993}', "a whole number between two doubles"),
    ('{"n":0.1000000000000000055}', "a decimal between two doubles"),
    ('{"n":9.999999999999999e22}', "more digits than name the double"),
    ('{"n":1e400}', "beyond the range"),
    ('{"n":1e-400}', "beneath the range"),
    ('{"a":1,"a":1}', "a key twice"),
    ('{"a":null,"\\u0061":null}', "a key twice, written differently"),
    ('{"s":"\\ud800"}', "a lone high surrogate"),
    ('{"s":"\\udc00\\ud800"}', "surrogates in the wrong order"),
    ('{"\\ud800":1}', "a lone surrogate in a key"),
    ('{"a":' * 32 + "{}" + "}" * 32, "33 levels"),
    ("[]", "an array"), ('"x"', "a text"), ("null", "null"), ("", "nothing at all"),
    ("{} {}", "two values"), ("{} x", "something behind the value"), ('{"n":01}', "a leading zero"),
    ('{"n":NaN}', "not a number"), ("{'a':1}", "single quotes"), ('{"a":1,}', "a trailing comma"),
    ("/* */{}", "a comment"), ('{"s":"\t"}', "a raw control character"), ("\ufeff{}", "a byte order mark"),
]


def main():
    plain = [event(1, {"n": 1}), event(2, {"n": 2}, "2026-11-23T10:00:00.000001Z", SUBJECT),
             event(3, {"n": 3}, "2026-11-23T10:00:00.000001Z")]
    entries = chain(plain)

    def broken(name, bad_seq, code, change):
        copied = copy.deepcopy(entries)
        lines = change(copied)
        lines = [line if isinstance(line, str) else jcs(line) for line in (copied if lines is None else lines)]
        return {"name": name, "bad_seq": bad_seq, "code": code, "lines": lines}

    def put(index, member, value):
        return lambda rows: rows[index].update({member: value})

    def raw(index, old, new):
        return lambda rows: [jcs(r).replace(old, new) if i == index else r for i, r in enumerate(rows)]

    rechained = chain([plain[0], event(2, {"n": 2}, "2026-11-23T09:59:59.999999Z"), plain[2]])
    holed = chain([plain[0], {**plain[2]}])
    mixed = chain([plain[0], {**plain[1], "tenant": OTHER}])
    document = {
        "name": "audit chain v1, edge cases",
        "payloads": [{"about": about, "json": source, "canonical": jcs(json.loads(source))}
                     for source, about in EDGE_PAYLOADS],
        "refused_payloads": [{"about": about, "json": source} for source, about in REFUSED_PAYLOADS],
        "chains": [
            case("one event", plain[:1]),
            case("equal times", plain),
            case("every edge payload", [event(i + 1, json.loads(source), subject=SUBJECT if i % 2 else None)
                                        for i, (source, _) in enumerate(EDGE_PAYLOADS)]),
            case("ends of the calendar", [event(1, {}, "0000-01-01T00:00:00.000000Z"),
                                          event(2, {}, "2024-02-29T23:59:59.999999Z"),
                                          event(3, {}, "9999-12-31T23:59:59.999999Z")]),
            case("long", [event(i + 1, {"i": i}, "2026-11-23T10:00:00.%06dZ" % (i // 3)) for i in range(200)]),
        ],
        "broken": [
            broken("edited payload", 2, "HASH_MISMATCH", put(1, "payload", {"n": 22})),
            broken("edited type", 1, "HASH_MISMATCH", put(0, "type", "gate_passed")),
            broken("edited subject", 2, "HASH_MISMATCH", put(1, "subject", None)),
            broken("edited time", 2, "HASH_MISMATCH", put(1, "at", "2026-11-23T10:00:00.000000Z")),
            broken("edited hash", 3, "HASH_MISMATCH", put(2, "hash", "00" * 32)),
            broken("removed in the middle", 2, "SEQ_MISSING", lambda rows: rows[:1] + rows[2:]),
            broken("removed at the start", 1, "SEQ_MISSING", lambda rows: rows[1:]),
            broken("removed and chained anew with the old seq", 2, "SEQ_MISSING", lambda rows: holed),
            broken("swapped", 2, "SEQ_MISSING", lambda rows: [rows[0], rows[2], rows[1]]),
            broken("repeated", 2, "SEQ_REPEATED", lambda rows: [rows[0], rows[0], rows[1]]),
            broken("another tenant's event", 2, "TENANT_CHANGED", lambda rows: mixed),
            broken("time goes back, hashes right", 2, "TIME_BACKWARDS", lambda rows: rechained),
            broken("milliseconds", 1, "TIME_MALFORMED", put(0, "at", "2026-11-23T10:00:00.000Z")),
            broken("an offset", 1, "TIME_MALFORMED", put(0, "at", "2026-11-23T10:00:00.000000+00:00")),
            broken("no such day", 1, "TIME_MALFORMED", put(0, "at", "2026-02-29T10:00:00.000000Z")),
            broken("a leap second", 1, "TIME_MALFORMED", put(0, "at", "2016-12-31T23:59:60.000000Z")),
            broken("midnight as 24:00", 1, "TIME_MALFORMED", put(0, "at", "2026-11-23T24:00:00.000000Z")),
            broken("a further member", 3, "UNKNOWN_MEMBER", put(2, "note", 1)),
            broken("a missing member", 3, "MISSING_MEMBER", lambda rows: rows[2].pop("subject")),
            broken("another version", 1, "UNKNOWN_VERSION", put(0, "v", 2)),
            broken("the version as a text", 1, "UNKNOWN_VERSION", put(0, "v", "1")),
            broken("seq as a text", 1, "MALFORMED", put(0, "seq", "1")),
            broken("seq zero", 1, "MALFORMED", put(0, "seq", 0)),
            broken("seq with a fraction", 1, "MALFORMED", raw(0, '"seq":1,', '"seq":1.0,')),
            broken("upper-case subject", 2, "MALFORMED", put(1, "subject", SUBJECT.upper())),
            broken("a short UUID", 2, "MALFORMED", put(1, "subject", "1-1-1-1-1")),
            broken("tenant null", 1, "MALFORMED", put(0, "tenant", None)),
            broken("upper-case hash", 1, "MALFORMED", put(0, "hash", "AB" * 32)),
            broken("payload an array", 1, "PAYLOAD_MALFORMED", put(0, "payload", [])),
            broken("a number that loses", 2, "PAYLOAD_MALFORMED",
                   raw(1, '"payload":{"n":2}', '"payload":{"n":2.0000000000000000001}')),
            broken("a key twice", 2, "MALFORMED", raw(1, '"v":1', '"v":1,"v":1')),
            broken("a blank line", 2, "MALFORMED", lambda rows: [rows[0], "", rows[1]]),
            broken("not JSON", 2, "MALFORMED", lambda rows: [rows[0], "hello"]),
            broken("half a line", 3, "MALFORMED", lambda rows: rows[:2] + [jcs(rows[2])[:-20]]),
            broken("nothing", 1, "NO_EVENTS", lambda rows: []),
        ],
    }
    json.dump(document, sys.stdout, indent=1, ensure_ascii=True)
    sys.stdout.write("\n")


main()

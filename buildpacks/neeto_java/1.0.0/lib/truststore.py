"""Writes the certificates of a PEM bundle as a Java key store (format JKS, version 2): truststore.py BUNDLE STORE."""

import base64
import hashlib
import re
import struct
import sys

PASSWORD = "changeit"  # Java's own default; the store holds nothing secret.


def text(value):
    encoded = value.encode()
    return struct.pack(">H", len(encoded)) + encoded


def main(bundle, store):
    with open(bundle, encoding="ascii", errors="ignore") as file:
        blocks = re.findall("-----BEGIN CERTIFICATE-----(.+?)-----END CERTIFICATE-----", file.read(), re.DOTALL)
    content = struct.pack(">III", 0xFEEDFEED, 2, len(blocks))
    for number, block in enumerate(blocks):
        certificate = base64.b64decode(block)
        content += struct.pack(">I", 2) + text(f"authority-{number}") + struct.pack(">Q", 0)
        content += text("X.509") + struct.pack(">I", len(certificate)) + certificate
    digest = hashlib.sha1(PASSWORD.encode("utf-16-be") + b"Mighty Aphrodite" + content).digest()
    with open(store, "wb") as file:
        file.write(content + digest)


main(*sys.argv[1:])

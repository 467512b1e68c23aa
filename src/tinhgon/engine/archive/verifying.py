"""Soát gói: đọc lại mọi tệp, đối chiếu băm và kích thước, không thiếu, không thừa. Gói lạ không làm hại máy soát."""

import hashlib
import re
import zipfile
from pathlib import Path

from lxml import etree

from tinhgon.engine.archive.model import FOLDER, MANIFEST, NAMESPACE, SEAL, Fault

MOST_MANIFEST = 64 * 1024 * 1024
MOST_FILE = 2 * 1024 * 1024 * 1024
_CHUNK = 1024 * 1024
_HREF = re.compile(r"tep/[0-9a-f]{64}")


def verify(path: Path) -> list[Fault]:
    """Mọi chỗ sai của gói; rỗng là nguyên vẹn."""
    try:
        with zipfile.ZipFile(path) as bag:
            return _faults(bag)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, zipfile.LargeZipFile):
        return [Fault("not_zip", path.name)]


def _faults(bag: zipfile.ZipFile) -> list[Fault]:
    entries = {entry.filename: entry for entry in bag.infolist()}
    repeated = [Fault("repeated", name) for name in entries if sum(e.filename == name for e in bag.infolist()) > 1]
    if MANIFEST not in entries:
        return [*repeated, Fault("no_manifest")]
    if entries[MANIFEST].file_size > MOST_MANIFEST:
        return [*repeated, Fault("too_big", MANIFEST)]
    manifest = bag.read(MANIFEST)
    faults = repeated + _seal(bag, entries, manifest)
    listed = _listed(manifest)
    if listed is None:
        return [*faults, Fault("bad_manifest")]
    for name, (sha256, size) in listed.items():
        faults += _file(bag, entries.get(name), name, sha256, size)
    extra = set(entries) - set(listed) - {MANIFEST, SEAL, FOLDER}
    return faults + [Fault("extra", name) for name in sorted(extra)]


def _seal(bag: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], manifest: bytes) -> list[Fault]:
    if SEAL not in entries or entries[SEAL].file_size > 1000:
        return [Fault("seal")]
    said = bag.read(SEAL).split()
    return [] if said and said[0] == hashlib.sha256(manifest).hexdigest().encode() else [Fault("seal")]


def _listed(manifest: bytes) -> dict[str, tuple[str, int]] | None:
    """Đường dẫn -> (băm, kích thước); ``None`` khi mục lục không đọc được. Không thực thể ngoài, không DTD, không mạng."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(manifest, parser)
    except etree.XMLSyntaxError:
        return None
    if root.getroottree().docinfo.doctype or root.tag != f"{{{NAMESPACE}}}Package":
        return None
    listed = {}
    for file in root.iter(f"{{{NAMESPACE}}}File"):
        href, size = file.get("href", ""), file.get("SIZE", "")
        if not _HREF.fullmatch(href) or not size.isdecimal():
            return None
        listed[href] = (file.get("CHECKSUM", ""), int(size))
    referred = {ref.get("href", "") for ref in root.iter(f"{{{NAMESPACE}}}FileRef")}
    return listed if referred <= set(listed) else None


def _file(bag: zipfile.ZipFile, entry: zipfile.ZipInfo | None, name: str, sha256: str, size: int) -> list[Fault]:
    if entry is None:
        return [Fault("missing", name)]
    if size > MOST_FILE:
        return [Fault("too_big", name)]
    digest, read = hashlib.sha256(), 0
    try:
        with bag.open(entry) as content:
            while chunk := content.read(_CHUNK):
                read += len(chunk)
                if read > size:  # to hơn lời khai: dừng, không giải nén tiếp
                    return [Fault("size", name)]
                digest.update(chunk)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError):
        return [Fault("changed", name)]
    if read != size:
        return [Fault("size", name)]
    return [] if digest.hexdigest() == sha256 else [Fault("changed", name)]

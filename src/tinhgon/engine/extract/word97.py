"""``.doc`` và ``.rtf``: qua công cụ nào có trên máy (antiword, catdoc, soffice)."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from tinhgon.engine.extract.limits import MOST_TEXT, SECONDS_PER_FILE
from tinhgon.engine.extract.model import Extracted, Source, Unreadable
from tinhgon.engine.extract.prose import from_text
from tinhgon.engine.extract.sniff import Kind

_FORM_TABLE_ROWS = 60


def doc_tools() -> tuple[str, ...]:
    """Các công cụ đọc .doc có trên máy, tốt nhất trước."""
    return tuple(tool for tool in ("antiword", "catdoc", "soffice") if shutil.which(tool))


def read_word97(path: Path, kind: Kind) -> Extracted:
    tools = doc_tools() if kind is Kind.DOC else tuple(tool for tool in ("soffice", "catdoc") if tool in doc_tools())
    if not tools:
        raise Unreadable("no_doc_tool")
    for tool in tools:
        text = _RUNNERS[tool](path)
        if text.strip():
            return from_text(text, Source.DOC)
    raise Unreadable("corrupt")


def _antiword(path: Path) -> str:
    return "\n".join(_untabled(_run("antiword", "-w", "0", "-m", "UTF-8.txt", str(path))))


def _catdoc(path: Path) -> str:
    return _run("catdoc", "-d", "utf-8", "-w", str(path))


def _soffice(path: Path) -> str:
    with tempfile.TemporaryDirectory(prefix="tgdoc-") as folder:
        _run("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "txt:Text (encoded):UTF8",
             "--outdir", folder, str(path))  # fmt: skip
        made = next(Path(folder).glob("*.txt"), None)
        return made.read_text("utf-8", "replace")[: MOST_TEXT * 2] if made else ""


_RUNNERS = {"antiword": _antiword, "catdoc": _catdoc, "soffice": _soffice}


def _run(*command: str) -> str:
    """Chữ mà công cụ in ra; rỗng khi công cụ chịu thua. Ghi ra tệp tạm để một tệp hiểm không làm đầy bộ nhớ."""
    with tempfile.TemporaryFile() as out:
        try:
            subprocess.run(command, stdout=out, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, timeout=SECONDS_PER_FILE, check=False)
        except (subprocess.TimeoutExpired, OSError):
            return ""
        out.seek(0)
        return out.read(MOST_TEXT * 4).decode("utf-8", "replace")


def _untabled(text: str) -> Iterator[str]:
    """Bảng của antiword (``|ô |ô |``): bảng hai cột nhỏ là phần đầu hay phần ký, đọc hết cột trái rồi cột phải."""
    for is_table, group in groupby(text.split("\n"), key=lambda line: line.startswith("|")):
        if not is_table:
            yield from group
            continue
        rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in group]
        if len(rows) <= _FORM_TABLE_ROWS and all(len(row) == 2 for row in rows):
            yield from (row[side] for side in (0, 1) for row in rows)
        else:
            yield from ("   ".join(cell for cell in row if cell) for row in rows)

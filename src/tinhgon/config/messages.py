"""Dịch: câu trong mã là tiếng Việt, danh mục tiếng Anh nằm ở locale/en. Babel biên dịch, không cần msgfmt."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "locale"


def compile_stale() -> list[Path]:
    """Biên dịch mọi danh mục mới hơn bản .mo của nó; trả về các tệp vừa biên dịch."""
    done = []
    for po in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        with po.open("rb") as source:
            catalogue = read_po(source, abort_invalid=True)
        fresh = mo.with_suffix(f".{os.getpid()}.mo")  # hai lệnh cùng biên dịch thì mỗi lệnh một tệp
        with fresh.open("wb") as target:
            write_mo(target, catalogue)
        fresh.replace(mo)
        done.append(mo)
    return done

"""Tìm mọi câu dành cho người dùng trong mã và mẫu trang; so với danh mục tiếng Anh.

python -m tinhgon.testing.sentences          thêm câu mới vào danh mục (chưa dịch), bỏ câu không còn
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tinhgon.config.messages import LOCALE

SOURCE = Path(__file__).resolve().parents[1]
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADER = r"""# Tinh Gọn: giao diện tiếng Anh. Thêm câu mới: python -m tinhgon.testing.sentences
msgid ""
msgstr ""
"Language: en\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"Content-Type: text/plain; charset=utf-8\n"

"""
_SKIPPED = {"tests", "migrations", "testing", "node_modules"}


def catalogue() -> Catalog:
    """Danh mục mẫu: mọi câu trong mã, chưa có bản dịch; nơi gặp ghi tên tệp, không ghi số dòng để ít xung đột."""
    found = Catalog(project="Tinh Gọn", locale="en", charset="utf-8")
    for file, sentence, comments, context in sorted(
        _sentences(), key=lambda each: (str(each[0]), str(each[1]))
    ):
        where = (file.relative_to(SOURCE).as_posix(), 0)
        found.add(sentence, locations=[where], auto_comments=comments, context=context)
    return found


def english() -> Catalog:
    """Danh mục tiếng Anh đang có, hoặc rỗng."""
    if not ENGLISH.exists():
        return Catalog(project="Tinh Gọn", locale="en", charset="utf-8")
    with ENGLISH.open("rb") as source:
        return read_po(source, locale="en")


def _sentences() -> Iterator[tuple[Path, str | tuple[str, ...], list[str], str | None]]:
    for file in sorted(SOURCE.rglob("*")):
        if _SKIPPED & set(file.relative_to(SOURCE).parts):
            continue
        if file.suffix == ".py":
            text = file.read_text()
        elif file.suffix in {".html", ".txt"} and "templates" in file.parts:
            text = templatize(file.read_text(), origin=str(file))
        else:
            continue
        for _line, sentence, comments, context in extract(
            "python", io.BytesIO(text.encode()), keywords=KEYWORDS
        ):
            yield file, sentence, comments, context


def refresh() -> None:
    """Ghi lại danh mục tiếng Anh: giữ bản dịch đã có, thêm câu mới, bỏ câu không còn. Không đoán bản dịch gần giống."""
    merged = english()
    merged.update(catalogue(), no_fuzzy_matching=True)
    save(merged)


def save(catalog: Catalog) -> None:
    """Ghi danh mục, xếp theo câu, mỗi câu một dòng, không ghi nơi gặp: mã dời chỗ thì tệp không đổi."""
    catalog.obsolete.clear()
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as target:
        target.write(HEADER.encode())
        write_po(target, catalog, width=0, no_location=True, sort_output=True, omit_header=True)


def untranslated() -> list[str]:
    """Câu trong mã mà danh mục tiếng Anh chưa có bản dịch (kể cả bản dịch còn ngờ)."""
    have = english()
    missing = []
    for message in catalogue():
        known = have.get(message.id, context=message.context) if message.id else None
        strings = (
            (known.string if isinstance(known.string, tuple | list) else (known.string,)) if known else ("",)
        )
        if message.id and (not all(strings) or (known and known.fuzzy)):
            missing.append(str(message.id))
    return missing


def eager_calls(file: Path) -> Iterator[str]:
    """Chỗ gọi gettext ngay lúc nạp tệp: câu bị đóng băng ở tiếng mặc định; phải dùng gettext_lazy."""
    tree = ast.parse(file.read_text())
    eager = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in {"gettext", "ngettext", "pgettext"}
    }
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting.extend(getattr(node, "decorator_list", []))
            waiting.extend(d for d in (*node.args.defaults, *node.args.kw_defaults) if d)
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in eager:
            yield f"{file.relative_to(SOURCE)}:{node.lineno}"
        waiting.extend(ast.iter_child_nodes(node))


def python_files() -> Iterator[Path]:
    """Mọi tệp mã của sản phẩm, không kể phép thử và migration."""
    return (f for f in sorted(SOURCE.rglob("*.py")) if not _SKIPPED & set(f.relative_to(SOURCE).parts))


if __name__ == "__main__":
    refresh()
    sys.stdout.write(f"{ENGLISH.name}: còn {len(untranslated())} câu chưa dịch\n")

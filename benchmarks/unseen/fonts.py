"""Phông có trên mọi máy dựng bản này (Tinos của khóa npm) và phông khác nếu máy có."""

from functools import cache
from pathlib import Path

FONTS = str((Path(__file__).parents[2] / "node_modules/@expo-google-fonts/tinos").resolve())


@cache
def families() -> tuple[str, ...]:
    import typst  # noqa: PLC0415

    known = set(typst.Fonts(font_paths=[FONTS]).families()) if hasattr(typst, "Fonts") else {"Tinos"}
    return tuple(name for name in ("Tinos", "DejaVu Serif", "Arimo") if name in known) or ("Tinos",)

"""Phụ lục và bảng trong chữ của thân: một dòng ``===`` mở phụ lục sau phần ký; các dòng ``| a | b |`` liền nhau là một bảng.

Dòng đầu của bảng là tên cột. Cách viết là của chúng tôi, để người soạn gõ được bảng mà bản in vẫn đúng thể thức.
"""

from collections.abc import Iterable, Sequence

from tinhgon.engine.paper.fitting import width

ANNEX = "==="
_EDGE = "|"
_PADDING, _NARROW = 4.5, 20.0
_FAR = 60
"""Ô dài hơn chừng này chữ thì xuống dòng, không đòi cột rộng thêm."""


def split(lines: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(thân, phụ lục): phụ lục là phần sau dòng ``===`` đầu tiên."""
    listed = tuple(lines)
    cut = next((place for place, line in enumerate(listed) if is_annex(line)), len(listed))
    return listed[:cut], listed[cut + 1 :]


def joined(body: Iterable[str], annex: Sequence[str]) -> str:
    """Ngược với ``split``: chữ để lưu thành một bản."""
    return "\n".join([*body, *([ANNEX, *annex] if annex else [])])


def is_annex(line: str) -> bool:
    bare = line.strip()
    return len(bare) >= len(ANNEX) and not bare.strip("=")


def is_row(line: str) -> bool:
    bare = line.strip()
    return len(bare) > 1 and bare.startswith(_EDGE) and bare.endswith(_EDGE)


def row(cells: Iterable[object]) -> str:
    """Một dòng bảng; dấu ``|`` trong ô thành ``/``."""
    return f"{_EDGE} " + f" {_EDGE} ".join(" ".join(str(cell).replace(_EDGE, "/").split()) for cell in cells) + f" {_EDGE}"


def cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip()[1:-1].split(_EDGE))


def even(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Mọi dòng đủ số ô của dòng dài nhất."""
    most = max(len(one) for one in rows)
    return tuple((*one, *[""] * (most - len(one))) for one in rows)


def widths(rows: Sequence[Sequence[str]], size: float, room: float) -> list[float]:
    """Bề rộng các cột, mm, cộng lại đúng ``room``: cột hẹp vừa chữ, các cột khác chia phần còn lại theo ô dài nhất."""
    wanted = [_PADDING + max(width(one[place][:_FAR], size) for one in rows) for place in range(len(rows[0]))]
    wide = sum(one for one in wanted if one > _NARROW)
    if not wide:
        return [round(one * room / sum(wanted), 2) for one in wanted]
    left = room - sum(one for one in wanted if one <= _NARROW)
    return [round(one if one <= _NARROW else one * left / wide, 2) for one in wanted]

"""Đọc JSON thành giá trị, mỗi chỗ sai một câu có địa chỉ (``people[3].skills[0].level``). Khóa lạ cũng là sai: thường là gõ nhầm."""

import json
import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NoReturn

from tinhgon.engine.refusal import Refused

Read = Callable[[Any, str], Any]
MISSING: Any = object()


def parse(text: str | bytes) -> Any:
    try:
        value = json.loads(text, parse_constant=_not_finite, object_pairs_hook=_unique)
        if (b"\\ud" in text or b"\\uD" in text) if isinstance(text, bytes) else "\\u" in text:  # nửa chữ: không ghi ra tệp nào được
            json.dumps(value, ensure_ascii=False).encode()
        return value
    except json.JSONDecodeError as error:
        raise Refused("not_json", line=error.lineno, column=error.colno) from error
    except UnicodeEncodeError as error:
        raise Refused("half_letter") from error
    except UnicodeDecodeError as error:
        raise Refused("not_utf8", byte=error.start + 1) from error
    except (ValueError, RecursionError) as error:  # số dài quá mức Python đọc, ngoặc lồng quá sâu
        raise Refused("json_too_deep") from error


def _not_finite(name: str) -> NoReturn:
    raise Refused("not_finite", value=name)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise Refused("twice_key", key=next(name for name in names if names.count(name) > 1))
    return found


def text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise Refused("not_text", where=where)
    return value


def name(value: Any, where: str) -> str:
    if not text(value, where).strip():
        raise Refused("empty", where=where)
    return str(value)


def whole(least: int, most: int) -> Read:
    def read(value: Any, where: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise Refused("not_whole", where=where)
        if not least <= value <= most:
            raise Refused("out_of_range", where=where, value=value, least=least, most=most)
        return value

    return read


def number(least: float, most: float) -> Read:
    """Số thực trong khoảng; đúng sai không phải là số."""

    def read(value: Any, where: str) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Refused("not_number", where=where)
        if not math.isfinite(value) or not least <= value <= most:
            raise Refused("out_of_range", where=where, value=value, least=least, most=most)
        return float(value)

    return read


def day(value: Any, where: str) -> date:
    """``2026-07-01``."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Refused("not_day", where=where, value=value) from error


def yes_no(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise Refused("not_yes_no", where=where)
    return value


def one_of(*known: str) -> Read:
    def read(value: Any, where: str) -> str:
        if value not in known:
            raise Refused("not_one_of", where=where, known=", ".join(one for one in known if one))
        return str(value)

    return read


def maybe(read: Read) -> Read:
    return lambda value, where: None if value is None else read(value, where)


def many(read: Read) -> Read:
    def read_all(value: Any, where: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Refused("not_list", where=where)
        return tuple(read(one, f"{where}[{k}]") for k, one in enumerate(value))

    return read_all


def mapping(read: Read) -> Read:
    """Đối tượng JSON với khóa tự do."""

    def read_all(value: Any, where: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Refused("not_object", where=where)
        return {key: read(one, f"{where}.{key}") for key, one in value.items()}

    return read_all


def pair(value: Any, where: str) -> tuple[str, str]:
    if not isinstance(value, list) or len(value) != 2:
        raise Refused("not_pair", where=where)
    return name(value[0], where), name(value[1], where)


def spot(value: Any, where: str) -> tuple[float, float]:
    """Vĩ độ, kinh độ."""
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(x, int | float) and not isinstance(x, bool) for x in value):
        raise Refused("not_spot", where=where)
    lat, lon = float(value[0]), float(value[1])
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise Refused("not_spot", where=where)
    return lat, lon


def row(make: Callable[..., Any], readers: Mapping[str, Read], required: frozenset[str]) -> Read:
    """Một đối tượng JSON thành ``make(**giá trị)``; khóa vắng thì lấy mặc định của ``make``."""

    def read(value: Any, where: str) -> Any:
        if not isinstance(value, dict):
            raise Refused("not_object", where=where)
        if "format" in readers and "format" in value:  # đưa nhầm tệp thì nói nhầm tệp, không kể khóa lạ
            readers["format"](value["format"], f"{where}.format" if where else "format")
        for key in value:
            if key not in readers:
                raise Refused("unknown_key", where=where, key=key)
        for key in readers:
            if key in required and key not in value:
                raise Refused("missing_key", where=where, key=key)
        return make(**{key: readers[key](one, f"{where}.{key}" if where else key) for key, one in value.items()})

    return read

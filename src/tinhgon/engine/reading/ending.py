"""Phần cuối: quyền hạn, chức vụ, họ tên người ký; nơi nhận."""

import re
from dataclasses import dataclass, field

from tinhgon.engine.reading.naming import person
from tinhgon.engine.reading.pieces import Piece
from tinhgon.engine.reading.repair import receiver, title_line
from tinhgon.engine.reading.vocabulary import AUTHORITY, POSITION, is_upper, surname

_RECEIVERS = re.compile(r"^(?:N|\W?[\\|/]?)[ơoớờ][iíì]\s*[Nn]h[ậaâ]n\b\s*[:;.]?\s*(?P<rest>.*)$", re.I)
_KEEP = re.compile(r"^\W{0,3}(?:L[ưu]u|[I1|]ưu)\b", re.I)
_BULLET = re.compile(r"^[-–—•+*=~]\s*")
_ATTACHED = re.compile(r"^\((?:Ban hành |Kèm )", re.I)
"""Dòng "(Kèm theo Quyết định số ...)" dưới tên phụ lục: không bao giờ là nơi nhận."""
_APPENDIX = re.compile(r"^(?:PHỤ LỤC|Phụ lục|BIỂU MẪU|MẪU SỐ|Mẫu số|DANH SÁCH|QUY CHẾ|QUY ĐỊNH|ĐỀ ÁN|CHƯƠNG TRÌNH)\b")
_SIGNED = re.compile(r"^[(\[]?\s*(?:đã ký|ký tên|ký|chữ ký|signed|ký, đóng dấu|ký, ghi rõ).*[)\]]?$|^\(.{0,60}\)$|^\[.{0,40}\]$", re.I)
_DIGITAL = re.compile(r"^(?:Người ký|Ký bởi|Email|Cơ quan:|Thời gian ký|Ngày ký|Digitally signed|Signature|Được ký)", re.I)
_PAGE_NUMBER = re.compile(r"^[-–\s]*\d{1,4}[-–\s./]*$")
_REACH = 16
_MOST_SIGNERS = 4


@dataclass(slots=True)
class Block:
    """Một khối ký: các dòng quyền hạn, chức vụ rồi họ tên."""

    lines: list[Piece] = field(default_factory=list)
    name: str = ""
    named: Piece | None = None

    @property
    def authority(self) -> str:
        """Dòng xuống hàng nối lại; quyền hạn và chức vụ cách nhau bằng " / ".

        Chức vụ in dưới chỗ ký, ngay trên họ tên, là chức vụ ở cơ quan khác của người ký: để trong ngoặc.
        """
        parts: list[str] = []
        for before, piece in zip([None, *self.lines], self.lines, strict=False):
            text = piece.text.strip(" ,;.:*-–_'`|~")
            text = title_line(text) if piece.line.confidence < 1 else text
            starts = AUTHORITY.match(text) or POSITION.match(text)
            if before is not None and starts and _is_under_the_signature(before, piece):
                parts[-1] = f"{parts[-1]} ({text})"
            elif parts and text.startswith("BÍ THƯ") and parts[-1].endswith(" BAN") or parts and not starts and not text.startswith("("):  # "... THƯỜNG TRỰC BAN" / "BÍ THƯ"
                parts[-1] = f"{parts[-1]} {text}"
            else:
                parts.append(text)
        return " / ".join(_spaced(part) for part in parts)


def _is_under_the_signature(before: Piece, piece: Piece) -> bool:
    if before.box is None or piece.box is None or before.line.page != piece.line.page:
        return False
    return piece.box.top - before.box.bottom > 4 * (piece.box.bottom - piece.box.top)


@dataclass(slots=True)
class Ending:
    blocks: list[Block] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    receiver_pieces: list[Piece] = field(default_factory=list)
    ends_with_keep: bool = False


def _spaced(text: str) -> str:
    return re.sub(r"^(TM|KT|TL|TUQ|Q)\.(?=\S)", r"\1. ", text)


def read_ending(pieces: list[Piece], after: int, *, scanned: bool) -> Ending:
    found = Ending()
    anchor = _anchor(pieces, after)
    if anchor is not None:
        _read_receivers(found, pieces, anchor, scanned=scanned)
    found.blocks = _signatures(pieces, anchor, after, found, scanned=scanned)
    return found


def _anchor(pieces: list[Piece], after: int) -> int | None:
    """"Nơi nhận" đầu tiên có một danh sách theo sau: phụ lục và mẫu kèm theo cũng hay có "Nơi nhận"."""
    for index in range(max(after, 0), len(pieces)):
        if _opens_appendix(pieces[index]) and _blocks_in(pieces[max(after, index - _REACH) : index], scanned=False):
            return None  # văn bản đã ký mà không có nơi nhận: "Nơi nhận" về sau là của mẫu kèm theo
        match = _RECEIVERS.match(pieces[index].text)
        if match and (match["rest"].strip() or index + 1 < len(pieces)) and len(pieces[index].text) < 120:
            return index
    return _anchor_by_list(pieces, after)


def _opens_appendix(piece: Piece) -> bool:
    return _APPENDIX.match(piece.text) is not None and (is_upper(piece.text) or len(piece.text) < 30)


def _anchor_by_list(pieces: list[Piece], after: int) -> int | None:
    """Máy quét không đọc ra chữ "Nơi nhận": danh sách gạch đầu dòng ở nửa trái, kết bằng "Lưu", thì mảnh ngắn ngay trên nó chính là chữ ấy."""
    keep = next((i for i in range(len(pieces) - 1, max(after, 0), -1) if _KEEP.match(pieces[i].text) and pieces[i].side == "L"), None)
    if keep is None:
        return None
    first = keep
    for index in range(keep - 1, max(after, 0), -1):
        piece = pieces[index]
        if piece.side != "L" or piece.line.page != pieces[keep].line.page:
            continue
        if _BULLET.match(piece.text):
            first = index
        elif first != keep and len(piece.text) <= 12:
            return index
        elif len(piece.text) > 60:
            return None
    return None


# --- nơi nhận ---


def _read_receivers(found: Ending, pieces: list[Piece], anchor: int, *, scanned: bool) -> None:
    head = pieces[anchor]
    rest = (_RECEIVERS.match(head.text) or re.match("", ""))["rest"] if _RECEIVERS.match(head.text) else ""  # type: ignore[index]
    listed = [piece for piece in pieces[anchor + 1 : anchor + 1 + 120] if _in_list(piece, head)]
    found.receiver_pieces = [head]
    entries: list[str] = [rest.strip()] if rest.strip() else []
    bulleted = any(_BULLET.match(piece.text) for piece in listed[:3])
    for piece in listed:
        text = receiver(piece.text.strip()) if scanned else piece.text.strip()
        if piece.is_rule or _PAGE_NUMBER.match(text):
            continue
        kept = bool(entries) and _KEEP.match(entries[-1]) is not None
        if _ATTACHED.match(text) or _APPENDIX.match(text) or (kept and not _wraps(entries[-1], text)) or _is_signature_line(piece, bulleted=bulleted):
            if kept or _ATTACHED.match(text) or _APPENDIX.match(text) or piece.side != "R":
                break
            continue
        unmarked = scanned and bool(entries) and entries[-1].endswith(";") and text[:1].isupper()  # máy quét không thấy gạch đầu dòng
        starts = unmarked or bool(_BULLET.match(text)) or bool(_KEEP.match(text)) or not entries or (not bulleted and not _wraps(entries[-1], text))
        if starts:
            entries.append(_BULLET.sub("", text))
        else:
            entries[-1] = f"{entries[-1]} {text}"
        found.receiver_pieces.append(piece)
    if len(entries) == 1 and rest.count(";") > 1:  # cả danh sách trên một dòng
        entries = rest.split(";")
    found.receivers = [clean for clean in map(_entry, entries) if clean]
    found.ends_with_keep = bool(found.receivers) and _KEEP.match(found.receivers[-1]) is not None


def _in_list(piece: Piece, head: Piece) -> bool:
    """Cùng cột với "Nơi nhận": nửa trái khi biết chỗ đứng."""
    if piece.box is not None and head.box is not None:
        if piece.line.page == head.line.page and piece.box.top < head.box.top - 0.002:
            return False
        return piece.box.left < head.box.left + 0.2 and piece.box.left < 0.47
    return piece.side != "R"


def _wraps(before: str, text: str) -> bool:
    """Dòng này là phần xuống hàng của mục trước."""
    return text[:1].islower() or text[:1] in "(" or not re.search(r"[;.,)]$|\d$", before.strip()) and not _BULLET.match(text) or before.rstrip().endswith(",")


def _is_signature_line(piece: Piece, *, bulleted: bool) -> bool:
    text = piece.text.strip()
    if bulleted and _BULLET.match(text):
        return False
    if AUTHORITY.match(text) or (is_upper(text) and (POSITION.match(text) or len(text) > 14)):
        return True
    return bool(_SIGNED.match(text)) and "ký" in text.lower()


def _entry(text: str) -> str:
    """Một nơi nhận; một chữ cái đứng lẻ là mảnh của dòng đầu (phông thiếu chữ ấy), không phải nơi nhận."""
    clean = re.sub(r"\s+", " ", text).strip().rstrip(";.,: ").strip(" -–_'`*|~")
    return clean if len(clean) > 1 else ""


# --- người ký ---


def _signatures(pieces: list[Piece], anchor: int | None, after: int, found: Ending, *, scanned: bool) -> list[Block]:
    if anchor is not None and pieces[anchor].box is not None:
        blocks = _beside(pieces, anchor, scanned=scanned)
        if blocks:
            return blocks
    taken = {piece.order for piece in found.receiver_pieces}
    around = [piece for piece in pieces[max(after, 0) :] if piece.order not in taken]
    if anchor is None:
        return _last_block(around, scanned=scanned)
    below = [piece for piece in around if piece.order > pieces[anchor].order][: _REACH * 3]
    above = [piece for piece in around if piece.order < pieces[anchor].order][-_REACH:]
    after_list = _blocks_in(below, scanned=scanned, stop_at_appendix=True)
    if after_list:
        return after_list[:2]
    before_list = _blocks_in(above, scanned=scanned)
    return before_list[-max(2, len(_adjacent(before_list))) :]


def _beside(pieces: list[Piece], anchor: int, *, scanned: bool) -> list[Block]:
    """Cột phải ngang "Nơi nhận", và các cột ở ngay trên khi nhiều người ký."""
    head = pieces[anchor]
    assert head.box is not None
    page = [piece for piece in pieces if piece.line.page == head.line.page and piece.box is not None]
    right = [p for p in page if p.box and p.box.left > 0.4 and (p.box.left + p.box.right) / 2 > 0.55 and p.box.bottom > head.box.top - 0.03]
    right.sort(key=lambda p: (p.box.top if p.box else 0))
    following = [p for p in pieces if p.line.page == head.line.page + 1 and p.side == "R"][:_REACH]
    blocks = _blocks_in(right, scanned=scanned, loose=True)
    if blocks and not blocks[0].name and following:
        more = _blocks_in([*right, *following], scanned=scanned, loose=True)
        blocks = more if more and more[0].name else blocks
    if not any(block.lines for block in blocks):
        blocks = _above(page, head, scanned=scanned) or blocks
    return [block for block in blocks if block.lines or block.name][:_MOST_SIGNERS]


def _above(page: list[Piece], head: Piece, *, scanned: bool) -> list[Block]:
    """Nhiều người ký đứng ngang hàng ngay trên "Nơi nhận": mỗi cột là các mảnh cùng trục giữa, trái trước phải sau."""
    assert head.box is not None
    near = [p for p in page if p.box and p.order < head.order and head.box.top - 0.35 < p.box.top < head.box.top]
    columns: list[list[Piece]] = []
    for piece in sorted(near, key=_middle):
        if columns and _middle(piece) - _middle(columns[-1][-1]) < 0.04:
            columns[-1].append(piece)
        else:
            columns.append([piece])
    found = [block for column in columns for block in _blocks_in(sorted(column, key=lambda p: p.order), scanned=scanned)[-1:]]
    return [block for block in found if block.lines and block.name]


def _middle(piece: Piece) -> float:
    return (piece.box.left + piece.box.right) / 2 if piece.box else 0.0


def _last_block(pieces: list[Piece], *, scanned: bool) -> list[Block]:
    """Không có nơi nhận: khối ký cuối cùng trước phụ lục đầu tiên; hai khối liền nhau (thư ký, chủ trì) thì lấy cả hai."""
    for end, piece in enumerate(pieces):
        if _opens_appendix(piece):
            blocks = _blocks_in(pieces[:end], scanned=scanned)
            if blocks:
                return _adjacent(blocks)
    return _adjacent(_blocks_in(pieces, scanned=scanned))


def _adjacent(blocks: list[Block]) -> list[Block]:
    """Các khối cuối liền nhau, khối này ngay sau khối kia: hai người ký biên bản, mọi cơ quan của văn bản liên tịch."""
    run = blocks[-1:]
    for before, after in zip(reversed(blocks[:-1]), reversed(blocks), strict=False):
        if len(run) == _MOST_SIGNERS or before.named is None or not after.lines or not 0 < after.lines[0].order - before.named.order <= 2:
            break
        run.insert(0, before)
    return run


def _blocks_in(pieces: list[Piece], *, scanned: bool, loose: bool = False, stop_at_appendix: bool = False) -> list[Block]:
    """Các khối: ít nhất một dòng hoa là quyền hạn hay chức vụ, rồi họ tên trong tầm với.

    ``loose``: biết chắc đang đứng trong cột ký, nên có thể chỉ thấy họ tên (chức vụ bị con dấu che).
    """
    out: list[Block] = []
    block = Block()
    for piece in pieces:
        text = piece.text.strip()
        if stop_at_appendix and _APPENDIX.match(text) and not block.lines:
            break
        if piece.is_rule or _SIGNED.match(text) and not is_upper(text) or _DIGITAL.match(text) or _PAGE_NUMBER.match(text):
            continue
        if out and not block.lines and _is_rest_of_name(out[-1], piece):
            out[-1].name = f"{out[-1].name} {text}"
            continue
        name = person(text, scanned=scanned)
        if name and (block.lines or loose) and _is_name(name, piece, block):
            block.name, block.named = name, piece
            out.append(block)
            block = Block()
        elif _is_authority_line(text, block):
            block.lines.append(piece)
        elif block.lines and not loose:
            block = Block()
    if block.lines and loose and not out:
        out.append(block)
    return out


def _is_rest_of_name(block: Block, piece: Piece) -> bool:
    """Học hàm dài đẩy chữ cuối của họ tên xuống dòng dưới, cùng trục giữa."""
    above, below = (block.named.box if block.named else None), piece.box
    if above is None or below is None or re.fullmatch(r"[A-ZĐÀ-Ỹ][a-zà-ỹ]+", piece.text) is None or piece.line.confidence < 1:
        return False
    return 0 <= below.top - above.top < 2.5 * (above.bottom - above.top) and abs(above.left + above.right - below.left - below.right) < 0.06


def _is_name(name: str, piece: Piece, block: Block) -> bool:
    """Họ thường gặp, hoặc dòng ngay dưới chức vụ; dòng hoa là chức vụ thì không phải tên."""
    if is_upper(piece.text) and (POSITION.match(piece.text) or AUTHORITY.match(piece.text)):
        return False
    return bool(surname(name.split()[0])) or bool(block.lines) and not is_upper(piece.text)


def _is_authority_line(text: str, block: Block) -> bool:
    bare = text.strip(" ,;.:*-–_'`|~")
    if AUTHORITY.match(bare):
        return True
    if not is_upper(bare):
        return bool(block.lines) and bare.startswith("(") and is_upper(bare)
    return bool(POSITION.match(bare)) or bool(block.lines) and not re.match(r"^(?:PHỤ LỤC|QUYẾT|ĐIỀU)", bare)

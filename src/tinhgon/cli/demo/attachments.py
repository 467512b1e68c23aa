"""Tệp kèm theo: vài trăm tệp nhỏ, chữ hoặc PDF, cất qua ``files.services``. Văn bản mật không bao giờ có tệp."""

import io
import unicodedata

import typst

from tinhgon.cli.demo import bulk
from tinhgon.cli.demo.letters import Letter, speech
from tinhgon.cli.demo.text.context import written
from tinhgon.cli.demo.world import Unit, World
from tinhgon.documents.models import Attachment
from tinhgon.files.services import store

_PDF_SHARE = 12  # cứ chừng này tệp có một tệp PDF

_OPENINGS = (
    "Căn cứ Quy chế làm việc của Ban Chấp hành {cap_uy_goi} nhiệm kỳ 2020 – 2025;",
    "Thực hiện Chương trình công tác năm 2025 của Ban Chấp hành {cap_uy_goi};",
    "Theo đề nghị của các cơ quan tham mưu, giúp việc {cap_uy_goi};",
    "Thực hiện {vb_tw};",
)
_BODIES = (
    "Trong thời gian qua, công tác {viec_lon} trên địa bàn {dia_ban} được cấp ủy các cấp quan tâm lãnh đạo, đạt kết quả bước đầu. Tuy nhiên, việc phối hợp giữa các đơn vị còn lúc chưa kịp thời; một số nội dung chưa hoàn thành đúng hạn.",
    "Đề nghị các đơn vị phân công một đồng chí lãnh đạo trực tiếp chỉ đạo, một đầu mối thực hiện; rà soát nội dung, số liệu trước khi gửi.",
    "Các đơn vị gửi kết quả về Văn phòng {cap_uy_goi} {han} qua hệ thống thông tin điều hành tác nghiệp để tổng hợp, báo cáo Thường trực.",
    "Giao Văn phòng {cap_uy_goi} theo dõi, đôn đốc, tổng hợp kết quả; kịp thời báo cáo những vấn đề phát sinh.",
    "Quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị phản ánh về cơ quan đầu mối để xem xét, hướng dẫn.",
)

_PAGE = """#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm))
#set text(lang: "vi", size: 14pt)
#set par(justify: true, first-line-indent: 10mm, leading: 0.8em)
#[#set par(justify: false, first-line-indent: 0mm)
#set text(size: 12pt)
#grid(columns: (1fr, 1.1fr), align: center, [#upper("{organ}") \\ \\* \\ Số {symbol}],
  [*ĐẢNG CỘNG SẢN VIỆT NAM* \\ #line(length: 60%) #emph("{place}, {date}")])]
#align(center)[#strong(upper("{kind}")) \\ *{summary}*]
{body}
#align(right)[*{signer}*]
"""


def write(world: World, letters: list[Letter]) -> None:
    """Đính kèm cho một số văn bản đi đã ban hành."""
    able = [x for x in letters if x.direction == "outgoing" and x.number and not x.secrecy and x.state != "void"]
    chosen = world.rng.sample(able, min(world.sizes.files, len(able)))
    rows = []
    before: dict[Unit, Letter] = {}
    for letter in able:
        if letter.book in before:
            world.cites[letter.id] = before[letter.book]
        before[letter.book] = letter
    for n, letter in enumerate(sorted(chosen, key=lambda x: x.id)):
        extension, content = _pdf(world, letter) if n % _PDF_SHARE == 0 else _text(world, letter)
        name = f"{file_name(letter.symbol)}.{extension}"
        rows.append((letter.id, store(io.BytesIO(content), name).pk, name, letter.at))
    bulk.copy(Attachment, ("document_id", "file_id", "name", "added_at"), rows)


def file_name(symbol: str) -> str:
    """"15-QĐ/ĐU" -> "15-QD-DU": tên tệp không dấu, không gạch chéo."""
    plain = unicodedata.normalize("NFD", symbol.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("/", "-")


def _text(world: World, letter: Letter) -> tuple[str, bytes]:
    head = [
        f"{letter.book.name.upper():<44}ĐẢNG CỘNG SẢN VIỆT NAM", "*", f"Số {letter.symbol}",
        f"{_place(letter.book)}, {_day(letter)}", "", _kind(world, letter), letter.summary, "-----", "",
    ]  # fmt: skip
    text = "\n".join([*head, *_paragraphs(world, letter), "", letter.signer, ""])
    return "txt", text.encode()


def _pdf(world: World, letter: Letter) -> tuple[str, bytes]:
    values = {
        "organ": letter.book.name, "symbol": letter.symbol, "place": _place(letter.book), "date": _day(letter),
        "kind": _kind(world, letter), "summary": letter.summary, "signer": letter.signer,
    }  # fmt: skip
    page = _PAGE
    for name, value in values.items():
        page = page.replace("{" + name + "}", _escaped(value))
    page = page.replace("{body}", "\n\n".join(map(_escaped, _paragraphs(world, letter))))
    return "pdf", typst.compile(page.encode())


def _paragraphs(world: World, letter: Letter) -> list[str]:
    said = speech(world, letter.book, letter.day)
    kept = sorted(world.rng.sample(range(1, len(_BODIES)), 2))
    chosen = [world.rng.choice(_OPENINGS), _BODIES[0], *(_BODIES[n] for n in kept)]
    spoken = [world.speaker.say(pattern, said, letter.day) for pattern in chosen]
    cited = world.cites.get(letter.id)
    if cited is None:
        return spoken
    day = written(cited.day)
    return [f"Căn cứ {world.type_names[cited.type]} số {cited.symbol}, ngày {day} của {cited.book.name};", *spoken]


def _kind(world: World, letter: Letter) -> str:
    return world.type_names[letter.type].upper()


def _place(book: Unit) -> str:
    return book.area[:1].upper() + book.area[1:]


def _day(letter: Letter) -> str:
    day = letter.day
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _escaped(text: str) -> str:
    for mark in '\\"#*_$@<>[]':
        text = text.replace(mark, "\\" + mark)
    return text

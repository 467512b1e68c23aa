"""Kiểm tra thân và phần cuối: mục, căn cứ, kính gửi, dấu kết, đề ký, nơi nhận; và thẩm quyền ban hành."""

import re
from collections.abc import Iterator

from tinhgon.engine.form.issuer import issuers
from tinhgon.engine.form.model import Check, Found, Subject, mend
from tinhgon.engine.form.rules import Rule, RuleSetAt
from tinhgon.engine.paper.model import Layout

MINUTES = "bien-ban"
_PART = re.compile(r"^(?P<roman>[IVXLC]+)\s*(?P<mark>[.\-–—])\s*(?=[^\s./])")
_BASIS = re.compile(r"^(?:[-–]\s*)?(?:Căn cứ|Theo đề nghị|Xét đề nghị)\b")
_COMMITTEE_WORD = r"(?:BÍ THƯ|BAN THƯỜNG VỤ|BAN CHẤP HÀNH|ĐẢNG ỦY|THÀNH ỦY|TỈNH ỦY|CHI BỘ|CHI ỦY|CHỦ NHIỆM|ỦY BAN KIỂM TRA)"
_DEPUTISING = re.compile(rf"^\s*K\s*[/.]?\s*T\.?\s+(?:PHÓ\s+)?{_COMMITTEE_WORD}", re.IGNORECASE)
_STATE_STYLE = re.compile(r"^\s*(?P<code>TM|KT|TL|TUQ)\.\s*")
_PARTY_STYLE = re.compile(r"^\s*(?P<code>T/M|K/T|T/L|T/U|T/UQ)\s+")
_TO_PARTY = {"TM": "T/M", "KT": "K/T", "TL": "T/L"}
_TO_STATE = {"T/M": "TM.", "K/T": "KT.", "T/L": "TL.", "T/UQ": "TUQ."}
_ENTRUSTED = re.compile(r"^\s*(?:T/U\b|T/UQ|TUQ|THỪA ỦY QUYỀN)", re.IGNORECASE)
_REPEATED = re.compile(r"^(?P<post>(?:PHÓ\s+|QUYỀN\s+)?BÍ THƯ(?: THƯỜNG TRỰC)?)\s+(?:ĐẢNG ỦY|THÀNH ỦY|TỈNH ỦY|CHI BỘ)\b.*$", re.IGNORECASE)
_COLLECTIVE = ("committee", "standing", "cell")
_SENTENCE_END = (".", "!", "?", ":", "”", '"', ")")


def heading_form(subject: Subject, rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    for place, text in enumerate(subject.paper.body):
        found = _PART.match(text)
        if found:
            right = f"{found['roman']}{rule.data['part']} {text[found.end() :]}"
            if right != text:
                yield mend("body", text, right, place)


def basis_form(subject: Subject, rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    """Chỉ các dòng căn cứ đứng riêng thành một cụm; câu mở đầu bằng "Căn cứ ..., Ban Thường vụ ban hành" là câu thường."""
    body = subject.paper.body
    run = [place for place, text in enumerate(body) if _BASIS.match(text) and _stands_alone(body, place)]
    for place in run:
        bare = re.sub(r"^[-–]\s*", "", body[place]).rstrip()
        is_last = place + 1 not in run
        ends = (".", ",") if is_last else (";",)
        right = bare if bare.endswith(ends) else bare.rstrip(".,;") + (".;"[not is_last])
        right = f"- {right}" if rule.data["dash"] else right
        if right != body[place]:
            yield mend("body", body[place], right, place)


def _stands_alone(body: tuple[str, ...], place: int) -> bool:
    beside = [body[near] for near in (place - 1, place + 1) if 0 <= near < len(body)]
    return body[place].startswith(("-", "–")) or body[place].rstrip().endswith(";") or any(map(_BASIS.match, beside))


def address_word(subject: Subject, rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    paper, wanted = subject.paper, rule.data["words"].get(subject.type_code)
    if not paper.addressees:
        return
    if subject.type_code in rule.data.get("none", ()):
        drop = tuple(("addressees", 0, "") for _name in paper.addressees)
        yield Found("addressees", f"{paper.addressee_word}: {', '.join(paper.addressees)}", "", None, drop)
    elif wanted and paper.addressee_word != wanted:
        yield mend("addressee_word", paper.addressee_word, wanted)


def end_mark(subject: Subject, rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    if not subject.paper.body:
        return
    place = len(subject.paper.body) - 1
    text = subject.paper.body[place].rstrip()
    bare = re.sub(r"[\s.]*\.\s*/\s*\.?\s*$|[\s.]+$", "", text)
    if rule.data["mark"] == "./.":
        right = f"{bare}./."
    else:
        right = text if text.endswith(_SENTENCE_END) and not re.search(r"\./\s*\.?$", text) else f"{bare}."
    if bare and right != text:
        yield mend("body", text, right, place)


def sign_missing(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    if not subject.paper.signer.strip():
        yield Found("signer", "")


def sign_post(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    if subject.type_code != MINUTES and not subject.paper.position.strip():
        yield Found("position", "")


def sign_style(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    pattern, table = (_STATE_STYLE, _TO_PARTY) if subject.paper.layout == Layout.PARTY else (_PARTY_STYLE, _TO_STATE)
    for name in ("authority", "position"):
        text = getattr(subject.paper, name)
        found = pattern.match(text)
        if not found:
            continue
        right = table.get(found["code"])
        yield mend(name, text, f"{right} {text[found.end() :]}") if right else Found(name, text)


def sign_collective(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    for name in ("authority", "position"):
        text = getattr(subject.paper, name)
        if _DEPUTISING.match(text):
            if name == "authority":
                yield mend(name, text, _represented(subject))
            else:
                yield Found(name, text)


def _represented(subject: Subject) -> str:
    organ = subject.paper.organ.replace("\n", " ")
    if "KIỂM TRA" in organ:
        return "T/M ỦY BAN KIỂM TRA"
    return "T/M CHI BỘ" if organ.startswith("CHI BỘ") else "T/M BAN THƯỜNG VỤ"


def sign_entrusted(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    if _ENTRUSTED.match(subject.paper.authority):
        yield Found("authority", subject.paper.authority)


def sign_authority(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    by = issuers(subject)
    is_collective = bool(by) and all(one.partition(".")[0] in _COLLECTIVE for one in by)
    if is_collective and subject.type_code != MINUTES and subject.paper.signer and not subject.paper.authority.strip():
        yield mend("authority", "", _represented(subject))


def sign_position(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    found = _REPEATED.match(subject.paper.position)
    if found:
        yield mend("position", subject.paper.position, found["post"])


def sign_titles(subject: Subject, rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    known = "|".join(re.escape(title) for title in sorted(rule.data["titles"], key=len, reverse=True))
    signer = subject.paper.signer.strip()
    bare = re.sub(rf"^(?:(?:{known})(?:\.\s*|\s+))+", "", signer)
    if bare != signer:
        yield mend("signer", signer, bare)


def receivers_missing(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    if not subject.paper.receivers and subject.type_code != MINUTES:
        yield Found("receivers", "")


def receivers_archive(subject: Subject, rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    receivers = subject.paper.receivers
    if receivers and rule.data["pattern"].strip().lower() not in receivers[-1].lower():
        yield Found("receivers", receivers[-1], f"- {rule.data['pattern'].strip()} ...", len(receivers) - 1)


def minutes_signatures(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    if subject.type_code == MINUTES and not subject.paper.recorder.strip():
        yield Found("recorder", "")


def contact_line(subject: Subject, rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    """Chữ của một tệp không cho biết dòng nào là chân trang, nên chỉ kiểm văn bản soạn ở đây."""
    if not subject.raw and subject.type_code in rule.data["types"] and not subject.paper.contact:
        yield Found("contact", "")


def authority(subject: Subject, rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    """Nơi ban hành chưa chắc là cấp ủy hay ban thường vụ thì chỉ nhắc khi cả hai đều không được."""
    by = issuers(subject)
    if subject.type_code == rule.data["type"] and by and by <= set(rule.data["no"]):
        yield Found("type_name", subject.paper.type_name)


CHECKS: dict[str, Check] = {
    "heading.form": heading_form,
    "basis.form": basis_form,
    "address.word": address_word,
    "end.mark": end_mark,
    "sign.missing": sign_missing,
    "sign.post": sign_post,
    "sign.style": sign_style,
    "sign.collective": sign_collective,
    "sign.entrusted": sign_entrusted,
    "sign.authority": sign_authority,
    "sign.position": sign_position,
    "sign.titles": sign_titles,
    "minutes.signatures": minutes_signatures,
    "contact.line": contact_line,
    "receivers.missing": receivers_missing,
    "receivers.archive": receivers_archive,
}

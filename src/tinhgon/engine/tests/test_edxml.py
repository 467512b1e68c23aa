"""edXML: đi về nguyên vẹn từng ô; chữ ký bao cả thông điệp; mỗi thứ hỏng hay hiểm bị từ chối với mã của mình."""

import base64
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhgon.engine.edxml import reading, signing
from tinhgon.engine.edxml.model import MOST_BYTES, BadMessage, Business, DocumentMessage, File, StatusMessage
from tinhgon.engine.edxml.writing import write
from tinhgon.engine.tests.edxml_samples import JOINT, REPLACE, UPDATE, document, identity, status

_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=40).map(reading._clean)


@pytest.mark.parametrize("message", [
    document(), document(files=()), document(business=Business.RECALL), document(**UPDATE), document(**REPLACE), document(**JOINT), document(signers=()),
    *(status(code) for code in ("01", "02", "03", "04", "05", "06", "13", "15", "16")),
], ids=lambda m: f"{type(m).__name__}-{getattr(m, 'code', '') or int(m.business)}")  # fmt: skip
def test_every_field_comes_back_as_it_went(message):
    assert reading.read(write(message)) == message
    assert write(message) == write(message)


@given(subject=_TEXT.filter(bool), name=_TEXT, content=st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_vietnamese_text_and_any_file_come_back(subject, name, content):
    message = document(subject=subject, place=name, files=(File(content_id="a", name="tep.bin", content=content, description="x"),))
    assert reading.read(write(message)) == message


def test_a_reader_of_one_signer_finds_the_one_of_the_presiding_organ_first():
    names = reading.parse(write(document(**JOINT))).findall(".//{*}SignerInfo/{*}FullName")
    assert [name.text for name in names] == ["Lê Văn Chánh", "Trần Văn Ban", "Tạ Văn Ngoài"]


def test_the_party_symbol_comes_from_the_document_id():
    assert document().symbol == "15-CV/TU"
    assert reading.read(write(document())).symbol == "15-CV/TU"


def test_a_signature_covers_everything_and_one_changed_letter_breaks_it():
    key, certificate = identity()
    sent = signing.signed(document(), key, certificate)
    root = reading.parse(sent)
    signing.verify(root, certificate)
    assert signing.signature_of(root) == "modern"
    assert reading.message_of(root) == document()
    for old, new in (("củng cố", "cung cố"), ("QUk", "QUl"), (">12<", ">13<")):
        changed = sent.decode().replace(old, new)
        if changed != sent.decode():
            assert _refusal(lambda x=changed: signing.verify(reading.parse(x.encode()), certificate)) == "wrong_signature"
    assert _refusal(lambda: signing.verify(root, identity("người lạ")[1])) == "wrong_signature"
    assert _refusal(lambda: signing.verify(reading.parse(write(document())), certificate)) == "unsigned"


def test_a_signature_of_a_part_only_is_not_a_signature_of_the_message():
    """Chuyển thông điệp thật vào chỗ khác, đặt nội dung giả ở chỗ người đọc nhìn (signature wrapping)."""
    key, certificate = identity()
    real = reading.parse(signing.signed(status("03"), key, certificate))
    signature = real.find(".//{*}Signature")
    fake = reading.parse(write(status("15")))
    fake.find(".//{*}edXMLHeader").append(signature)
    assert _refusal(lambda: signing.verify(fake, certificate)) == "wrong_signature"


def _zip(**files: bytes) -> str:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return base64.b64encode(packed.getvalue()).decode()


def _with(**changes: str) -> bytes:
    """Thông điệp có một tệp, thay vài mẩu chữ."""
    text = write(document(files=(File(content_id="1", name="a.pdf", content=b"%PDF-1.7"),))).decode()
    for old, new in changes.items():
        old = {"content": _content(text), "id": "cid:1", "date": "2025/07/01<", "organ": "A01.H29.07<", "type": "BussinessDocType>0"}[old]
        assert old in text
        text = text.replace(old, new, 1)
    return text.encode()


def _content(text: str) -> str:
    return text.split("ContentTransferEncoded>")[1].removesuffix("</edXML:")


_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_BOMB = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(("code", "data"), [
    ("not_xml", b""), ("not_xml", b"%PDF-1.7"), ("not_xml", f"{_HEAD}<a>".encode()), ("not_edxml", b"<a/>"),
    ("doctype", f'{_HEAD}<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'.encode()),
    ("doctype", f'{_HEAD}<!DOCTYPE x [<!ENTITY a "ha">{_BOMB}]><x b="&i;"/>'.encode()),
    ("doctype", f'{_HEAD}<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd"><x/>'.encode()),
    ("encoding", '<?xml version="1.0" encoding="UTF-16"?><x/>'.encode("utf-16")),
    ("encoding", b'<?xml version="1.0" encoding="UTF-7"?><x/>'),
    ("too_many_parts", b"<x>" + b"<a/>" * 100_001 + b"</x>"),
    ("too_big", b" " * (MOST_BYTES + 1)),
    ("missing", write(document(subject=""))),
    ("organ_id", _with(organ="a b<")), ("date", _with(date="2025/02/30<")), ("date", _with(date="1/7/2025<")),
    ("unknown_status", write(status("99"))), ("unknown_business", _with(type="BussinessDocType>7")),
    ("number", _with(type="BussinessDocType>-1")),
    ("content_id", _with(id="cid:2")), ("base64", _with(content="@@@")), ("zip", _with(content="aGVsbG8=")),
    ("zip", _with(content=_zip(a=b"1", b=b"2"))), ("zip_bomb", _with(content=_zip(a=b"\0" * 30_000_000))),
])  # fmt: skip
def test_what_is_broken_or_hostile_is_refused_with_its_own_code(code, data):
    assert _refusal(lambda: reading.read(data)) == code


def test_a_file_name_never_carries_a_path():
    name = "../../etc/passwd"
    text = write(document(files=(File(content_id="1", name="a.pdf", content=b"x", description="d"),))).decode()
    message = reading.read(text.replace("AttachmentName>a.pdf", f"AttachmentName>{name}").encode())
    assert [file.name for file in message.files] == ["passwd"]


def test_the_samples_of_the_standard_are_read(real_data):
    """Mọi tệp mẫu; một tệp sai XML từ gốc (tiền tố xlink không khai báo) phải bị từ chối rõ ràng."""
    read, refused, legacy = [], [], 0
    for path in sorted((real_data / "edxml").glob("*.edxml")):
        try:
            root = reading.parse(path.read_bytes())
            read.append(reading.message_of(root))
            legacy += signing.signature_of(root) == "legacy"
        except BadMessage as bad:
            refused.append((path.name, bad.code))
    assert refused == [("edoc.edxml", "not_xml")]
    assert sorted(m.code for m in read if isinstance(m, StatusMessage)) == ["01", "02", "03", "05", "13"]
    documents = [m for m in read if isinstance(m, DocumentMessage)]
    assert sorted(m.business for m in documents) == [0, 2, 3]
    assert legacy == len(documents)
    assert all(m.files and m.symbol == "7816/VPCP-TTĐT" for m in documents)
    for message in read:
        assert reading.read(write(message)) == message


def _refusal(call) -> str:
    with pytest.raises(BadMessage) as refused:
        call()
    return refused.value.code

"""Ký rồi kiểm: đúng thì đúng, sai một byte thì nói ra; mỗi cái hỏng một câu riêng."""

import io
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tinhgon.engine.paper import Layout, Measures, Paper, to_pdf
from tinhgon.engine.signing import authority, certificates, keys, tokens
from tinhgon.engine.signing.place import place_of
from tinhgon.engine.signing.problems import SigningProblem
from tinhgon.engine.signing.sign import Stamp, sign
from tinhgon.engine.signing.verify import NotPdf, Verdict, signatures

NOW = datetime(2025, 7, 1, 8, tzinfo=UTC)
SINCE = datetime(2025, 1, 1, tzinfo=UTC)
PASSPHRASE = "mật khẩu khóa ký"
FONTS = Path(__file__).resolve().parents[5] / "node_modules" / "@expo-google-fonts" / "tinos"
SOFTHSM = next((p for p in (Path("/usr/lib/softhsm/libsofthsm2.so"), Path("/usr/lib64/pkcs11/libsofthsm2.so")) if p.exists()), None)


@lru_cache
def ca() -> authority.Authority:
    return authority.open_authority("Nhà cấp thử", since=SINCE)


@lru_cache
def person() -> authority.Issued:
    return authority.issue(ca(), "Lê Văn Chánh", "Văn phòng Thành ủy", since=SINCE, rsa=True)


@lru_cache
def organ() -> authority.Issued:
    return authority.issue(ca(), "Văn phòng Thành ủy", "Thành ủy", since=SINCE)


@lru_cache
def paper() -> bytes:
    return to_pdf(Paper(
        layout=Layout.PARTY, superior="THÀNH ỦY", organ="VĂN PHÒNG", symbol_line="Số 15-TB/VPTU",
        place_date="Thành phố, ngày 01 tháng 7 năm 2025", type_name="THÔNG BÁO", summary="lịch làm việc",
        body=("Lê Văn Chánh được phân công chủ trì.", "Các đơn vị thực hiện."), position="CHÁNH VĂN PHÒNG", signer="Lê Văn Chánh",
        receivers=("- Các đơn vị,", "Lưu VPTU."),
    ), Measures(layout=Layout.PARTY, fonts=str(FONTS) if FONTS.is_dir() else ""))  # fmt: skip


def signer(issued: authority.Issued):
    _identity, sealed = keys.read_p12(issued.p12(PASSPHRASE), PASSPHRASE)
    return keys.open_key(sealed, PASSPHRASE)


@lru_cache
def signed() -> bytes:
    stamp = Stamp(name="Lê Văn Chánh", lines=("Ký số 01/07/2025 15:00:00 +07:00",), find="Lê Văn Chánh")
    return sign(paper(), signer(person()), at=NOW, stamp=stamp, reason="Ký ban hành")


@lru_cache
def sealed() -> bytes:
    stamp = Stamp(name="VĂN PHÒNG THÀNH ỦY", lines=("Dấu số của cơ quan",), find="Lê Văn Chánh", seal=True)
    return sign(signed(), signer(organ()), at=NOW + timedelta(minutes=2), stamp=stamp)


def seen(pdf: bytes, **extra):
    return signatures(pdf, **({"anchors": [ca().pem], "now": NOW + timedelta(hours=1)} | extra))


def test_the_signer_and_then_the_organ_sign_one_file_and_both_hold():
    first, second = seen(sealed())
    assert [first.verdict, second.verdict] == [Verdict.VALID, Verdict.VALID]
    assert (first.signer, first.organisation, first.signed_at, first.reason) == ("Lê Văn Chánh", "Văn phòng Thành ủy", NOW, "Ký ban hành")
    assert (first.covers_all, second.covers_all, first.is_pades, second.is_pades) == (False, True, True, True)
    assert [link.name for link in first.chain] == ["Lê Văn Chánh", "Nhà cấp thử"]


def test_the_stamps_are_seen_at_the_block_of_signature_in_vietnamese():
    place = place_of(paper(), "Lê Văn Chánh", seal=False)
    seal = place_of(paper(), "Lê Văn Chánh", seal=True)
    assert place.page == len(pdfium.PdfDocument(paper())) - 1
    assert place.left > 250
    assert seal.left < place.left < seal.left + seal.width < place.left + place.width / 2
    before, after = (pdfium.PdfDocument(data) for data in (paper(), sealed()))
    for document in (before, after):
        document.init_forms()
    assert before[0].render(scale=1).to_pil().tobytes() != after[0].render(scale=1).to_pil().tobytes()


def test_without_a_block_the_stamps_stand_in_the_upper_right_corner_one_under_the_other():
    first, second = (place_of(paper(), "Không Có Tên", seal=True, earlier=n) for n in (0, 1))
    assert (first.page, first.round) == (0, False)
    assert first.left > 400
    assert second.bottom + second.height < first.bottom


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_changed_byte_of_the_signed_content_is_told(data):
    whole = signed()
    start, length, *_rest = _byte_range(whole)
    at = data.draw(st.integers(start, start + length - 1))
    changed = whole[:at] + bytes([whole[at] ^ 0x01]) + whole[at + 1 :]
    try:
        found = seen(changed)
    except NotPdf:
        return
    assert not found or found[0].verdict not in (Verdict.VALID,)


def test_what_is_added_after_the_signature_is_told():
    with pikepdf.Pdf.open(io.BytesIO(signed())) as opened:
        opened.add_blank_page()
        rewritten = io.BytesIO()
        opened.save(rewritten)
    assert seen(rewritten.getvalue())[0].verdict != Verdict.VALID
    writer = IncrementalPdfFileWriter(io.BytesIO(signed()))
    writer.root["/PageLabels"] = writer.root["/Pages"].get_object().get("/Kids")
    writer.update_root()
    later = io.BytesIO()
    writer.write(later)
    assert seen(later.getvalue())[0].verdict == Verdict.CHANGED_AFTER


def test_a_foreign_authority_is_not_trusted():
    (one,) = seen(signed(), anchors=[])
    assert one.verdict == Verdict.FOREIGN
    other = authority.open_authority("Nhà khác", since=SINCE)
    assert seen(signed(), anchors=[other.pem])[0].verdict == Verdict.FOREIGN


def test_an_expired_certificate_does_not_sign_and_is_told_when_it_expired_since():
    short = authority.issue(ca(), "Người cũ", "Cơ quan", since=SINCE, lasts=timedelta(days=200))
    with pytest.raises(SigningProblem) as refused:
        sign(paper(), signer(short), at=SINCE + timedelta(days=201))
    assert refused.value.code == "expired"
    with pytest.raises(SigningProblem) as refused:
        sign(paper(), signer(short), at=SINCE - timedelta(days=1))
    assert refused.value.code == "not_yet_valid"
    (one,) = seen(sign(paper(), signer(short), at=NOW), now=SINCE + timedelta(days=300))
    assert (one.verdict, one.was_valid_then) == (Verdict.EXPIRED, True)


def test_a_revoked_certificate_is_told_with_its_day():
    day = NOW - timedelta(days=1)
    revoked = authority.revoke(ca(), [person().certificate], at=day, now=NOW)
    (one,) = seen(signed(), revocations=[revoked])
    assert (one.verdict, one.revoked_at) == (Verdict.REVOKED, day)
    listed = certificates.read_revocations(revoked)
    assert (listed.issuer, listed.count) == ("Nhà cấp thử", 1)
    assert seen(signed(), revocations=[authority.revoke(ca(), [organ().certificate], at=day, now=NOW)])[0].verdict == Verdict.VALID
    stale = authority.revoke(ca(), [person().certificate], at=day, now=NOW - timedelta(hours=1))
    assert seen(signed(), revocations=[stale], now=NOW + timedelta(days=90))[0].verdict == Verdict.REVOKED


def test_a_wrong_passphrase_and_a_file_that_is_no_key_have_their_own_words():
    data = person().p12(PASSPHRASE)
    for wrong, code in ((data, "wrong_passphrase"), (b"khong phai", "bad_key_file"), (paper(), "bad_key_file")):
        with pytest.raises(SigningProblem) as refused:
            keys.read_p12(wrong, "sai mật khẩu")
        assert refused.value.code == code
    _identity, kept = keys.read_p12(data, PASSPHRASE)
    assert PASSPHRASE.encode() not in kept
    with pytest.raises(SigningProblem) as refused:
        keys.open_key(kept, "sai mật khẩu")
    assert refused.value.code == "wrong_passphrase"


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.7 hong", b"PK\x03\x04"])
def test_what_is_no_pdf_is_neither_signed_nor_judged(broken):
    with pytest.raises(SigningProblem) as refused:
        sign(broken, signer(person()), at=NOW)
    assert refused.value.code == "bad_pdf"
    with pytest.raises(NotPdf):
        seen(broken)


@pytest.mark.skipif(not (SOFTHSM and shutil.which("softhsm2-util")), reason="Máy này không có SoftHSM2 để thử PKCS#11.")
def test_a_key_on_a_token_signs_without_leaving_it(tmp_path, monkeypatch):
    module, pin = str(SOFTHSM), "12345678"
    (tmp_path / "tokens").mkdir()
    (tmp_path / "conf").write_text(f"directories.tokendir = {tmp_path / 'tokens'}\nobjectstore.backend = file\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "conf"))
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", "thu", "--pin", pin, "--so-pin", "87654321"], check=True, capture_output=True
    )
    _load_token(module, pin)
    identity = tokens.read_token(module, "thu", "ky", pin)
    assert identity.common_name == "Lê Văn Chánh"
    with tokens.open_token(module, "thu", "ky", pin) as opened:
        (one,) = seen(sign(paper(), opened, at=NOW))
    assert (one.verdict, one.signer) == (Verdict.VALID, "Lê Văn Chánh")
    for module_, token, label, pin_, code in (
        (module, "thu", "ky", "99999999", "wrong_passphrase"), (module, "khac", "ky", pin, "no_token"),
        (module, "thu", "khac", pin, "no_key_on_token"), ("", "thu", "ky", pin, "no_module"), ("/khong/co.so", "thu", "ky", pin, "no_module"),
    ):  # fmt: skip
        with pytest.raises(SigningProblem) as refused:
            tokens.read_token(module_, token, label, pin_)
        assert refused.value.code == code


def _load_token(module: str, pin: str) -> None:
    """Đưa khóa và chứng thư thử vào thiết bị mềm."""
    import pkcs11  # noqa: PLC0415
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
    from pkcs11.util.rsa import decode_rsa_private_key  # noqa: PLC0415
    from pkcs11.util.x509 import decode_x509_certificate  # noqa: PLC0415

    plain = person().key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    der = person().certificate.public_bytes(serialization.Encoding.DER)
    with pkcs11.lib(module).get_token(token_label="thu").open(rw=True, user_pin=pin) as session:
        named = {pkcs11.Attribute.LABEL: "ky", pkcs11.Attribute.ID: b"1", pkcs11.Attribute.TOKEN: True}
        session.create_object(decode_rsa_private_key(plain) | named)
        session.create_object(decode_x509_certificate(der) | named)


def _byte_range(pdf: bytes) -> list[int]:
    at = pdf.index(b"/ByteRange")
    inside = pdf[pdf.index(b"[", at) + 1 : pdf.index(b"]", at)]
    return [int(part) for part in inside.split()]

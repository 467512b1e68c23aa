"""Bằng chứng lâu dài trong tệp: hết hạn hay bị thu hồi sau khi ký thì vẫn đúng, trước khi ký thì không; không ai lùi giờ được."""

from datetime import timedelta
from functools import lru_cache
from io import BytesIO

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tinhgon.engine.signing import authority
from tinhgon.engine.signing.longterm import Level
from tinhgon.engine.signing.problems import SigningProblem
from tinhgon.engine.signing.sign import sign
from tinhgon.engine.signing.tests.test_signing import NOW, SINCE, ca, organ, paper, person, seen, signer
from tinhgon.engine.signing.timestamps import timestamper_at
from tinhgon.engine.signing.verify import Verdict

DAY = timedelta(days=1)
YEARS_LATER = NOW + 8 * 365 * DAY  # mọi chứng thư đã hết hạn (ba năm), gốc thì chưa


@pytest.fixture(scope="session")
def clocks(tmp_path_factory):
    """Hai máy dấu thời gian mẫu: một hết hạn sau ba năm, một còn lâu."""
    folder = tmp_path_factory.mktemp("tsa")
    for name, lasts in (("ngan", 3 * 365), ("dai", 3650)):
        made = authority.issue(ca(), f"Máy dấu thời gian {name}", "Nhà cấp thử", since=SINCE, lasts=lasts * DAY, rsa=True, stamps=True)
        (folder / f"{name}.p12").write_bytes(made.p12(""))
    return lambda name, at: timestamper_at(f"file:{folder / name}.p12", at=at)


@lru_cache
def listed(*revoked, at=NOW, now=NOW) -> bytes:
    return authority.revoke(ca(), [one.certificate for one in revoked], at=at, now=now)


def signed(clocks, *, at=NOW, tsa="dai", lists=None, key=None, pdf=None) -> bytes:
    lists = [listed()] if lists is None else lists
    return sign(pdf or paper(), signer(key or person()), at=at, timestamper=clocks(tsa, at), anchors=[ca().pem], revocations=lists)


@pytest.fixture(scope="session")
def kept(clocks):
    """Chữ ký có đủ bằng chứng."""
    return signed(clocks)


def only(pdf, **extra):
    (found,) = seen(pdf, **extra)
    return found


def test_the_page_can_tell_the_level_the_clock_and_the_list(kept):
    found = only(kept)
    assert (found.verdict, found.level, found.timestamped, found.signed_at) == (Verdict.VALID, Level.LTA, True, NOW)
    assert (found.timestamp_by, found.checked_on, found.covers_all) == ("Máy dấu thời gian dai", NOW, True)


def test_who_expired_after_signing_still_holds_with_the_proof_inside(kept):
    found = only(kept, now=YEARS_LATER)
    assert (found.verdict, found.by_proof, found.was_valid_then) == (Verdict.VALID, True, True)


def test_without_the_list_inside_an_expired_one_was_only_valid_then(clocks):
    found = only(signed(clocks, lists=[]), now=YEARS_LATER)
    assert (found.verdict, found.level, found.was_valid_then) == (Verdict.EXPIRED, Level.T, True)


def test_who_was_revoked_after_signing_still_holds(kept):
    later = listed(person(), at=NOW + DAY, now=NOW + 2 * DAY)
    found = only(kept, revocations=[later], now=NOW + 3 * DAY)
    assert (found.verdict, found.by_proof) == (Verdict.VALID, True)
    assert only(kept, revocations=[later], now=YEARS_LATER).verdict == Verdict.VALID


def test_who_was_revoked_before_signing_never_holds(clocks):
    """Nhà cấp biết muộn: danh sách lúc ký chưa ghi, danh sách sau ghi ngày thu hồi trước lúc ký."""
    late = listed(person(), at=NOW - DAY, now=NOW + DAY)
    found = only(signed(clocks), revocations=[late], now=NOW + 2 * DAY)
    assert (found.verdict, found.was_valid_then, found.revoked_at) == (Verdict.REVOKED, False, NOW - DAY)
    assert only(signed(clocks, lists=[listed(now=NOW - DAY), late])).verdict == Verdict.REVOKED  # danh sách mới nhất thắng, xếp thế nào cũng vậy
    already = listed(person(), at=NOW - DAY, now=NOW)
    assert only(signed(clocks, lists=[already])).verdict == Verdict.REVOKED
    assert only(signed(clocks, lists=[already]), now=YEARS_LATER).verdict == Verdict.REVOKED


def test_a_signature_without_a_stamp_is_revoked_whatever_time_it_claims():
    """Ai giữ khóa đã lộ thì ghi giờ nào cũng được: không có dấu thời gian thì giờ tự ghi không chứng gì."""
    bare = sign(paper(), signer(person()), at=NOW)
    found = only(bare, revocations=[listed(person(), at=NOW + DAY, now=NOW + 2 * DAY)], now=NOW + 3 * DAY)
    assert (found.verdict, found.was_valid_then, found.level) == (Verdict.REVOKED, False, Level.B)


def test_a_stamp_whose_clock_has_expired_holds_by_the_stamp_of_the_whole_file(clocks):
    first = signed(clocks, tsa="ngan")
    assert only(first).level == Level.LTA
    assert only(first, now=YEARS_LATER).verdict == Verdict.EXPIRED  # dấu ngoài cùng cũng đã hết hạn: không ai chứng nữa
    later = NOW + 2 * 365 * DAY
    again = signed(clocks, at=later, key=organ(), pdf=first, lists=[listed(now=later)])  # đóng dấu bằng máy còn lâu: nối dài bằng chứng
    person_found, seal_found = seen(again, now=YEARS_LATER)
    assert (person_found.verdict, person_found.signed_at, person_found.by_proof) == (Verdict.VALID, NOW, True)
    assert seal_found.verdict == Verdict.VALID


def test_a_clock_that_nobody_trusts_proves_nothing(tmp_path):
    stranger = authority.open_authority("Nhà cấp lạ", since=SINCE)
    (tmp_path / "la.p12").write_bytes(authority.issue(stranger, "Máy lạ", "Lạ", since=SINCE, rsa=True, stamps=True).p12(""))
    made = sign(paper(), signer(person()), at=NOW, timestamper=timestamper_at(f"file:{tmp_path / 'la.p12'}", at=NOW))
    found = only(made)
    assert (found.verdict, found.timestamped, found.level) == (Verdict.VALID, False, Level.B)
    assert only(made, revocations=[listed(person(), at=NOW + DAY, now=NOW + 2 * DAY)], now=NOW + 3 * DAY).verdict == Verdict.REVOKED
    with pytest.raises(SigningProblem) as refused:  # đã muốn bằng chứng thì không lặng lẽ ký thiếu
        sign(paper(), signer(person()), at=NOW, timestamper=timestamper_at(f"file:{tmp_path / 'la.p12'}", at=NOW), anchors=[ca().pem], revocations=[listed()])
    assert refused.value.code == "foreign_clock"


def test_a_changed_byte_is_told_whatever_proof_is_inside(kept):
    at = kept.index(b"/Type")
    changed = kept[:at] + b"/Tipe" + kept[at + 5 :]
    assert all(one.verdict != Verdict.VALID for one in seen(changed))


def test_no_clock_no_proof_and_nobody_is_asked():
    assert timestamper_at("", at=NOW) is None
    with pytest.raises(SigningProblem) as missing:
        timestamper_at("file:/khong/co.p12", at=NOW)
    assert missing.value.code == "no_timestamp"


@pytest.mark.parametrize("content", [b"khong phai danh sach", listed()[:60], b""])
def test_an_unreadable_list_inside_the_file_leaves_the_signature_broken(content):
    writer = IncrementalPdfFileWriter(BytesIO(paper()))
    store = generic.DictionaryObject({generic.NameObject("/CRLs"): generic.ArrayObject([writer.add_object(generic.StreamObject(stream_data=content))])})
    writer.root[generic.NameObject("/DSS")] = writer.add_object(store)
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    found = only(sign(out.getvalue(), signer(person()), at=NOW))
    assert (found.verdict, found.signer, found.signed_at, found.checked_on) == (Verdict.BROKEN, only(sign(paper(), signer(person()), at=NOW)).signer, NOW, None)

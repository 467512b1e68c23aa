"""Nhật ký: chỉ ghi thêm, nối chuỗi, trong giao dịch của thay đổi; sửa lén ở đâu chỉ ra ở đó."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, date
from decimal import Decimal

import pytest
from django.db import Error, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tinhgon.audit import registry
from tinhgon.audit.models import Entry, Head
from tinhgon.audit.selectors import history_of, verify
from tinhgon.audit.services import record
from tinhgon.core.actor import SYSTEM
from tinhgon.core.request import request

TARGET = ("test.thing", 7)


def write(count: int, code: str = "test.changed", **fields: object) -> None:
    for number in range(count):
        record(
            SYSTEM, code, TARGET, before={"n": number}, after={"n": number + 1, "tên": "Đảng ủy"}, **fields
        )


@contextmanager
def owners_hand() -> Iterator[None]:
    """Chủ của bảng tắt trình kích hoạt, như kẻ sửa lén sẽ làm."""
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("ALTER TABLE audit_entry DISABLE TRIGGER USER")
    yield
    run("ALTER TABLE audit_entry ENABLE TRIGGER USER")


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
class TestAppendOnly:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit_entry SET code = 'x'",
            "DELETE FROM audit_entry",
            "TRUNCATE audit_entry",
            "DELETE FROM audit_head",
            "TRUNCATE audit_head",
            "UPDATE audit_head SET sequence = 0",
        ],
    )
    def test_the_database_itself_refuses_to_change_what_was_written(self, statement: str) -> None:
        write(2)
        with pytest.raises(Error), transaction.atomic():
            run(statement)
        assert Entry.objects.count() == 2
        assert verify().intact

    def test_a_change_that_is_rolled_back_leaves_no_row(self) -> None:
        write(1)
        with transaction.atomic():
            write(1)
            transaction.set_rollback(True)
        assert Entry.objects.count() == 1
        assert verify().intact

    def test_every_row_of_one_request_carries_its_id(self) -> None:
        with request() as number:
            write(2)
        write(1)
        assert list(Entry.objects.order_by("sequence").values_list("request_id", flat=True)) == [
            number,
            number,
            None,
        ]

    def test_the_history_of_a_thing_is_newest_first(self) -> None:
        write(3)
        record(SYSTEM, "test.changed", ("test.thing", 8))
        assert [entry.after["n"] for entry in history_of(*TARGET)] == [3, 2, 1]


@pytest.mark.django_db
class TestTampering:
    @pytest.mark.parametrize(
        "change",
        [
            "code = 'test.other'",
            "after = '{\"n\": 99}'",
            "before = '{}'",
            "at = at - interval '1 day'",
            "appointment_id = 5",
            "request_id = gen_random_uuid()",
            "target_id = '8'",
            "hash = repeat('a', 64)",
            "previous_hash = repeat('a', 64)",
        ],
    )
    def test_a_changed_row_is_named(self, change: str) -> None:
        write(5)
        with owners_hand():
            run(f"UPDATE audit_entry SET {change} WHERE sequence = 3")
        verdict = verify()
        assert (verdict.broken, verdict.entries) == (3, 2)
        assert verdict.why

    def test_a_deleted_row_is_named_by_the_row_after_it(self) -> None:
        write(5)
        with owners_hand():
            run("DELETE FROM audit_entry WHERE sequence = 3")
        verdict = verify()
        assert verdict.broken == 4
        assert "3" in verdict.why

    def test_a_cut_tail_is_found(self) -> None:
        write(5)
        with owners_hand():
            run("DELETE FROM audit_entry WHERE sequence > 3")
        assert verify().broken == 4

    def test_a_row_slipped_in_after_the_head_is_found(self) -> None:
        write(2)
        with owners_hand():
            run("""INSERT INTO audit_entry (sequence, at, code, target_kind, target_id, before, after, batch_hash,
                                            previous_hash, hash)
                   SELECT 3, at, code, target_kind, target_id, before, after, batch_hash, hash, hash
                   FROM audit_entry WHERE sequence = 2""")
        assert verify().broken == 3

    def test_two_swapped_rows_are_found(self) -> None:
        write(4)
        with owners_hand():
            run("UPDATE audit_entry SET sequence = 99 WHERE sequence = 2")
            run("UPDATE audit_entry SET sequence = 2 WHERE sequence = 3")
            run("UPDATE audit_entry SET sequence = 3 WHERE sequence = 99")
        assert verify().broken == 2


@pytest.mark.django_db
class TestBatches:
    def test_a_batch_row_is_checked_against_its_ledger(self, monkeypatch: pytest.MonkeyPatch) -> None:
        ledger = {"1": "a" * 64}
        monkeypatch.setitem(registry._batch_hashers, "test.batch", lambda entry: ledger["1"])
        write(1)
        write(1, code="test.batch", batch_hash="a" * 64)
        write(1)
        assert (verify().intact, verify().batches) == (True, 1)
        ledger["1"] = "b" * 64
        assert verify().broken == 2

    def test_a_batch_row_nobody_can_check_is_not_called_sound(self) -> None:
        write(1, code="test.unknown_batch", batch_hash="a" * 64)
        verdict = verify()
        assert verdict.broken == 1
        assert "test.unknown_batch" in verdict.why


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
    | st.decimals(allow_nan=False)
    | st.floats(allow_nan=False)
    | st.uuids(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@pytest.mark.django_db
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES))
def test_whatever_is_written_reads_back_to_the_same_hash(after: dict[str, object]) -> None:
    record(SYSTEM, "test.changed", TARGET, after=after)
    assert verify().intact


def test_a_change_outside_a_transaction_is_a_fault_of_the_program(committed_db: str) -> None:
    with pytest.raises(RuntimeError):
        record(SYSTEM, "test.changed", TARGET, after={"on": date(2025, 7, 1), "share": Decimal("0.5")})
    assert not Entry.objects.exists()


def test_writers_at_the_same_time_make_one_chain(committed_db: str) -> None:
    start = threading.Barrier(6)

    def writer() -> None:
        with closing(connection):
            start.wait()
            for _ in range(20):
                with transaction.atomic():
                    write(1)

    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(writer) for _ in range(6)]:
            done.result()
    assert Head.objects.get().sequence == 120
    verdict = verify()
    assert (verdict.intact, verdict.entries) == (True, 120)

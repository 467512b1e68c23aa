"""Cùng một nội dung cất cùng một lúc từ nhiều luồng."""

import hashlib
import io
import threading

from django.db import connection

from tinhgon.files import services


def test_the_same_content_stored_at_the_same_moment_is_still_one_file(committed_db, store_in_a_temporary_folder):
    content = b"0123456789" * 500_000
    found, failures = [], []

    def run():
        try:
            found.append(services.store(io.BytesIO(content), "a.txt").pk)
        except Exception as failure:  # noqa: BLE001  (đưa lỗi của luồng ra ngoài)
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(set(found)) == 1
    assert len([path for path in store_in_a_temporary_folder.rglob("*") if path.is_file()]) == 1


class _StopsHalfway(io.BytesIO):
    """Đọc lượt hai (lượt ghi vào kho) thì dừng sau khúc đầu cho tới khi được đi tiếp."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.halfway, self.go_on = threading.Event(), threading.Event()
        self._rewound = False

    def seek(self, position: int, whence: int = 0) -> int:
        self._rewound = self._rewound or self.tell() > 0
        return super().seek(position, whence)

    def read(self, size: int | None = -1) -> bytes:
        if self._rewound and self.tell():
            self.halfway.set()
            assert self.go_on.wait(30)
        return super().read(size)


def test_a_content_stored_while_another_is_halfway_through_writing_it_harms_neither(committed_db, store_in_a_temporary_folder):
    content = b"0123456789" * 500_000
    slow, found, failures = _StopsHalfway(content), [], []

    def run():
        try:
            found.append(services.store(slow, "a.txt"))
        except Exception as failure:  # noqa: BLE001  (đưa lỗi của luồng ra ngoài)
            failures.append(failure)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert slow.halfway.wait(30)
    quick = services.store(io.BytesIO(content), "b.txt")
    assert services.verify(quick) == []
    slow.go_on.set()
    thread.join()
    assert failures == []
    assert found == [quick]
    (kept,) = [path for path in store_in_a_temporary_folder.rglob("*") if path.is_file()]
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == kept.name == quick.sha256

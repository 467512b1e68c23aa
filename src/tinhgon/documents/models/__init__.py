"""Bảng của văn bản. Đơn vị ban hành là lịch sử và không đổi; ``holder`` là đơn vị đang giữ và đi theo chuyển giao."""

from tinhgon.documents.models.appraisal import Appraisal, AppraisalRemark
from tinhgon.documents.models.approval import Approval, ApprovalStep
from tinhgon.documents.models.choices import CopyKind, Direction, PaperSize, Secrecy, Urgency
from tinhgon.documents.models.dossiers import (
    ArchiveTransfer,
    DisposalItem,
    DisposalList,
    Dossier,
    DossierEntry,
    RetentionPeriod,
)
from tinhgon.documents.models.exchange import (
    Delivery,
    DeliveryStep,
    ExchangeIdentity,
    ExchangeRequest,
    Inbox,
    Outbox,
    Partner,
    PartnerOrgan,
    Receipt,
    Status,
)
from tinhgon.documents.models.finding import Citation, PrintedBook, SavedSearch
from tinhgon.documents.models.intake import Arrival, ArrivalFile, ColumnMapping, WatchedPlace
from tinhgon.documents.models.joint import JointOrgan
from tinhgon.documents.models.numbers import NumberReservation
from tinhgon.documents.models.opinions import Opinion, OpinionRequest
from tinhgon.documents.models.papers import Attachment, Document
from tinhgon.documents.models.routing import RemarkTemplate, RoutingLine
from tinhgon.documents.models.rules import (
    OrganStyle,
    RuleProposal,
    RuleSet,
    RuleSetVersion,
    ShippedRules,
    Side,
)
from tinhgon.documents.models.series import Congress, NumberSeries
from tinhgon.documents.models.signing import Revocations, Signature, SigningKey, TrustAnchor
from tinhgon.documents.models.templates import ApprovalPath, DraftTemplate, TemplateVersion
from tinhgon.documents.models.text import DocumentText
from tinhgon.documents.models.types import DocumentType
from tinhgon.documents.models.versions import DraftVersion

__all__ = [
    "Appraisal", "AppraisalRemark", "Approval", "ApprovalPath", "ApprovalStep",
    "ArchiveTransfer", "DisposalItem", "DisposalList", "Dossier", "DossierEntry", "RetentionPeriod", "Arrival", "ArrivalFile",
    "Attachment", "Citation", "ColumnMapping", "Congress", "CopyKind", "Delivery", "DeliveryStep", "Direction",
    "Document", "DocumentText", "DocumentType", "DraftTemplate", "DraftVersion", "ExchangeIdentity",
    "ExchangeRequest", "Inbox", "JointOrgan", "NumberReservation", "NumberSeries", "PrintedBook", "Opinion", "OpinionRequest",
    "OrganStyle", "Outbox", "PaperSize", "Partner", "PartnerOrgan", "Receipt", "RemarkTemplate", "Revocations", "RoutingLine",
    "RuleProposal", "RuleSet", "RuleSetVersion", "ShippedRules", "SavedSearch", "Secrecy", "Side", "Signature", "SigningKey", "Status",
    "TemplateVersion", "TrustAnchor", "Urgency", "WatchedPlace",
]  # fmt: skip

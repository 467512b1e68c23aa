"""API: lỗi nào cũng là problem+json (RFC 9457) với mọi lý do; không cookie, không CSRF, chỉ mã truy cập."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from tinhgon.api import documents, exchange
from tinhgon.api.auth import bearer, per_token
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Reason, Refused, TinhGonError

_STATUS: tuple[tuple[type[TinhGonError], int], ...] = ((Invalid, 422), (Refused, 409), (Forbidden, 403), (NotFound, 404))
_PROBLEM = "application/problem+json"


class Api(NinjaAPI):
    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        """Lỗi trả về kiểu problem+json; ninja mặc định ghi mọi câu trả lời là application/json."""
        schema = super().get_openapi_schema(*args, **kwargs)
        for path in schema["paths"].values():
            for operation in path.values():
                for code, response in operation.get("responses", {}).items():
                    if int(code) >= 400 and "application/json" in response.get("content", {}):
                        response["content"] = {_PROBLEM: response["content"]["application/json"]}
        return schema


api = Api(
    title="Tinh Gọn", version="1", urls_namespace="api-1", docs_url=None, auth=bearer, throttle=[per_token],
    description="Sổ văn bản và trao đổi văn bản. Quyền là quyền của vị trí gắn với mã truy cập.",
)  # fmt: skip
api.add_router("", documents.router)
api.add_router("/exchange", exchange.router)


def problem(request: HttpRequest, status: int, code: str, reasons: list[Reason]) -> HttpResponse:
    said = [{"code": r.code, "detail": str(r.sentence), "field": r.field, "data": dict(r.data)} for r in reasons]
    body: dict[str, Any] = {"type": f"urn:tinhgon:{code}", "status": status, "title": said[0]["detail"], "detail": " ".join(str(s["detail"]) for s in said), "reasons": said}
    if sign := getattr(request, "sign_refusal", None):
        body["refusal"] = sign(status, body["detail"])
    response = api.create_response(request, body, status=status)
    response["Content-Type"] = f"{_PROBLEM}; charset=utf-8"
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(TinhGonError)
def refused(request: HttpRequest, error: TinhGonError) -> HttpResponse:
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 503)
    return problem(request, status, error.code, list(error.reasons))


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    reasons = [Reason("api.malformed", str(e.get("msg", "")), ".".join(str(step) for step in e.get("loc", ())[1:])) for e in error.errors]
    return problem(request, 422, "api.malformed", reasons)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(request, 401, "api.unauthenticated", [Reason("api.unauthenticated", "Thiếu mã truy cập, hoặc mã sai, hết hạn, đã thu hồi.")])


@api.exception_handler(Throttled)
def too_fast(request: HttpRequest, error: Throttled) -> HttpResponse:
    response = problem(request, 429, "api.too_fast", [Reason("api.too_fast", "Gọi quá nhanh: hãy chờ rồi gọi lại.")])
    response["Retry-After"] = str(int(error.wait or 1) + 1)
    return response


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, error.status_code, "api.bad_request", [Reason("api.bad_request", str(error))])

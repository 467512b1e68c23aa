"""Mọi thao tác ghi trong OpenAPI chịu được dữ liệu bất kỳ: không lỗi máy chủ, đúng mã và đúng dạng đã ghi.

Chạy trên cơ sở dữ liệu thử; số ví dụ có hạn, cùng hạt giống.
"""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tinhgon.api.tests.conftest import key
from tinhgon.config.wsgi import application
from tinhgon.documents.tests.factories import Office

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


@pytest.fixture
def schema(db):
    """Ứng dụng WSGI thật đóng kết nối sau mỗi lần gọi; phép thử ở trong một giao dịch nên giữ lại, như ``Client`` của Django."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    office = Office()
    office.incoming()
    office.issued()
    secret = key(office.clerk)
    loaded = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    yield loaded, secret
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.slow
def test_no_input_breaks_any_operation(schema):
    loaded, secret = schema
    tried = []
    for result in loaded.get_all_operations():
        operation = result.ok()

        @settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        def attack(case):
            case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, checks=CHECKS)

        given(case=operation.as_strategy())(attack)()
        tried.append(operation.label)
    assert len(tried) == 10, tried

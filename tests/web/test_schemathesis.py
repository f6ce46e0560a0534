"""Requests that schemathesis thinks up from the description: what comes back is what it says."""

from __future__ import annotations

import re
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.core.result import Err
from schemathesis.specs.openapi import checks
from tests.web.conftest import Server

from factscape.web.openapi import description

EXAMPLES = 4
MAY_FAIL = {"query", "query-too-large", "query-timeout", "busy"}
"""What a query of somebody's own may come to; nothing else is the server's fault."""

CHECKS: list[Any] = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_dict(description())
OPERATIONS: dict[str, Any] = {}
for one in SCHEMA.get_all_operations():
    assert not isinstance(one, Err), one
    OPERATIONS[f"{one.ok().method} {one.ok().path}"] = one.ok()


TRIED = [
    (name, mode)
    for name, operation in OPERATIONS.items()
    for mode in GenerationMode
    # What takes nothing cannot be asked wrongly; a twin is asked as its page is.
    if mode.is_positive
    or (not name.endswith(".json") and (len(operation.query) or len(operation.body)))
]


@pytest.mark.parametrize(("name", "mode"), TRIED)
def test_what_comes_back_is_described(server: Server, name: str, mode: GenerationMode) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(case=OPERATIONS[name].as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        for clock in {"as-of", "known-by"} & {*(case.query or {})}:
            # Facts as of a day take a while to make: of one day they are made once.
            if re.search(r"\d{4}", str(case.query[clock])):
                case.query[clock] = "2025-12"
        response = case.call(base_url=server.address.rstrip("/"), timeout=30)
        if response.status_code >= 500:
            assert response.json()["error"]["code"] in MAY_FAIL, case.as_curl_command()
        case.validate_response(response, checks=CHECKS)

    ask()

"""The OpenAPI 3.1 document, made of the operations and of the very types that decode and encode."""

import re
from collections.abc import Mapping
from itertools import groupby
from typing import Any

import msgspec

from devanture import __version__
from devanture.api.operations import OPERATIONS, Body, Operation
from devanture.api.schemas import Problem
from devanture.errors import PROBLEMS
from devanture.opinions.schemas import Code, Ref
from devanture.web.i18n import LANGUAGES, translate

Document = dict[str, Any]
_REF = "#/components/schemas/{name}"
_PATH_TYPES = {"p": Code, "ref": Ref}
_HEX = "[0-9a-fA-F]"
_UUID = {
    "type": "string",
    "format": "uuid",
    "pattern": f"^{_HEX}{{8}}-{_HEX}{{4}}-4{_HEX}{{3}}-[89abAB]{_HEX}{{3}}-{_HEX}{{12}}$",
    "description": "Version 4: made of random bits.",
}


def openapi(server: str, lang: str, operations: Mapping[tuple[str, str], Operation] = OPERATIONS) -> Document:
    """The document in one language; `server` is the public address."""
    types = [body.type for operation in operations.values() for body in _bodies(operation) if body.type]
    schemas, components = msgspec.json.schema_components([Problem, *types], ref_template=_REF)
    known = dict(zip(map(repr, types), schemas[1:], strict=True))
    paths: Document = {}
    for (method, path), operation in operations.items():
        paths.setdefault(path, {})[method.lower()] = _operation(method, path, operation, known, lang)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Devanture", "version": __version__, "license": _LICENCE},
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": {"voter": _VOTER}},
    }


_LICENCE = {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"}
_VOTER = {"type": "apiKey", "in": "cookie", "name": "devanture_voter"}


def _bodies(operation: Operation) -> list[Body]:
    return [body for body in (operation.body, *operation.answers.values()) if body]


def _operation(method: str, path: str, operation: Operation, schemas: Mapping[str, Any], lang: str) -> Document:
    links = {"links": _links(operation)} if operation.leads else {}
    described: Document = {
        "operationId": _operation_id(method, path),
        "summary": translate(lang, operation.summary),
        "parameters": [*_path_parameters(path), *_query_parameters(operation)],
        "responses": {
            **{str(status): _answer(status, body, schemas) | links for status, body in operation.answers.items()},
            **_refusals((*operation.problems, "busy"), lang),
        },
    }
    if operation.body:
        described["requestBody"] = {"required": True, "content": _content(operation.body, schemas)}
    if operation.voter:
        # The cookie is optional: a sending without it is taken all the same and is given one.
        described["security"] = [{"voter": []}, {}]
    return described


def _operation_id(method: str, path: str) -> str:
    return "-".join([method.lower(), *re.findall(r"\w+", path.removeprefix("/api/v1"))])


def _links(operation: Operation) -> Document:
    """Where an answer leads, in the same consultation."""
    return {
        _operation_id(*to): {
            "operationId": _operation_id(*to),
            "parameters": {"p": "$request.path.p"} | {name: f"$response.body#/{of}" for name, of in taken.items()},
        }
        for to, taken in operation.leads.items()
    }


def _path_parameters(path: str) -> list[Document]:
    names = re.findall(r"{(\w+)}", path)
    schemas = {name: msgspec.json.schema(_PATH_TYPES[name]) if name in _PATH_TYPES else _UUID for name in names}
    return [{"name": name, "in": "path", "required": True, "schema": schemas[name]} for name in names]


def _query_parameters(operation: Operation) -> list[Document]:
    lang = {"type": "string", "description": f"{' or '.join(LANGUAGES)}; anything else is as if it were not there."}
    query = {**operation.query, "lang": lang}
    return [
        {
            "name": name,
            "in": "query",
            "required": schema.get("required", False),
            "schema": {key: value for key, value in schema.items() if key != "required"},
        }
        for name, schema in query.items()
    ]


def _answer(status: int, body: Body | None, schemas: Mapping[str, Any]) -> Document:
    words = {200: "OK", 201: "Created", 304: "Not Modified"}[status]
    return {"description": words, "content": _content(body, schemas)} if body else {"description": words}


def _content(body: Body, schemas: Mapping[str, Any]) -> Document:
    return {body.media_type: {"schema": schemas[repr(body.type)] if body.type else {}}}


def _refusals(codes: tuple[str, ...], lang: str) -> Document:
    """One answer a status, which names the codes and their words."""
    ordered = sorted(dict.fromkeys(codes), key=lambda code: (PROBLEMS[code].status, code))
    return {
        str(status): _refusal(list(group), lang)
        for status, group in groupby(ordered, lambda code: PROBLEMS[code].status)
    }


def _refusal(codes: list[str], lang: str) -> Document:
    words = "\n".join(f"- `{code}`: {translate(lang, PROBLEMS[code].title)}" for code in codes)
    of_these = {"properties": {"code": {"enum": codes}}}
    schema = {"allOf": [{"$ref": _REF.format(name="Problem")}, of_these]}
    return {"description": words, "content": {"application/problem+json": {"schema": schema}}}

"""/api/docs: the API as one plain page made from its OpenAPI description; no script, nothing from another host."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pydantic import BaseModel

from assistant.messages import message
from ui.web.api_errors import LANGUAGE

_HERE = Path(__file__).parent
_CODE = re.compile(r"`([^`]+)`")
_PAGE = "api_docs.html.j2"


class Field(BaseModel):
    """A parameter or a field of a model: its type in words, and the model that it names."""

    name: str
    type: str
    model: str = ""
    required: bool = False
    about: str = ""


class Operation(BaseModel):
    """A method of a path. `body` and `answers` name what is sent and what comes back by status."""

    method: str
    path: str
    summary: str
    about: str
    parameters: list[Field]
    body: Field | None
    answers: list[Field]


def docs_router(app: FastAPI) -> APIRouter:
    """The page about the application's API."""
    routes = APIRouter()

    @routes.get("/api/docs", response_class=HTMLResponse, include_in_schema=False)
    def docs() -> HTMLResponse:
        """The page."""
        return HTMLResponse(
            docs_page(app.openapi(), app.openapi_url or ""),
            headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"},
        )

    return routes


def docs_page(description: dict[str, Any], address: str) -> str:
    """HTML of an OpenAPI description that lies at `address`."""
    environment = Environment(loader=FileSystemLoader(_HERE), autoescape=True, trim_blocks=True)
    environment.filters["marked"] = _with_code_marked
    return environment.get_template(_PAGE).render(
        operations=operations_of(description),
        models=_models_of(description),
        address=address,
        language=LANGUAGE,
        w=lambda code, **fields: message(code, LANGUAGE, **fields),
    )


def operations_of(description: dict[str, Any]) -> dict[str, list[Operation]]:
    """The operations of a description by their tag."""
    found: dict[str, list[Operation]] = {}
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            tag = next(iter(operation.get("tags", [])), "")
            found.setdefault(tag, []).append(_operation(method, path, operation))
    return found


def _operation(method: str, path: str, operation: dict[str, Any]) -> Operation:
    sent = operation.get("requestBody", {})
    return Operation(
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        about=operation.get("description", ""),
        parameters=[
            _field(each["name"], each["schema"], required=each.get("required", False), about=each.get("description", ""))
            for each in operation.get("parameters", [])
        ],
        body=_field("", _json_schema(sent), required=True) if sent else None,
        answers=[
            _field(status, _json_schema(answer), about=answer.get("description", ""))
            for status, answer in operation.get("responses", {}).items()
        ],
    )  # fmt: skip


def _models_of(description: dict[str, Any]) -> dict[str, tuple[str, list[Field]]]:
    """Of each model what it is and its fields."""
    found = {}
    for name, schema in description.get("components", {}).get("schemas", {}).items():
        required = schema.get("required", [])
        fields = [
            _field(field, each, required=field in required, about=each.get("description", ""))
            for field, each in schema.get("properties", {}).items()
        ]
        found[name] = (schema.get("description", ""), fields)
    return found


def _with_code_marked(text: str) -> Markup:
    """Text as HTML, with `names` set as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", escape(text)))


def _json_schema(holder: dict[str, Any]) -> dict[str, Any]:
    return holder.get("content", {}).get("application/json", {}).get("schema", {})


def _field(name: str, schema: dict[str, Any], *, required: bool = False, about: str = "") -> Field:
    return Field(name=name, type=type_of(schema), model=_model_in(schema), required=required, about=about)


def type_of(schema: dict[str, Any]) -> str:
    """A schema's type in words: "list of PassageFound", "string or null"."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " or ".join(type_of(each) for each in schema[several])
    if "enum" in schema:
        return " or ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"list of {type_of(schema.get('items', {}))}"
    return str(schema.get("type", ""))


def _model_in(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return type_of(schema)
    inner = [*schema.get("anyOf", []), *schema.get("oneOf", []), schema.get("items", {})]
    return next((name for each in inner if each and (name := _model_in(each))), "")

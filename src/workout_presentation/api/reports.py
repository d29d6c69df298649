"""Reports on the wire: the envelope with ``meta``, or a file; unchanged ones are not sent again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from workout_application.encoding import encode
from workout_application.reporting.answering import ReportAnswer
from workout_application.reporting.series import ChartSeries
from workout_presentation.api.envelope import PRIVATE, PageFigures, with_meta
from workout_presentation.api.operations import answers

T = TypeVar("T")
_FILES: Final = {
    "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "image/png": "(a picture)",
    "text/csv": "sessions,sets\r\n12,240\r\n",
}


@dataclass(frozen=True, slots=True)
class ReportMeta:
    """When the report was made; whatever was committed by ``as_of`` is in it."""

    as_of: datetime
    generated_at: datetime


@dataclass(frozen=True, slots=True)
class ReportEnvelope(Generic[T]):
    """The form of a report: its figures, or with ``format=series`` what a chart is drawn from."""

    success: bool
    data: T | ChartSeries
    message: str | None
    errors: None
    pagination: None
    meta: ReportMeta


@dataclass(frozen=True, slots=True)
class ReportListEnvelope(Generic[T]):
    """The form of a paged report; with ``format=series`` it has no pages."""

    success: bool
    data: list[T] | ChartSeries
    message: str | None
    errors: None
    pagination: PageFigures | None
    meta: ReportMeta


@dataclass(frozen=True, slots=True)
class ReportPageEnvelope(Generic[T]):
    """The form of a report of which a part is paged; with ``format=series`` it has no pages."""

    success: bool
    data: T | ChartSeries
    message: str | None
    errors: None
    pagination: PageFigures | None
    meta: ReportMeta


def reports(model: Any, query: type[Any]) -> dict[str, Any]:  # noqa: ANN401 - any type
    """Describe what an operation that reports answers with: JSON, or one of the files."""
    options = answers(200, model, 401, 403, 404, query=query)
    options["responses"][200]["content"] = {
        kind: {"schema": {"type": "string", "format": "binary"}, "example": example}
        for kind, example in _FILES.items()
    }
    options["responses"][304] = {"description": "The client has this answer already."}
    return options


def report_response(request: Request, answer: ReportAnswer) -> Response:
    """Answer with the report, or 304 where the client has it already."""
    # Weak: the same figures may be told with another `generated_at`.
    tag = f'W/"{answer.tag}"'
    if _has_it(request, answer.tag):
        return Response(status_code=304, headers={"ETag": tag, "Cache-Control": PRIVATE})
    if not answer.is_json:
        headers = {"ETag": tag, "Cache-Control": PRIVATE}
        return Response(answer.body, headers=headers, media_type=answer.media_type)
    meta = encode(ReportMeta(as_of=answer.as_of, generated_at=answer.generated_at))
    return with_meta(request, answer.body, meta, tag=tag, page=answer.pages)


def _has_it(request: Request, tag: str) -> bool:
    asked = request.headers.get("if-none-match", "")
    known = {part.strip().removeprefix("W/").strip('"') for part in asked.split(",")}
    return bool(known & {tag, "*"})

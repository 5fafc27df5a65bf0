"""Errors as pages for people and as problems for machines."""

import orjson
from flask import Response, make_response, render_template

from directory.http_errors import Problem


def problem_json(problem: Problem) -> Response:
    """RFC 9457."""
    return Response(
        orjson.dumps(problem.to_json()), status=problem.status, mimetype="application/problem+json"
    )


def problem_page(problem: Problem) -> Response:
    """The same in a page, with a way on."""
    return make_response(render_template("error.html", problem=problem), problem.status)

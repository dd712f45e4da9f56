"""What a person sees when something is wrong: what it is, that nothing was lost, and where to go on."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette.routing import Match

from api.pages.downloads import NoSuchFilter
from api.pages.forms.carried import ChangedOnItsWay
from api.pages.the_api import ApiRefused
from api.pages.visiting import GivenTwice, NobodySignedIn, NotOfThePast, NotOurForm, draw, visit_of
from api.pages.words import label

TITLES = {
    400: "This address cannot be read",
    403: "Your roles do not allow this",
    404: "Page not found",
    406: "This is for programs",
    405: "This cannot be opened like this",
    409: "This cannot be done now",
    412: "Somebody changed this meanwhile",
    413: "This is too much at once",
    422: "What was asked for does not fit",
    429: "Too many requests",
    500: "Something went wrong in the service",
    503: "The service cannot answer just now",
}
NOT_FOUND = "There is nothing here, or nothing that you may know of. If you typed the address, check it."


FAILED = "It is not your doing. What was saved before is saved; what you sent now may not be. Look at the record before you send it again."
DETAILS = {
    403: "It is for people with other roles than yours. If your work needs it, ask the administrator of your organisation.",
    404: NOT_FOUND,
    413: "What was sent is larger than any form here, and nothing was done. Go back, make the longest text shorter, and send it again.",
}
"""What to do about it, where the page itself says no."""
DETAILS_OF_THE_API = {
    503: "Wait a moment, and load this page again. If you sent a form, that sends it once more, and what it asks for is done only once.",
}
"""What the API says to programs, in words for people."""
SAVED_BEFORE = (
    "What you sent was saved, and need not be sent again. Wait a moment, and load this page again to see it."
)
"""The service went away between a deed and the page that follows it: to that address only a deed that is done leads."""
MOMENT = ("as_of", "true_on")
HAVE_A_PAST = {"placements": "placement", "children": "child's record", "providers": "provider's record"}
"""Records with pages for every moment, and what one of them is called."""
FOR_PROGRAMS = (
    "There is something at this address, and no page that shows it: programs ask for it, with a token of their own. "
    "What people need of it stands on the pages."
)


def answer_with_pages(site: FastAPI) -> None:
    """Let the site answer whatever goes wrong with a page."""
    site.add_exception_handler(ApiRefused, _refused)
    site.add_exception_handler(NobodySignedIn, _sign_in)
    site.add_exception_handler(NotOurForm, _not_ours)
    site.add_exception_handler(ChangedOnItsWay, _changed_on_its_way)
    site.add_exception_handler(NotOfThePast, _not_of_the_past)
    site.add_exception_handler(GivenTwice, _given_twice)
    site.add_exception_handler(NoSuchFilter, _no_such_filter)
    site.add_exception_handler(RequestValidationError, _unreadable)
    site.add_exception_handler(HTTPException, _of_framework)
    site.add_exception_handler(Exception, _failed)


def wrong(
    request: Request,
    status: int,
    detail: str,
    reasons: Sequence[dict[str, Any]] = (),
    *,
    title: str = "",
    ways: Sequence[tuple[str, str]] = (),
) -> Response:
    """The page that says what is wrong. `ways` are addresses with words, to go on."""
    title = title or TITLES.get(status, "Something is wrong with the service")
    instance = request.state.correlation_id.urn
    return draw(
        request,
        "wrong.html",
        {
            "title": title,
            "detail": detail,
            "reasons": reasons,
            "instance": instance,
            "ways": ways,
            "me": getattr(request.state, "me", None),
        },
        status,
    )


async def _refused(request: Request, error: Any) -> Response:
    if error.status == 401:
        return await _sign_in(request, error)
    # What was not there at a moment of the past is said as the API says it.
    nothing = error.status == 404 and not error.reasons
    if error.status == 503 and request.method == "GET" and request.query_params.get("done"):
        return wrong(request, 503, SAVED_BEFORE)
    detail = NOT_FOUND if nothing else DETAILS_OF_THE_API.get(error.status) or error.problem.get("detail", "")
    # Where there is one reason, the answer often says it in the same words.
    reasons = [reason for reason in error.reasons if reason["message"] != detail]
    ways = [("/sign-in", "Sign in")] if error.status == 429 else []
    if error.status == 400 and request.method == "GET":
        unread = dict.fromkeys(
            str(one.get("field")) for one in reasons if str(one.get("code")).startswith("parameter_")
        )
        if unread:
            # What the library says of it is for programs.
            detail = "Something in the address is not what this page can show."
            reasons = [
                {"message": f"{label(name)}: what the address says of it cannot be read."} for name in unread
            ]
            ways = [(request.url.path, "Open this page without it")]
    return wrong(request, error.status, detail, reasons, ways=ways)


async def _sign_in(request: Request, error: Exception) -> Response:
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    back = f"?next={quote(wanted, safe='')}" if request.method == "GET" and wanted != "/" else ""
    return RedirectResponse(f"/sign-in{back}", 303)


async def _not_ours(request: Request, error: Exception) -> Response:
    detail = (
        "The form was open for too long, or was signed out of meanwhile, so nothing was done. Go back in your browser, "
        "copy what you typed, open the page again and send it from there."
    )
    return wrong(request, 403, detail)


async def _changed_on_its_way(request: Request, error: Exception) -> Response:
    detail = (
        "It came back with something in it that this page never puts there, so nothing was done. Open the page again, and send it "
        "from there. If it happens again, an add-on of your browser may be the cause."
    )
    return wrong(request, 400, detail, title="This form was changed on its way")


async def _not_of_the_past(request: Request, error: Exception) -> Response:
    """Shows the way to this page of now, and to the record or list it is a part of, as that stood at the moment asked for."""
    asked = request.query_params.multi_items()
    moment = [(name, value) for name, value in asked if name in MOMENT]
    others = [(name, value) for name, value in asked if name not in MOMENT]
    path = request.url.path
    ways = [(f"{path}?{urlencode(others)}" if others else path, "See this page as things are now")]
    plural, *rest = path.strip("/").split("/")
    if plural in HAVE_A_PAST:
        of = f"/{plural}/{rest[0]}" if rest else f"/{plural}"
        ways.append(
            (
                f"{of}?{urlencode(moment)}",
                f"See the {HAVE_A_PAST[plural] if rest else 'list'} as it stood at that moment",
            )
        )
    detail = "Only how things are now is shown here. To show that under a day of the past would mislead."
    return wrong(request, 400, detail, title="This page cannot show the past", ways=ways)


async def _given_twice(request: Request, error: Any) -> Response:
    detail = f"{label(error.name)} is given twice in the address, and this page can show one of them only."
    return wrong(request, 400, detail, ways=[(request.url.path, "Open this page without it")])


async def _no_such_filter(request: Request, error: Any) -> Response:
    """Shows the way to the same without the names that nobody knows, on the page where there is one."""
    called = ", ".join(f"“{name}”" for name in error.names)
    detail = (
        f"This page knows no filter called {called}. A file that is not narrowed by it would hold more than was asked for, "
        "so none was made."
    )
    known = [
        (name, value)
        for name, value in request.query_params.multi_items()
        if value and name != "form" and name[:40] not in error.names
    ]
    path = request.url.path
    ways = [(f"{path}?{urlencode(known)}" if known else path, "Go on without it")]
    return wrong(request, 400, detail, title="This file was not made", ways=ways)


async def _unreadable(request: Request, error: Any) -> Response:
    if any(problem["loc"][0] == "path" for problem in error.errors()):
        return wrong(request, 404, NOT_FOUND)
    return wrong(request, 400, "The address holds something that this page does not know.")


async def _of_framework(request: Request, error: Any) -> Response:
    # Where no page was found, nobody has asked yet who it is.
    with suppress(NobodySignedIn, NotOfThePast, GivenTwice, ApiRefused):
        await visit_of(request)
    if error.status_code == 404 and _is_for_programs(request):
        return wrong(request, 406, FOR_PROGRAMS)
    return wrong(request, error.status_code, DETAILS.get(error.status_code, "Go back and try another way."))


async def _failed(request: Request, error: Exception) -> Response:
    """A fault in a page itself. What it was is in the log, and nothing of it here: its words may quote a child's record."""
    return wrong(request, 500, FAILED)


def _is_for_programs(request: Request) -> bool:
    """Whether the API has this address and no page does. The address of any form fits many of the API's; only a form's name is none."""
    own = getattr(request.scope.get("route"), "path", "")
    if request.method != "GET" or (own and not own.endswith("{dashed}")):
        return False
    routes = request.app.state.api.router.routes
    return any(route.matches(request.scope)[0] is Match.FULL for route in routes)

"""The address of a page's picture: rights, file and number are checked each time, also where it is remembered."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from corpus.page_picture import MEDIA_TYPE
from corpus.problem import Problem
from ui.people.access import Access
from ui.web.page_pictures import WIDTHS, PagePictures
from ui.web.printed_pages import printed_pages
from ui.web.readable import readable_article
from ui.web.workplace import Workplace


def add_page_pictures(routes: APIRouter, workplace: Workplace, access: Access) -> None:
    """Add the route; what may be read may be seen printed, and nothing else."""
    pictures = PagePictures()

    @routes.get("/article/{article_id}/page/{number}", include_in_schema=False)
    def page_picture(
        article_id: str,
        number: int,
        request: Request,
        width: Annotated[int, Query(ge=1, le=10_000)] = WIDTHS[0],
    ) -> Response:
        """A page of the file that an article was read from, as a picture."""
        person = access.need(request)
        catalogue, article = readable_article(workplace, person, article_id)
        pages = printed_pages(catalogue, person, article)
        if pages is None:
            raise Problem("page_not_there", page=number)
        drawn = next((each for each in WIDTHS if each >= width), WIDTHS[-1])
        tag = f'"{pages.digest[:32]}-{number}-{drawn}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        pictures.check(pages)
        if request.headers.get("if-none-match") == tag and pages.first <= number <= pages.last:
            return Response(status_code=304, headers=headers)
        picture = pictures.picture(pages, number, drawn)
        access.need_still(request, person)
        return Response(
            picture,
            media_type=MEDIA_TYPE,
            headers={**headers, "Content-Security-Policy": "default-src 'none'"},
        )

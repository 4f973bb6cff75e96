"""The doors for other programs: search, articles, evals, the OpenAI-compatible endpoint, MCP, and their description."""

from __future__ import annotations

from fastapi import FastAPI

from corpus.extras import is_installed
from ui.briefings.job import BriefingJobs
from ui.people.access import Access
from ui.people.limits import Limits
from ui.web.api_articles import articles_router
from ui.web.api_briefing import briefing_router
from ui.web.api_docs import docs_router
from ui.web.api_errors import no_mcp_router, no_path_router
from ui.web.api_evals import evals_router
from ui.web.api_search import search_router
from ui.web.eval_job import EvalJob
from ui.web.openai_api import openai_router
from ui.web.workplace import Workplace


def add_doors(app: FastAPI, workplace: Workplace, access: Access, limits: Limits, job: EvalJob) -> None:
    """Add every door to the application; before the page is mounted, which takes all other paths."""
    app.include_router(search_router(workplace, access, limits))
    app.include_router(articles_router(workplace, access))
    app.include_router(briefing_router(workplace, access, limits, BriefingJobs()))
    app.include_router(evals_router(workplace, access, job))
    app.include_router(openai_router(workplace, access, limits))
    app.include_router(docs_router(app))
    app.include_router(no_path_router())
    if is_installed("mcp"):
        from ui.web.mcp_mount import mount_mcp

        mount_mcp(app, workplace, access, limits)
    else:
        app.include_router(no_mcp_router())

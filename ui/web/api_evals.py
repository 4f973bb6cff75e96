"""The API's evals: the sets, the runs with their figures, and the run under way."""

from __future__ import annotations

from pathlib import PurePath

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from assistant.limits import NAME_CHARACTERS, check_text
from corpus.problem import Problem
from evals.folder import RunFolder, runs_in
from evals.sets import OURS
from evals.summary import Summary
from ui.people.access import Access
from ui.people.person import Role, sees_all
from ui.web.api_errors import http_error, told
from ui.web.eval_job import EvalJob, JobStatus, sets_seen_by
from ui.web.workplace import Workplace


class EvalSet(BaseModel):
    """A set of questions; `own` ones lie in the data folder, the others come with the program."""

    name: str
    own: bool


class Run(BaseModel):
    """A run of a set; times are in UTC, `finished` is empty while questions are left."""

    name: str
    set: str
    started: str
    finished: str


class Evals(BaseModel):
    """The sets and the runs, newest first."""

    sets: list[EvalSet]
    runs: list[Run]


class RunFigures(Run):
    """A run with its figures, each with its interval, in all and by type."""

    articles: int
    passages: int
    summary: Summary


class StartRun(BaseModel):
    """What is sent to start a run."""

    set: str = Field(description="a name that /api/evals/sets lists")


class Job(BaseModel):
    """The run under way or the last one: `phase` is idle, running, finished, stopped or failed.

    `name` is the set while it runs and the run once it has ended; `seconds_left` is a guess. `skipped` tells of lines of the set that are wrong.
    """

    phase: str
    name: str = ""
    done: int = 0
    total: int = 0
    seconds_left: float = 0.0
    problem: str = ""
    skipped: list[str] = Field(default_factory=list)


def evals_router(workplace: Workplace, access: Access, job: EvalJob) -> APIRouter:
    """The evals of a workplace; `job` is the one that the page shows too."""
    routes = APIRouter(tags=["evals"])
    _add_sets_and_runs(routes, workplace, access)
    _add_job(routes, workplace, access, job)
    return routes


def _add_sets_and_runs(routes: APIRouter, workplace: Workplace, access: Access) -> None:
    @routes.get("/api/evals", summary="The sets and the runs")
    def evals(request: Request) -> Evals:
        """What there is: sets that can be run, and runs."""
        return Evals(sets=sets(request), runs=runs(request))

    @routes.get("/api/evals/sets", summary="The sets of questions")
    def sets(request: Request) -> list[EvalSet]:
        """Every set that can be run; the library's own are for who may see all that they quote."""
        known = sets_seen_by(access.need(request), workplace.settings)
        return [EvalSet(name=name, own=file.parent != OURS) for name, file in known.items()]

    @routes.get("/api/evals/runs", summary="The runs, newest first")
    def runs(request: Request) -> list[Run]:
        """Every run whose record can be read; none where some article is hidden from who asks."""
        folders = runs_in(workplace.settings.runs_folder) if sees_all(access.need(request)) else []
        return [run for folder in folders if (run := _run(folder)) is not None]

    @routes.get("/api/evals/runs/{name}", summary="The figures of a run")
    def run_figures(name: str, request: Request) -> RunFigures:
        """How many questions were answered right, cited right and rightly refused, with intervals, in all and by type.

        Only for who may see all: the figures count articles that others may not know of, as the page has it.
        """
        may_see = sees_all(access.need(request))
        folders = {folder.path.name: folder for folder in runs_in(workplace.settings.runs_folder)}
        run = _run(folders[name]) if may_see and name in folders else None
        try:
            if run is None:
                raise Problem("program_no_run", name=name)
            identity = folders[name].record().identity
            return RunFigures(
                **run.model_dump(),
                articles=identity.articles,
                passages=identity.passages,
                summary=folders[name].summary(),
            )
        except Problem as problem:
            gone = Problem("program_no_run", name=name) if problem.code == "not_a_run" else problem
            raise http_error(gone) from problem


def _add_job(routes: APIRouter, workplace: Workplace, access: Access, job: EvalJob) -> None:
    @routes.post("/api/evals/runs", status_code=202, summary="Start a run of a set")
    def start(body: StartRun, request: Request) -> Job:
        """Run a set in the background, one run at a time; a run of the same set that was stopped is gone on with."""
        person = access.need(request, Role.EDITOR)
        try:
            file = sets_seen_by(person, workplace.settings).get(check_text("set", body.set, NAME_CHARACTERS))
            if file is None:
                raise Problem("program_no_set", name=body.set)
            job.start(file, workplace.settings.language, person)
        except Problem as problem:
            raise http_error(problem) from problem
        return _job(job.status.seen_by(person))

    @routes.get("/api/evals/job", summary="How far the run is")
    def progress(request: Request) -> Job:
        """The run under way, or how the last one ended; to others than who started it only where they may see all."""
        return _job(job.status.seen_by(access.need(request)))

    @routes.delete("/api/evals/job", summary="Stop the run")
    def stop(request: Request) -> Job:
        """Stop after the questions under way; what is done is kept."""
        person = access.need(request, Role.EDITOR)
        job.stop()
        return _job(job.status.seen_by(person))


def _run(folder: RunFolder) -> Run | None:
    try:
        record = folder.record()
    except Problem:
        return None
    return Run(
        name=folder.path.name,
        set=PurePath(record.identity.set_file).stem,
        started=record.started,
        finished=record.finished,
    )


def _job(status: JobStatus) -> Job:
    return Job(
        phase=status.phase,
        name=status.name,
        done=status.done,
        total=status.total,
        seconds_left=round(status.left, 1),
        problem=told(status.problem) if status.problem else "",
        skipped=[told(problem) for problem in status.skipped],
    )

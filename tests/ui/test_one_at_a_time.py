"""One works, a few wait, and those beyond are told at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from corpus.problem import Problem
from ui.web.one_at_a_time import OneAtATime


def test_one_works_a_few_wait_and_others_are_told() -> None:
    work = OneAtATime(2, "page_busy")
    begun, go, done = Event(), Event(), []

    def works(name: str) -> None:
        with work.turn():
            begun.set()
            go.wait(10)
            done.append(name)

    with ThreadPoolExecutor(2) as threads:
        threads.submit(works, "first")
        assert begun.wait(10)
        second = threads.submit(works, "second")
        while work._places._value:
            assert not second.done()
        with pytest.raises(Problem, match="page_busy"), work.turn():
            pass
        assert done == []
        go.set()
    assert done == ["first", "second"]
    for _ in range(3):
        with pytest.raises(Problem, match="page_not_drawn"), work.turn():
            raise Problem("page_not_drawn")

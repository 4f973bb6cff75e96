"""How many questions a person may ask in a minute."""

import pytest
from fastapi import HTTPException
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from tests.ui.clock import Clock
from tests.ui.made_requests import request_of
from ui.people.limits import Limits
from ui.people.person import LOCAL, Person, Role


@trials(max_examples=60)
@given(st.integers(1, 50), st.lists(st.floats(0, 30), min_size=1, max_size=120))
def test_no_more_is_let_through_than_the_bucket_and_its_refill(a_minute: int, pauses: list[float]) -> None:
    clock = Clock()
    limits = Limits(a_minute, clock)
    began, let_through = clock.now, 0
    for pause in pauses:
        clock.now += pause
        let_through += limits.wait_s("anna") == 0
        assert let_through <= a_minute + (clock.now - began) * a_minute / 60 + 1e-6
    wait_s = limits.wait_s("anna")
    if wait_s:
        clock.now += wait_s + 1e-3
        assert limits.wait_s("anna") == 0


def test_people_are_limited_each_by_themselves_and_nobody_by_address() -> None:
    limits = Limits(1, Clock())
    request = request_of()
    for person in (Person("anna", Role.READER), Person("bo", Role.READER), LOCAL):
        limits.take(person, request)
        with pytest.raises(HTTPException) as error:
            limits.take(person, request)
        assert error.value.status_code == 429
        assert error.value.headers == {"Retry-After": "60"}
        assert "60 秒" in error.value.detail
    other = request_of()
    other.scope["client"] = ("10.0.0.2", 5)
    limits.take(LOCAL, other)

"""Which sources a chat asks: kept with it, shown, taken away; and the fields of the filters."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from assistant.limits import CHOSEN_ARTICLES, check_filters
from corpus.problem import Problem
from index.query import Filters
from index.state import StatePlace
from tests.ui.conftest import Served
from tests.ui.test_chips import turn
from ui.chats.store import ChatStore
from ui.people.person import LOCAL, Person, Role
from ui.web.chips import chips_of, filters_without
from ui.web.chosen_sources import chip_html, sources_of_deed
from ui.web.filter_fields import FilterFields, fields_of, filters_from, values_of
from ui.web.render import answer_as_html

READER = Person("ann", Role.READER, frozenset())


def test_the_sources_of_a_chat_are_kept_with_it(chats_at: StatePlace) -> None:
    store = ChatStore(chats_at)
    chat, other = store.begin("ann", "问"), store.begin("ann", "另问")
    chosen = Filters(articles=["a", "b"])
    store.sources.keep(chat, "ann", chosen.model_copy(update={"years": [2024], "collections": ["内"]}))
    store.sources.keep("", "ann", Filters(within_collections=["甲"]))
    store.close()
    again = ChatStore(chats_at)
    assert again.sources.of(chat, "ann") == chosen, "neither filters nor what may be seen"
    assert again.sources.of("", "ann") == Filters(within_collections=["甲"])
    assert again.sources.of(other, "ann") == again.sources.of("", "bo") == Filters()
    again.sources.keep(chat, "ann", Filters())
    assert again.sources.of(chat, "ann") == Filters()
    again.close()


def test_only_what_the_person_may_see_can_be_chosen(server: Served) -> None:
    index = server.workplace.index
    assert index is not None
    ids = [each.id for each in index.catalogue.articles()][:3]
    deed = f"articles/{'%20'.join([*ids, ids[0], 'gone'])}"
    assert sources_of_deed(server.workplace, READER, deed, "zh") == Filters(articles=[*ids, "gone"])
    for wrong, code in (
        ("articles/", "choose_nothing"),
        ("articles/gone", "choose_no_longer"),
        ("collection/没有", "choose_no_longer"),
        ("folder", "role_needed"),
        ("else/x", "choose_nothing"),
        (f"articles/{'%20'.join(map(str, range(CHOSEN_ARTICLES + 1)))}", "limit_items"),
        ("articles/" + "a" * 300, "limit_characters"),
    ):
        with pytest.raises(Problem, match=code):
            sources_of_deed(server.workplace, READER, wrong, "zh")
    with pytest.raises(Problem, match="choose_nothing"):
        sources_of_deed(server.workplace, LOCAL, "folder", "zh")


def test_the_chip_names_what_is_chosen_and_says_what_is_gone(server: Served) -> None:
    index = server.workplace.index
    assert index is not None
    articles = index.catalogue.articles()
    chip = chip_html(server.workplace, READER, Filters(articles=[articles[0].id, "gone"]), "zh")
    assert articles[0].title[:10] in chip
    assert "1 篇" in chip
    assert "另有 1 篇已移出" in chip
    many = chip_html(server.workplace, READER, Filters(articles=[each.id for each in articles[:5]]), "zh")
    assert "等" in many
    assert "5 篇" in many
    assert chip_html(server.workplace, READER, Filters(years=[2024]), "zh") == ""
    folder = chip_html(server.workplace, READER, Filters(within_folders=["/secret/<b>place"]), "zh")
    assert "secret" not in folder
    assert "<b>place" not in folder


def test_an_answer_says_what_it_was_asked_of_and_a_refusal_leads_out() -> None:
    filters = Filters(articles=["a", "b"], kinds=["通知"], since="2024-03", until="2024")
    kept = turn("粮食产量是多少?", filters)
    html = chips_of(kept, "zh")
    assert "只问 2 篇 ✕" in html
    assert "筛选 通知 ✕" in html
    assert "筛选 2024-03 至 2024 ✕" in html
    assert kept.answer is not None
    assert answer_as_html(kept.answer, "zh", kept).count("#act/everywhere/7") == 2
    left = filters_without(filters, "2024-03 至 2024")
    assert left == Filters(articles=["a", "b"], kinds=["通知"])
    assert filters_without(filters, "") == filters
    assert filters_without(filters, "from 2024-03") == filters


def test_the_fields_tell_the_filters_and_how_many_are_set() -> None:
    filters = filters_from([2024], None, ["简报"], [], " 2025年3月 ", "2025/12/31")
    assert (filters.since, filters.until) == ("2025-03", "2025-12-31")
    assert filters_from(*fields_of(filters)) == filters
    assert len(values_of(filters, "zh")) == 3
    fields = FilterFields("zh")
    assert "已选 3 项" in fields.head(*fields_of(filters)).label
    assert "已选" not in fields.head([], [], [], [], "", "").label


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        ("昨天", "", "filter_no_date"),
        ("", "2025-02-30", "filter_no_date"),
        ("2025-06", "2025-05-31", "filter_dates_crossed"),
        ("0000", "", "filter_no_date"),
    ],
)
def test_days_that_are_none_are_refused(since: str, until: str, code: str) -> None:
    with pytest.raises(Problem, match=code):
        check_filters(filters_from(since=since, until=until))
    check_filters(Filters(since="2025-06", until="2025"))


def test_the_api_takes_chosen_articles_days_and_kinds(server: Served) -> None:
    assert server.workplace.index is not None
    articles = server.workplace.index.catalogue.articles()
    report = next(each for each in articles if each.kind == "政府工作报告")
    question = "城镇新增就业实现了多少?"
    with httpx.Client(base_url=server.address, timeout=60) as http:

        def ask(**filters: Any) -> httpx.Response:
            return http.post("/api/ask", json={"question": question, "filters": filters})

        answer = ask(articles=[report.id]).raise_for_status().json()
        assert {each["article_id"] for each in (*answer["citations"], *answer["near"])} == {report.id}
        found = http.get(
            "/api/search", params={"question": question, "article": [report.id, "gone"], "top": 3}
        )
        assert {hit["article_id"] for hit in found.json()["hits"]} == {report.id}
        assert found.json()["missing_articles"] == ["gone"]
        listed = http.get("/api/articles", params={"kind": "政府工作报告", "until": "2024"}).json()[
            "articles"
        ]
        assert listed
        assert all(each["kind"] == "政府工作报告" and each["date"] < "2025" for each in listed)
        assert ask(since="昨天").status_code == 422
        assert ask(articles=["a"] * (CHOSEN_ARTICLES + 1)).status_code == 422
        assert ask(articles=["x"]).json()["refused"]
        # Where files lie is nobody's to ask.
        assert ask(within_folders=["/"]).status_code == 422
        assert "within_folders" not in http.get("/api/openapi.json").text


def test_a_choice_before_the_first_question_becomes_the_chats(tmp_path: Path) -> None:
    from tests.ui.test_chat_tab import Chatting, deed_of, request_of
    from ui.web.views import View

    chatting = Chatting(tmp_path)
    chosen = Filters(articles=["a"])
    catalogue: Any = SimpleNamespace(find_articles=lambda *_, **__: ([], 1))
    chatting.workplace.index = SimpleNamespace(catalogue=catalogue)
    drawn = deed_of(chatting, View(), name="choose", of="articles/a")[0]
    assert drawn[1].sources == chosen
    assert "只问" in drawn[6]
    assert chatting.store.sources.of("", "ann") == chosen, "a reload shows it again"
    view = chatting.answered("问", drawn[1])
    assert chatting.store.turns(view.chat)[0].filters.articles == ["a"]
    assert chatting.store.sources.of(view.chat, "ann") == chosen
    assert chatting.store.sources.of("", "ann") == Filters()
    fresh = chatting.tab._begin_anew(view, request_of("p"))
    assert fresh[1].sources == Filters()
    assert fresh[6] == ""
    assert chatting.store.sources.of(view.chat, "ann") == chosen
    # Another tab that still shows no chip asks what the chat asks.
    other = chatting.answered("再问", View(chat=view.chat))
    assert chatting.store.turns(other.chat)[1].filters.articles == ["a"]
    drawn = deed_of(chatting, other, name="unchoose")[0]
    assert drawn[6] == ""
    assert chatting.store.sources.of(view.chat, "ann") == Filters()

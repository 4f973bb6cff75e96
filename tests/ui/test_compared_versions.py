"""Two versions side by side: for the reader and for programs, and only of what a person may read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.settings import Settings
from tests.ui.signed_in import OUTSIDER, OpenLibrary, open_library

RULE = """\
# 某市商业秘密保护办法{mark}

日期：{year}-03-01

第一条 为了保护商业秘密，维护公平竞争的市场秩序，根据有关法律法规，结合本市实际，制定本办法。

第二条 市场监督管理部门负责本行政区域内商业秘密保护工作，发展改革、科技、公安等部门按照各自职责做好相关工作。

第三条 企业应当建立商业秘密保护制度，明确管理人员，与涉密人员签订保密协议，<b>定期</b>组织培训。

第四条 违反本办法规定，拒不改正的，处{fine}罚款；情节严重的，依法从重处罚，并向社会公布处理结果。

第五条 本办法自{year}年3月1日起施行，有效期五年，由市场监督管理部门负责解释。
"""


@pytest.fixture
def library(tmp_path: Path, settings: Settings) -> Iterator[OpenLibrary]:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.md").write_text(RULE.format(mark="（试行）", year=2019, fine="五万元"), "utf-8")
    (corpus / "b.md").write_text(RULE.format(mark="（2024年修订）", year=2024, fine="<i>十万元</i>"), "utf-8")
    with open_library(tmp_path, settings) as opened:
        yield opened


def test_an_article_leads_to_its_versions_and_these_stand_side_by_side(library: OpenLibrary) -> None:
    client = library.client
    older, newer = (each.id for each in sorted(library.catalogue.articles(), key=lambda each: each.date))
    page = client.get(f"/article/{newer}?lang=zh&look=dark").text
    assert f"/article/{newer}/compare/{older}?lang=zh&amp;look=dark" in page

    # The older stands on the left, from whichever of them one comes.
    for one, other in ((older, newer), (newer, older)):
        reply = client.get(f"/article/{one}/compare/{other}?lang=zh&look=dark")
        drawn = reply.text
        heads = drawn[drawn.index("<thead>") : drawn.index("</thead>")]
        assert heads.index("试行") < heads.index("2024年修订")
        assert "<del>五万元</del>" in drawn
        assert 'data-look="dark"' in drawn
        assert "<i>" not in drawn
        assert "<b>定期" not in drawn
        assert "unsafe-eval" not in reply.headers["content-security-policy"]
        assert f'href="/article/{one}?lang=zh&amp;look=dark"' in drawn

    told = client.get(f"/api/articles/{newer}/compare/{older}").json()
    assert told["older"]["id"] == older
    (fine,) = [row for row in told["rows"] if any("罚款" in piece["text"] for piece in row["older"])]
    assert fine["kind"] == "changed"
    assert {"text": "五万元", "changed": True} in fine["older"]

    library.catalogue.correct(older, {"collection": "内部"})
    library.access.person = OUTSIDER
    assert f"/compare/{older}" not in client.get(f"/article/{newer}?lang=zh").text
    for hidden in (older, "nothing", "x" * 5000):
        assert client.get(f"/article/{newer}/compare/{hidden}").status_code == 404
        assert client.get(f"/article/{hidden}/compare/{newer}").status_code == 404
    assert client.get(f"/api/articles/{newer}/compare/{older}").status_code == 404

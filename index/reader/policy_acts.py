"""Made-up questions on acts and events: what is paid by them, who issued them, when something happens, who speaks."""

from __future__ import annotations

from index.reader.policy_passages import MadeGroup, PolicyPassages
from index.reader.policy_vocabulary import ACTS, BODIES, INDUSTRIES, PEOPLE, PLACES, ROLES


class ActQuestions(PolicyPassages):
    """What an act or a report of an event tells beside the one thing that is asked for."""

    def subsidy(self) -> MadeGroup:
        """How much an act pays at most, or what share of the costs."""
        place, industry = self._pick(PLACES), self._pick(INDUSTRIES)
        year = self._random.randint(2018, 2026)
        amount = f"{self._random.choice([50, 100, 200, 300, 500, 800, 1000, 2000, 3000, 5000])}万元"
        share = f"{self._random.randint(5, 60)}%"
        act = self._random.choice(ACTS).format(i=industry)
        want_share = self._random.random() < 0.3
        right = f"{place}印发《{act}》，对符合条件的{industry}企业按研发投入的{share}给予补助，单个企业最高不超过{amount}。"
        question = (
            f"{place}对{industry}企业研发投入补助比例是多少？"
            if want_share
            else self._random.choice(
                [
                    f"{place}{industry}企业最高能补多少钱？",
                    f"《{act}》单个企业补助上限",
                    f"{place}给{industry}企业的补助最多多少",
                ]
            )
        )
        wrong = [
            right.replace(place, self._pick(PLACES, place))
            if "《" not in question
            else f"{place}对{industry}人才给予{amount}安家补贴。",
            f"{place}{year}年{industry}产业专项资金总规模为{self._amount('亿元')}。",
            f"{place}印发《{act}》，对{industry}企业给予补助，具体标准另行公布。",
            f"{place}对首次上市的{industry}企业一次性奖励{self._amount('万元')}。",
        ]
        return self._group(question, right, share if want_share else amount, wrong, place, year, industry)

    def body(self) -> MadeGroup:
        """Who issued an act."""
        place, industry = self._pick(PLACES), self._pick(INDUSTRIES)
        year, month = self._random.randint(2018, 2026), self._random.randint(1, 12)
        body, act = self._pick(BODIES), self._random.choice(ACTS).format(i=industry)
        right = f"{month}月，{place}{body}印发《{act}》，自发布之日起施行。"
        question = self._random.choice(
            [
                f"《{act}》是哪个部门印发的？",
                f"{place}的{industry}政策由谁发布？",
                f"哪个部门出台了{place}{act}",
            ]
        )
        wrong = [
            f"《{act}》从资金、人才、场景三方面提出举措，受到企业欢迎。",
            f"{place}{self._pick(BODIES, body)}召开会议，研究部署安全生产工作。",
            f"{self._pick(PLACES, place)}{self._pick(BODIES, body)}印发《{self._random.choice(ACTS).format(i=self._pick(INDUSTRIES, industry))}》。",
        ]
        return self._group(question, right, f"{place}{body}", wrong, place, year, industry)

    def date(self) -> MadeGroup:
        """When something opens, begins, or takes effect."""
        place, industry = self._pick(PLACES), self._pick(INDUSTRIES)
        year, month, day = (
            self._random.randint(2018, 2027),
            self._random.randint(1, 12),
            self._random.randint(1, 28),
        )
        date = self._random.choice(
            [
                f"{year}年{month}月{day}日",
                f"{year}年{month}月",
                f"{month}月{day}日",
                f"{year}年上半年",
                f"{year}年底前",
            ]
        )
        what = self._random.choice(
            [
                f"{industry}创新中心",
                f"{industry}产业园",
                f"《{self._random.choice(ACTS).format(i=industry)}》",
                f"{industry}示范项目",
            ]
        )
        verb = (
            "施行" if what.startswith("《") else self._random.choice(["投产", "启用", "开工", "建成", "量产"])
        )
        right = (
            f"{place}{what}{'自' if verb == '施行' else '于'}{date}{'起' if verb == '施行' else ''}{verb}。"
        )
        question = self._random.choice(
            [f"{place}{what}什么时候{verb}？", f"{what}{verb}时间", f"{place}{what}哪天{verb}的"]
        )
        wrong = [
            f"{place}{what}由多家单位共同推进，进展顺利。",
            f"{self._pick(PLACES, place)}{self._pick(INDUSTRIES, industry)}产业园于{year}年{self._random.randint(1, 12)}月{verb}。",
            f"{place}{what}申报工作于{year}年{self._random.randint(1, 12)}月截止。"
            if verb != "施行"
            else f"{what}于{year}年{month}月公开征求意见。",
        ]
        return self._group(question, right, date, wrong, place, year, industry)

    def person(self) -> MadeGroup:
        """Who holds an office."""
        place, industry = self._pick(PLACES), self._pick(INDUSTRIES)
        person, role, year = self._pick(PEOPLE), self._pick(ROLES), self._random.randint(2018, 2026)
        right = f"{place}{industry}协会{role}{person}表示，{industry}需求持续增长，{year}年有望再创新高。"
        question = self._random.choice(
            [
                f"谁是{place}{industry}协会{role}？",
                f"{place}{industry}协会的{role}叫什么",
                f"{place}{industry}协会{role}是谁？",
            ]
        )
        wrong = [
            f"{place}{industry}协会发布报告称，{industry}需求持续增长。",
            f"{place}{industry}协会{self._pick(ROLES, role)}{self._pick(PEOPLE, person)}出席论坛并致辞。",
            f"{self._pick(PLACES, place)}{self._pick(INDUSTRIES, industry)}协会{role}{self._pick(PEOPLE, person)}表示看好市场。",
        ]
        return self._group(question, right, person, wrong, place, year, industry)

"""Made-up policy sentences with questions, for training: what a near miss of a policy question looks like.

Nothing here is a fact. Places, years, industries and figures are drawn at random, so that the reader learns
which of them a question asks for, not what they are.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from index.reader.policy_economy import Bulletins
from index.reader.policy_vocabulary import (
    ACTS,
    ATTRIBUTES,
    BODIES,
    INDUSTRIES,
    MEASURES,
    PEOPLE,
    PLACES,
    ROLES,
    THINGS,
)


@dataclass
class MadeGroup:
    """A question with a passage that answers and passages that nearly do; `answer` is empty when none does."""

    question: str
    positive: str
    answer: str
    negatives: list[str] = field(default_factory=list)


class PolicyQuestions:
    """Draws groups; the same seed draws the same ones."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)
        self._bulletins = Bulletins(self._random)

    def draw(self) -> MadeGroup:
        """One group of a random kind."""
        kind = self._random.choice(
            [
                self._figure,
                self._figure,
                self._goal,
                self._goal,
                self._subsidy,
                self._body,
                self._date,
                self._person,
            ]
            + [self._attribute] * 5
            + [self._period] * 2
            + [self._economy] * 8
        )
        return kind()

    def _economy(self) -> MadeGroup:
        question, bulletin, answer, misses = self._bulletins.draw()
        return MadeGroup(question, bulletin, answer, misses)

    def _pick(self, options: list[str] | tuple[str, ...], *but: str) -> str:
        return self._random.choice([option for option in options if option not in but])

    def _amount(self, unit: str) -> str:
        value = self._random.choice(
            [
                self._random.randint(2, 99) * 100,
                self._random.randint(3, 9999),
                round(self._random.uniform(1, 3000), 2),
            ]
        )
        return f"{self._random.choice(['', '', '超', '约', '突破', '达到'])}{value}{unit}"

    def _rate(self) -> str:
        return f"{round(self._random.uniform(0.3, 68), 1)}%"

    def _filler(self) -> str:
        place, industry = self._pick(PLACES), self._pick(INDUSTRIES)
        return self._random.choice(
            [
                f"{place}将继续完善{industry}产业链，培育龙头企业。",
                f"{place}提出因地制宜发展{industry}，打造创新高地。",
                f"业内人士认为，{industry}市场前景广阔。",
                f"下一步，{place}将加大对{industry}企业的扶持力度。",
                f"围绕{industry}，{place}已形成较为完整的产业生态。",
                "",
            ]
        )

    def _wrap(self, sentence: str, place: str, year: int, industry: str) -> str:
        """A passage: sometimes with title and heading, among other sentences."""
        body = [self._filler(), sentence, self._filler()] if self._random.random() < 0.7 else [sentence]
        text = "".join(body)
        title = self._random.choice(
            [
                f"{place}{industry}产业发展情况",
                f"{year}年各地{industry}产业观察",
                f"{place}：{industry}再上新台阶",
                "",
            ]
        )
        heading = self._random.choice([f"{year}年数据", place, "发展成效", ""])
        label = " > ".join(part for part in (title, heading) if part)
        return f"{label}\n{text}" if label else text

    def _figure(self) -> MadeGroup:
        place, industry = self._pick(PLACES), self._pick(INDUSTRIES)
        year = self._random.randint(2012, 2026)
        measure = self._pick(list(MEASURES))
        names, unit = MEASURES[measure]
        want_rate = self._random.random() < 0.4

        def sentence(
            p: str, y: int, i: str, m: str, *, rate: bool = True, figure: bool = True
        ) -> tuple[str, str, str]:
            amount, growth = self._amount(MEASURES[m][1]), self._rate()
            verb = self._random.choice(["同比增长", "比上年增长", "较上年提高", "同比下降"])
            parts = [f"{y}年，{p}{i}产业{m}{amount if figure else '保持全国前列'}"]
            if rate:
                parts.append(f"{verb}{growth}")
            return "，".join(parts) + "。", amount, growth

        right, amount, growth = sentence(
            place, year, industry, measure, rate=want_rate or self._random.random() < 0.6
        )
        asked = self._pick(names)
        if want_rate:
            question = self._random.choice(
                [
                    f"{place}{year}年{industry}产业{asked}增速是多少？",
                    f"{year}年{place}{industry}{asked}同比增长多少",
                    f"{place}{industry}{asked}增幅 {year}",
                ]
            )
            answer = growth
        else:
            question = self._random.choice(
                [
                    f"{place}{year}年{industry}产业{asked}多少？",
                    f"{year}年{place}的{industry}{asked}是多少",
                    f"{place} {industry} {asked} {year}年",
                    f"{place}{industry}{year}年{asked}达到了多少？",
                ]
            )
            answer = amount.lstrip("超约突破达到")
        wrong = [
            sentence(self._pick(PLACES, place), year, industry, measure)[0],
            sentence(place, year + self._random.choice([-2, -1, 1, 2]), industry, measure)[0],
            sentence(place, year, self._pick(INDUSTRIES, industry), measure)[0],
            sentence(
                place,
                year,
                industry,
                self._pick(list(MEASURES), measure, *(["产值"] if measure == "营业收入" else [])),
            )[0],
            sentence(place, year, industry, measure, rate=False, figure=False)[0]
            if not want_rate
            else sentence(place, year, industry, measure, rate=False)[0],
            f"到{year}年，{place}力争{industry}产业{measure}达到{self._amount(unit)}以上。",
        ]
        return self._group(question, right, answer, wrong, place, year, industry)

    def _goal(self) -> MadeGroup:
        place, industry = self._pick(PLACES), self._pick(INDUSTRIES)
        year = self._random.randint(2013, 2030)
        measure = self._pick(
            ["营业收入", "产值", "增加值", "产量", "企业数量", "城镇新增就业", "粮食产量", "居民消费价格涨幅"]
        )
        unit = {"城镇新增就业": "万人", "粮食产量": "亿斤", "居民消费价格涨幅": "%"}.get(measure) or MEASURES[
            measure
        ][1]
        subject = measure if unit in {"万人", "亿斤", "%"} else f"{industry}产业{measure}"
        goal, result = f"{self._random.randint(2, 9900)}{unit}", f"{self._random.randint(2, 9900)}{unit}"
        goal_sentence = self._random.choice(
            [
                f"{year}年{place}的预期目标是：{subject}{goal}以上。",
                f"{place}提出，到{year}年{subject}力争达到{goal}。",
                f"{place}{year}年{subject}拟安排{goal}左右。",
            ]
        )
        result_sentence = self._random.choice(
            [
                f"{year}年，{place}{subject}实际完成{result}。",
                f"{year}年{place}{subject}达到{result}，完成全年任务。",
                f"{place}{year}年实现{subject}{result}。",
            ]
        )
        asks_goal = self._random.random() < 0.5
        if asks_goal:
            question = self._random.choice(
                [
                    f"{place}{year}年{subject}目标是多少？",
                    f"{year}年{place}{subject}预期多少",
                    f"{place}计划{year}年{subject}达到多少",
                ]
            )
            right, answer, other = goal_sentence, goal, result_sentence
        else:
            question = self._random.choice(
                [
                    f"{place}{year}年{subject}实际完成多少？",
                    f"{year}年{place}{subject}实现了多少",
                    f"{year}年{place}{subject}完成情况",
                ]
            )
            right, answer, other = result_sentence, result, goal_sentence
        wrong = [
            other,
            right.replace(str(year), str(year - 1)),
            right.replace(place, self._pick(PLACES, place)),
        ]
        return self._group(question, right, answer, wrong, place, year, industry)

    def _subsidy(self) -> MadeGroup:
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

    def _body(self) -> MadeGroup:
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

    def _date(self) -> MadeGroup:
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

    def _person(self) -> MadeGroup:
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

    def _attribute(self) -> MadeGroup:
        """A thing of which a passage tells a few attributes; the question asks for one of them, or another."""
        place, industry = self._pick(PLACES), self._pick(INDUSTRIES)
        year = self._random.randint(2018, 2027)
        thing, other = self._thing(place, industry), self._thing(self._pick(PLACES, place), industry)
        names = self._random.sample(list(ATTRIBUTES), 4)
        values = {name: self._value(name) for name in names}
        asked, told = names[0], names[1:]
        answer = values[asked]

        def tell(of: str, attributes: list[str]) -> str:
            clauses = [self._random.choice(ATTRIBUTES[name][1]).format(v=values[name]) for name in attributes]
            opening = self._random.choice(
                [f"{of}", f"位于{place}的{of}", f"{year}年，{of}", f"记者获悉，{of}"]
            )
            if len(clauses) > 1 and self._random.random() < 0.5:
                half = len(clauses) // 2
                return f"{opening}{'，'.join(clauses[:half])}。该项目{'，'.join(clauses[half:])}。"
            return f"{opening}{'，'.join(clauses)}。"

        question = self._random.choice(ATTRIBUTES[asked][0]).format(t=thing)
        others = {name: self._value(name) for name in names}
        kept = dict(values)
        wrong = [tell(thing, self._random.sample(told, self._random.randint(1, 3))) for _ in range(2)]
        values.update(others)
        wrong.append(tell(other, [asked, *self._random.sample(told, 1)]))
        values.update(kept)
        right = tell(
            thing,
            self._random.sample([asked, *self._random.sample(told, self._random.randint(0, 2))], k=1)
            if self._random.random() < 0.3
            else self._shuffled([asked, *self._random.sample(told, 2)]),
        )
        if answer not in right:
            right = tell(thing, [asked])
        return self._group(question, right, answer, wrong, place, year, industry)

    def _thing(self, place: str, industry: str) -> str:
        kind = self._random.choice(THINGS)
        name = "".join(self._random.sample("华中天海星云光远新盛通达科芯瑞宏泰安启明博凌风岭江河湖", 2))
        return kind.format(p=place, i=industry, n=name)

    def _value(self, name: str) -> str:
        return ATTRIBUTES[name][2](self._random)

    def _shuffled(self, values: list[str]) -> list[str]:
        return self._random.sample(values, len(values))

    def _period(self) -> MadeGroup:
        """The same figure for several periods: a quarter, a half year, a month, a year."""
        place, industry = self._pick(PLACES), self._pick(INDUSTRIES)
        year = self._random.randint(2019, 2026)
        measure = self._pick(list(MEASURES))
        unit = MEASURES[measure][1]
        periods = self._random.sample(
            [
                "一季度",
                "二季度",
                "上半年",
                "前三季度",
                "全年",
                "1月",
                "3月",
                "5月",
                "7月",
                "1至4月",
                "前5个月",
                "三季度",
                "下半年",
            ],
            3,
        )
        asked, rest = periods[0], periods[1:]
        answer = f"{self._random.randint(2, 99999)}{unit}"

        def tell(period: str, value: str) -> str:
            return f"{year}年{period}，{place}{industry}{measure}{self._random.choice(['为', '达', '达到', ''])}{value}，同比增长{self._rate()}。"

        wrong = [tell(period, f"{self._random.randint(2, 99999)}{unit}") for period in rest]
        wrong.append(f"预计{year}年{asked}{place}{industry}{measure}将继续保持增长。")
        question = self._random.choice(
            [
                f"{year}年{asked}{place}{industry}{measure}是多少?",
                f"{place}{asked}{industry}{measure}多少",
                f"{place}{industry}{year}年{asked}的{measure}",
            ]
        )
        return self._group(question, tell(asked, answer), answer, wrong, place, year, industry)

    def _group(
        self, question: str, right: str, answer: str, wrong: list[str], place: str, year: int, industry: str
    ) -> MadeGroup:
        """Wraps the sentences; half the time several near misses share a passage, with the right one or without."""
        self._random.shuffle(wrong)
        wrong = [sentence for sentence in wrong if answer not in sentence]
        positive = right
        negatives = list(wrong)
        if wrong and self._random.random() < 0.5:
            positive = "".join(
                self._shuffled(
                    [right, *self._random.sample(wrong, min(len(wrong), self._random.randint(1, 2)))]
                )
            )
            together = "".join(self._random.sample(wrong, min(len(wrong), self._random.randint(2, 4))))
            negatives = [together, *wrong]
        return MadeGroup(
            question,
            self._wrap(positive, place, year, industry),
            answer,
            [self._wrap(sentence, place, year, industry) for sentence in negatives[:3]],
        )

"""Made-up questions on the figures of an industry: of a year, of a part of one, the goal or the result."""

from __future__ import annotations

from index.reader.policy_passages import MadeGroup, PolicyPassages
from index.reader.policy_vocabulary import INDUSTRIES, MEASURES, PLACES


class FigureQuestions(PolicyPassages):
    """A figure is missed by another place, year, industry, measure or period, or by the goal in place of the result."""

    def figure(self) -> MadeGroup:
        """A figure of a year, or by how much it grew."""
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

    def goal(self) -> MadeGroup:
        """What was planned, or what was reached."""
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

    def period(self) -> MadeGroup:
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

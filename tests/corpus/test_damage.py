"""Clean articles are damaged as columns and pages do it; repair must mend the breaks and join nothing else."""

import random
from dataclasses import dataclass
from pathlib import Path

from corpus.block import Block, BlockKind
from corpus.language.sentences import sentence_spans
from corpus.load import SAMPLE_CORPUS, find_files, read_articles
from corpus.model import Article
from corpus.repair import repair


@dataclass
class Damage:
    """Blocks to repair, with the texts before and after each break and each sound border between paragraphs."""

    blocks: list[Block]
    breaks: list[tuple[str, str]]
    borders: list[tuple[str, str]]


def paragraphs_of(article: Article) -> list[str]:
    """Whole paragraphs of prose: more than one sentence's length, ending as a sentence does."""
    bodies = [article.text[section.start : section.end] for section in article.sections]
    lines = [line for body in bodies for line in body.split("\n")]
    return [line for line in lines if len(line) >= 40 and line[-1] in "。！？；" and " | " not in line]


def damage(article: Article, draw: random.Random) -> Damage:
    """Every third paragraph is cut where a column or a page ends: anywhere in a sentence, in words too."""
    found = Damage([], [], [])
    paragraphs = paragraphs_of(article)
    for number, paragraph in enumerate(paragraphs):
        if number % 3 == 1:
            start, end = (
                draw.choice([span for span in sentence_spans(paragraph) if span[1] - span[0] >= 30])
                if any(span[1] - span[0] >= 30 for span in sentence_spans(paragraph))
                else (0, len(paragraph))
            )
            cut = draw.randrange(start + 14, end - 3) if end - start > 20 else len(paragraph) // 2
            pieces = [paragraph[:cut], paragraph[cut:]]
            found.breaks.append((pieces[0][-8:], pieces[1][:8]))
        else:
            pieces = [paragraph]
        if found.blocks:
            found.borders.append((found.blocks[-1].text[-8:], pieces[0][:8]))
        for place, piece in enumerate(pieces):
            if place and draw.random() < 0.3:
                # What a page leaves in the break.
                noise = draw.choice(
                    ["— 12 —", "第3页 共9页", "（上接第1版）", "(下转第2版)", "\u200b", "　　"]
                )
                found.blocks.append(Block(BlockKind.PARAGRAPH, noise))
            found.blocks.append(Block(BlockKind.PARAGRAPH, piece))
    return found


def mended_and_wrongly_joined(articles: list[Article], seed: int) -> tuple[int, int, int, int]:
    """Breaks mended, breaks, sound borders joined, sound borders."""
    draw = random.Random(seed)
    mended = breaks = joined = borders = 0
    for article in articles:
        damaged = damage(article, draw)
        text = "\n".join(block.text for block in repair(damaged.blocks))
        flat = text.replace(" ", "")
        breaks += len(damaged.breaks)
        mended += sum((a + b).replace(" ", "") in flat for a, b in damaged.breaks)
        borders += len(damaged.borders)
        joined += sum((a + b).replace(" ", "") in flat for a, b in damaged.borders)
    return mended, breaks, joined, borders


def test_damage_to_the_sample_articles() -> None:
    articles = [each for file in find_files([SAMPLE_CORPUS]) for each in read_articles(file)]
    mended, breaks, joined, borders = mended_and_wrongly_joined(articles, 1)
    assert breaks >= 15
    assert mended >= 0.95 * breaks, (mended, breaks)
    assert joined <= 0.005 * borders, (joined, borders)


def test_damage_to_real_articles(shared: Path) -> None:
    counts = [0, 0, 0, 0]
    for part in ("news-broadcast-2026", "government_work_reports.jsonl", "central-bank-rules"):
        files = list(find_files([shared / "articles" / part]))[:60]
        articles = [each for file in files for each in read_articles(file) if isinstance(each, Article)]
        counts = [a + b for a, b in zip(counts, mended_and_wrongly_joined(articles, 2), strict=True)]
    mended, breaks, joined, borders = counts
    assert breaks >= 3000
    assert mended >= 0.98 * breaks, counts
    assert joined <= 0.005 * borders, counts

"""The answerer that lets a language model write, from the same passages and under the same refusal."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.prompts import ChatPromptTemplate
from pydantic import SecretStr

from assistant.answering.added import without_added
from assistant.checking.left_out import holds_orders, supported, told_by
from assistant.checking.orders import is_order, without_orders
from assistant.checking.support import is_foreign, unsupported
from assistant.generating.local_model import address_of
from assistant.generating.prompts import CORRECTION, NO_ANSWER, PASSAGE, QUESTION, SYSTEM
from assistant.messages import message
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer
from assistant.settings import Settings
from assistant.state import State, Statement
from corpus.language.normalize import fold
from corpus.language.sentences import sentence_spans
from index.kinds import Kind

_log = logging.getLogger(__name__)
_PASSAGES = 6
_MOST_CHARACTERS = 2800
"""About 2,000 tokens with titles and marks: Chinese averages 1.5 characters a token."""
_SHORTEST_LOOP = 12
_SURE = 0.9
_PROMPT_PIECES = ("编号资料回答", "</资料>", "<资料 编号", "只写“资料中没有答案”", "用问题所用的语言回答")
_PASSAGE_MARK = re.compile(r"[<＜](\s*[/／]?\s*资\s*料)")
_HALF_A_MARK = re.compile(r"[\[［【][^\]］】]{0,8}$")
_MARK = re.compile(r"[\[［【]\s*(\d{1,2}(?:\s*[,，、]\s*\d{1,2})*)\s*[\]］】]")
_MARKS_AT_FRONT = re.compile(r"^(?:\s*[\[［【]\s*\d{1,2}(?:\s*[,，、]\s*\d{1,2})*\s*[\]］】])+")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def make_chat_model(settings: Settings) -> BaseChatModel:
    """The client of the GGUF file or of the OpenAI-compatible endpoint named in the settings.

    Raises:
        Problem: see `assistant.generating.local_model.address_of`.
    """
    if settings.llm_file is not None:
        address = address_of(settings.llm_file)
        return chat_model(address, settings.llm_file.name, SecretStr(""), settings.llm_timeout)
    return chat_model(
        settings.llm_base_url,
        settings.llm_model,
        settings.llm_api_key,
        settings.llm_timeout,
        counts_tokens=settings.llm_counts_tokens,
    )


def chat_model(
    base_url: str, name: str, key: SecretStr, timeout: float, *, counts_tokens: bool = False
) -> BaseChatModel:
    """A client of an OpenAI-compatible endpoint."""
    from langchain_openai import ChatOpenAI

    return ChatOpenAI(
        base_url=base_url,
        model=name,
        api_key=SecretStr(key.get_secret_value() or "none"),
        timeout=timeout,
        temperature=0,
        max_retries=1,
        stream_usage=counts_tokens,
    )


class GeneratingAnswerer:
    """Writes with a chat model; where the model fails or cannot be checked, `fallback` answers and a note says so."""

    def __init__(
        self,
        model: BaseChatModel,
        scorer: Scorer,
        fallback: Callable[[State], State],
        longest_wait: float = 60.0,
        reason_of: Callable[[BaseException], str] = str,
    ) -> None:
        self._model = model
        self._prompt = ChatPromptTemplate.from_messages([("system", SYSTEM), ("human", QUESTION)])
        self._scorer = scorer
        self._fallback = fallback
        self._longest_wait = longest_wait
        self._reason_of = reason_of

    def __call__(self, state: State) -> State:
        """Fill `statements` with what the model wrote, or set `refused`."""
        if state.best.confidence < self._scorer.threshold:
            state.refused = True
            return state
        passages = _passages_of(state)
        shown = "\n".join(_shown(number + 1, candidates) for number, candidates in enumerate(passages))
        messages = self._prompt.format_messages(passages=shown, question=_no_marks(state.best.question))
        try:
            # What may be left out again is not shown while it is written.
            shows = None if holds_orders(passages) else state.on_text
            written = self._write(state, messages, len(passages), shows)
            statements = statements_of(written.text, passages)
            failed = _failed(statements)
            if failed and not written.refuses:
                again = [*messages, AIMessage(written.text), HumanMessage(_correction_of(failed))]
                second = self._write(state, again, len(passages), shows)
                improved = statements_of(second.text, passages)
                if improved and not second.refuses and len(_failed(improved)) < len(failed):
                    written, statements = second, improved
        except Exception as error:  # any failure of a foreign endpoint has the same remedy
            reason = self._reason_of(error)
            _log.warning("language model failed: %s", reason)
            state.notes.append(message("llm_failed", state.language, reason=reason))
            return self._fallback(state)
        if written.refuses:
            # Small models refuse what is plainly there: a reader as sure as this is right nine times in ten.
            if state.best.confidence >= _SURE and not _asks_for_a_summary(state):
                state.notes.append(message("llm_found_none", state.language))
                return self._fallback(state)
            state.refused = True
            return state
        kept = supported(statements, passages)
        if not any(statement.support for statement in kept):
            state.notes.append(message("llm_unusable", state.language))
            return self._fallback(state)
        if len(kept) < len(statements):
            state.notes.append(message("llm_left_out", state.language, sentences=len(statements) - len(kept)))
        if written.cut:
            state.notes.append(message("llm_cut", state.language))
        state.statements = kept
        return state

    def _write(
        self, state: State, messages: list[BaseMessage], passages: int, shows: Callable[[str], None] | None
    ) -> Written:
        begun = time.monotonic()
        text, reason = "", ""
        for chunk in self._model.stream(messages):
            text += str(chunk.text)
            usage = getattr(chunk, "usage_metadata", None) or {}
            state.tokens.read += usage.get("input_tokens", 0)
            state.tokens.written += usage.get("output_tokens", 0)
            reason = chunk.response_metadata.get("finish_reason") or reason
            if shows is not None:
                shows(shown_so_far(text, passages))
            if (end := loop_begins(text)) is not None:
                text, reason = text[:end], "loop"
                break
            if time.monotonic() - begun > self._longest_wait:
                raise TimeoutError(f"no whole answer in {self._longest_wait:.0f} s")
        return tidied(text, reason)


def _asks_for_a_summary(state: State) -> bool:
    """Whether a summary is asked for, of which the confidence is no reader's."""
    return any(part.parsed.kind is Kind.SUMMARY for part in state.best.parts)


def _passages_of(state: State) -> list[list[Candidate]]:
    """The sentences of the best passages, a list a passage, best passage first, within `_MOST_CHARACTERS` in all."""
    by_passage: dict[str, list[Candidate]] = {}
    depth = max(2, _PASSAGES // max(len(state.best.parts), 1))
    characters = 0
    for part in state.best.parts:
        own = 0
        for candidate in part.candidates:
            passage = candidate.hit.passage
            if passage.id not in by_passage:
                if own == depth or (by_passage and characters + len(passage.text) > _MOST_CHARACTERS):
                    continue
                own += 1
                characters += len(passage.text)
            by_passage.setdefault(candidate.hit.passage.id, []).append(candidate)
    return list(by_passage.values())


def _shown(number: int, candidates: list[Candidate]) -> str:
    hit = candidates[0].hit
    fields = {
        "title": hit.article.title,
        "date": hit.article.date,
        "source": hit.article.source,
        "section": " > ".join(hit.passage.heading_path),
    }
    quiet = {
        name: "" if is_order(value) else re.sub(r"[<>\"\n]", " ", value) for name, value in fields.items()
    }
    return PASSAGE.format(number=number, text=_no_marks(without_orders(hit.passage.text)), **quiet)


def _no_marks(text: str) -> str:
    """`text` in which nothing begins or ends a passage."""
    return _PASSAGE_MARK.sub(r"〈\1", text)


def statements_of(text: str, passages: list[list[Candidate]]) -> list[Statement]:
    """The sentences of a written answer, each with the sentences of the passages it marks."""
    statements: list[Statement] = []
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        front = _MARKS_AT_FRONT.match(sentence)
        if front and statements:  # "……。[1]下一句": the mark belongs to the sentence before
            statements[-1] = _statement(statements[-1].text + front.group(), passages)
            sentence = sentence[front.end() :]
        if _MARK.sub("", sentence).strip():
            statements.append(_statement(sentence.strip(), passages))
    return list({statement.text: statement for statement in reversed(statements)}.values())[::-1]


def _statement(sentence: str, passages: list[list[Candidate]]) -> Statement:
    numbers = [int(number) for group in _MARK.findall(sentence) for number in re.findall(r"\d+", group)]
    plain = without_added(_MARK.sub("", sentence)).strip()
    chosen = [best_support(plain, passages[n - 1]) for n in dict.fromkeys(numbers) if 0 < n <= len(passages)]
    if not chosen and any(char.isdigit() for char in plain):
        # A model that forgets its marks: the sentence is cited where one passage tells all of it.
        best = best_support(plain, [each for passage in passages for each in passage])
        if not unsupported(plain, told_by(best)):
            chosen = [best]
    return Statement(plain, chosen)


@dataclass(frozen=True)
class Written:
    """What a model wrote, tidied; whether it refused, and whether its last sentence was cut off."""

    text: str
    refuses: bool = False
    cut: bool = False


def tidied(text: str, reason: str) -> Written:
    """A model's text without what it repeats of its prompt, and without a last sentence that it did not finish."""
    # What follows a piece of the prompt is the prompt.
    lines = takewhile(
        lambda line: not any(piece in line for piece in _PROMPT_PIECES), text.strip().split("\n")
    )
    kept = "\n".join(line for line in lines if line.strip()).strip()
    if NO_ANSWER in kept or (not kept and not text.strip()):
        return Written("", refuses=NO_ANSWER in kept)
    spans = sentence_spans(kept)
    ends = kept[slice(*spans[-1])] if spans else ""
    # An endpoint that breaks off gives no reason at all.
    if reason in {"length", ""} and not re.search(
        r"[。！？!?…][”’」』）)]*(?:\s*[\[［【]\d[^\]］】]*[\]］】])*$", ends
    ):
        return Written(kept[: spans[-1][0]].strip(), cut=True)
    return Written(kept)


def loop_begins(text: str) -> int | None:
    """Where a text begins to repeat itself: its last sentence stood three times in a row; None where it does not."""
    sentences = sentence_spans(text)
    if len(sentences) < 3:
        return None
    last = [text[start:end].strip() for start, end in sentences[-3:]]
    if len(last[0]) >= _SHORTEST_LOOP and last[0] == last[1] == last[2]:
        return sentences[-2][0]
    return None


def shown_so_far(text: str, passages: int) -> str:
    """What may be shown of an unfinished text: marks that point nowhere, or are half written, are left out."""

    def kept(match: re.Match[str]) -> str:
        numbers = [n for n in re.findall(r"\d+", match.group()) if 0 < int(n) <= passages]
        return "".join(f"[{number}]" for number in numbers)

    return _HALF_A_MARK.sub("", _MARK.sub(kept, text))


def _failed(statements: list[Statement]) -> list[str]:
    """Sentences that cite nothing or tell what their passages do not."""
    failed = []
    for statement in statements:
        told = "\n".join(told_by(candidate) for candidate in statement.support)
        if not statement.support or unsupported(statement.text, told) or is_foreign(statement.text, told):
            failed.append(statement.text)
    return failed


def _correction_of(failed: list[str]) -> str:
    return CORRECTION.format(sentences="\n".join(failed))


def best_support(sentence: str, candidates: list[Candidate]) -> Candidate:
    """The sentence of a passage that a written sentence most likely stands on."""
    folded = fold(sentence)
    figures = set(_FIGURE.findall(folded))
    pairs = {folded[i : i + 2] for i in range(len(folded) - 1)}

    def shared(candidate: Candidate) -> float:
        text = fold(candidate.text)
        return 3 * sum(figure in text for figure in figures) + sum(pair in text for pair in pairs) / (
            len(pairs) or 1
        )

    return max(candidates, key=shared)

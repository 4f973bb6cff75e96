"""The answerer that lets a language model write, from the same passages and under the same refusal."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from langchain_core.language_models import BaseChatModel
from langchain_core.prompts import ChatPromptTemplate
from pydantic import SecretStr

from assistant.candidates import Candidate
from assistant.messages import message
from assistant.prompts import NO_ANSWER, PASSAGE, QUESTION, SYSTEM
from assistant.rank import Scorer
from assistant.settings import Settings
from assistant.state import State, Statement
from corpus.clean import fold
from corpus.sentences import sentence_spans

_log = logging.getLogger(__name__)
_PASSAGES = 6
_MARK = re.compile(r"[\[［【]\s*(\d{1,2}(?:\s*[,，、]\s*\d{1,2})*)\s*[\]］】]")
_MARKS_AT_FRONT = re.compile(r"^(?:\s*[\[［【]\s*\d{1,2}(?:\s*[,，、]\s*\d{1,2})*\s*[\]］】])+")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def make_chat_model(settings: Settings) -> BaseChatModel:
    """The client of the OpenAI-compatible endpoint named in the settings."""
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
    """Writes with a chat model; where the model fails, `fallback` answers and a note says so."""

    def __init__(self, model: BaseChatModel, scorer: Scorer, fallback: Callable[[State], State]) -> None:
        self._chain = ChatPromptTemplate.from_messages([("system", SYSTEM), ("human", QUESTION)]) | model
        self._scorer = scorer
        self._fallback = fallback

    def __call__(self, state: State) -> State:
        """Fill `statements` with what the model wrote, or set `refused`."""
        if state.best.confidence < self._scorer.threshold:
            state.refused = True
            return state
        passages = _passages_of(state)
        try:
            text = self._write(state, passages)
        except Exception as error:  # any failure of a foreign endpoint has the same remedy
            _log.warning("language model failed: %s", error)
            reason = " ".join(str(error).split())[:120] or type(error).__name__
            state.notes.append(message("llm_failed", state.language, reason=reason))
            return self._fallback(state)
        if not text or NO_ANSWER in text:
            state.refused = True
            return state
        state.statements = statements_of(text, passages)
        return state

    def _write(self, state: State, passages: list[list[Candidate]]) -> str:
        shown = "\n".join(_shown(number + 1, candidates) for number, candidates in enumerate(passages))
        text = ""
        for chunk in self._chain.stream({"passages": shown, "question": state.best.question}):
            text += str(chunk.text)
            usage = getattr(chunk, "usage_metadata", None) or {}
            state.tokens.read += usage.get("input_tokens", 0)
            state.tokens.written += usage.get("output_tokens", 0)
            if state.on_text is not None:
                state.on_text(text)
        return text.strip()


def _passages_of(state: State) -> list[list[Candidate]]:
    """The sentences of the best passages, a list a passage, best passage first."""
    by_passage: dict[str, list[Candidate]] = {}
    depth = max(2, _PASSAGES // max(len(state.best.parts), 1))
    for part in state.best.parts:
        own = 0
        for candidate in part.candidates:
            if candidate.hit.passage.id not in by_passage:
                if own == depth:
                    continue
                own += 1
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
    quiet = {name: re.sub(r"[<>\"\n]", " ", value) for name, value in fields.items()}
    return PASSAGE.format(number=number, text=hit.passage.text.replace("</资料>", ""), **quiet)


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
    return statements


def _statement(sentence: str, passages: list[list[Candidate]]) -> Statement:
    numbers = [int(number) for group in _MARK.findall(sentence) for number in re.findall(r"\d+", group)]
    plain = _MARK.sub("", sentence).strip()
    chosen = [best_support(plain, passages[n - 1]) for n in dict.fromkeys(numbers) if 0 < n <= len(passages)]
    return Statement(plain, chosen)


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

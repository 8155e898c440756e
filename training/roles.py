"""Learns the weights of sentence roles and speech from NewsDiscourse, and writes them with their model card.

    python training/roles.py DATA/news-discourse/train.jsonl [--folds 5]

Each line of the data is an article: ``sentences`` of ``text``, ``label`` and ``speech``. Articles are parsed
and cut as the reader does it, one gold sentence a line; a read sentence has the label of the gold sentence
that it overlaps most. Everything is chosen by cross-validation over articles; no other half is looked at.
"""

from __future__ import annotations

import argparse
import json
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from allegata.model import ROLES
from allegata.reading.boilerplate import mark_boilerplate
from allegata.reading.parsing import parse
from allegata.reading.role_features import sentence_features
from allegata.reading.roles import in_context, softmax
from allegata.reading.sentences import segment

WEIGHTS = Path(__file__).parent.parent / "src" / "allegata" / "reading" / "weights"
SEEN_IN = 4
"""Sentences that a feature must occur in."""
STRENGTH_FIRST, STRENGTH_SECOND = 0.06, 0.3
"""Inverse regularisation of the two models."""
NOT_APPLICABLE = ROLES.index("not_applicable")
BOUNDARY = 1.5
"""How far a role's bias may be moved to raise the macro-average."""

Rows = np.ndarray


@dataclass(slots=True)
class Article:
    """Features, roles and speech of the sentences that no rule settles; the gold labels, and where each one's
    sentence is among them (-1: a rule calls it boilerplate)."""

    features: list[list[str]]
    roles: list[int]
    speech: list[int]
    gold: list[tuple[int, int, int]]


@dataclass(slots=True)
class Models:
    vocabulary: dict[str, int]
    first: LogisticRegression
    speech: LogisticRegression
    second: LogisticRegression


def read_articles(path: Path) -> list[Article]:
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    texts = ["\n".join(s["text"].replace("\n", " ") for s in row["sentences"]) for row in rows]
    articles = []
    for row, doc in zip(rows, parse(texts), strict=True):
        spans = segment(doc)
        marks = mark_boilerplate(doc.text, spans, None)
        kept = np.cumsum([not m for m in marks]) - 1
        story = [span for span, mark in zip(spans, marks, strict=True) if not mark]
        bounds, at = [], 0
        for sentence in row["sentences"]:
            bounds.append((at, at + len(sentence["text"])))
            at += len(sentence["text"]) + 1
        labels = [(ROLES.index(s["label"]), int(s["speech"])) for s in row["sentences"]]
        own = [labels[most_overlapping(span, bounds)] for span in story]
        gold = []
        for bound, label in zip(bounds, labels, strict=True):
            read = most_overlapping(bound, spans)
            gold.append((*label, -1 if marks[read] else int(kept[read])))
        articles.append(
            Article(sentence_features(doc, story), [o[0] for o in own], [o[1] for o in own], gold)
        )
    return articles


def most_overlapping(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> int:
    return int(np.argmax([min(span[1], b) - max(span[0], a) for a, b in others]))


def matrix(articles: Sequence[Article], vocabulary: dict[str, int]) -> csr_matrix:
    rows = [[vocabulary[f] for f in features if f in vocabulary] for a in articles for features in a.features]
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.concatenate([np.array(r, dtype=int) for r in rows])
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(vocabulary)))


def fit(x: csr_matrix | Rows, y: Rows, strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=300, tol=1e-3).fit(x, y)


def probabilities(x: csr_matrix, first: LogisticRegression, speech: LogisticRegression) -> tuple[Rows, Rows]:
    return softmax(first.decision_function(x)), speech.predict_proba(x)[:, 1:]


def per_article(articles: Sequence[Article], roles: Rows, speech: Rows) -> Rows:
    cuts = np.cumsum([len(a.features) for a in articles])[:-1]
    pairs = zip(np.split(roles, cuts), np.split(speech, cuts), strict=True)
    return np.vstack([in_context(r, s) for r, s in pairs])


def train(articles: Sequence[Article]) -> Models:
    """Both models; the second learns from probabilities of first models that had not seen the article."""
    counts = Counter(f for a in articles for features in a.features for f in features)
    vocabulary = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= SEEN_IN))}
    x = matrix(articles, vocabulary)
    y = np.concatenate([a.roles for a in articles])
    z = np.concatenate([a.speech for a in articles])
    fold = np.concatenate([np.full(len(a.features), i % 4) for i, a in enumerate(articles)])
    roles, speech = np.empty((len(y), len(ROLES))), np.empty((len(y), 1))
    for held_out in range(4):
        seen, unseen = fold != held_out, fold == held_out
        models = fit(x[seen], y[seen], STRENGTH_FIRST), fit(x[seen], z[seen], STRENGTH_FIRST)
        roles[unseen], speech[unseen] = probabilities(x[unseen], *models)
    second = fit(per_article(articles, roles, speech), y, STRENGTH_SECOND)
    return Models(vocabulary, fit(x, y, STRENGTH_FIRST), fit(x, z, STRENGTH_FIRST), second)


def predict(models: Models, articles: Sequence[Article]) -> tuple[Rows, Rows]:
    """Scores of the roles, and speech, of every sentence that no rule settles."""
    roles, speech = probabilities(matrix(articles, models.vocabulary), models.first, models.speech)
    return models.second.decision_function(per_article(articles, roles, speech)), speech[:, 0] > 0.5


def best_offsets(scores: Rows, y: Rows) -> Rows:
    """What to add to the roles' biases for the best macro-average: rare roles are otherwise never named."""
    offsets = np.zeros(len(ROLES))
    for _ in range(3):
        for role in range(len(ROLES)):
            tried = []
            for step in np.linspace(-BOUNDARY, BOUNDARY, 25):
                moved = offsets.copy()
                moved[role] = step
                tried.append((f1_score(y, (scores + moved).argmax(axis=1), average="macro"), step))
            offsets[role] = max(tried)[1]
    return offsets


def gold_figures(articles: Sequence[Article], roles: Rows, speech: Rows) -> dict[str, float]:
    """Macro-F1 over the roles, F1 of each, and accuracy of speech, by gold sentence."""
    wanted, given, right, begin = [], [], 0, 0
    for article in articles:
        for role, spoken, place in article.gold:
            wanted.append(role)
            given.append(NOT_APPLICABLE if place < 0 else int(roles[begin + place]))
            right += (False if place < 0 else bool(speech[begin + place])) == bool(spoken)
        begin += len(article.features)
    each = f1_score(wanted, given, average=None, labels=range(len(ROLES)))
    return {
        "macro-F1": float(each.mean()),
        "speech accuracy": right / len(wanted),
        **{f"F1 {name}": float(value) for name, value in zip(ROLES, each, strict=True)},
    }


def cross_validate(articles: Sequence[Article], folds: int) -> tuple[Rows, dict[str, float]]:
    """The offsets, chosen on held-out scores, and figures in which each fold's offsets are the others'."""
    parts = []
    for fold in range(folds):
        models = train([a for i, a in enumerate(articles) if i % folds != fold])
        held_out = [a for i, a in enumerate(articles) if i % folds == fold]
        parts.append((held_out, *predict(models, held_out)))
    truth = [np.concatenate([a.roles for a in part[0]]) for part in parts]
    roles = []
    for fold, part in enumerate(parts):
        rest = [i for i in range(folds) if i != fold]
        offsets = best_offsets(
            np.vstack([parts[i][1] for i in rest]), np.concatenate([truth[i] for i in rest])
        )
        roles.append((part[1] + offsets).argmax(axis=1))
    figures = gold_figures(
        [a for part in parts for a in part[0]], np.concatenate(roles), np.concatenate([p[2] for p in parts])
    )
    return best_offsets(np.vstack([p[1] for p in parts]), np.concatenate(truth)), figures


def write(models: Models, offsets: Rows, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        path,
        vocabulary=np.frombuffer("\n".join(models.vocabulary).encode(), dtype=np.uint8),
        first=np.vstack([models.first.coef_, models.speech.coef_]).T.astype(np.float16),
        first_bias=np.concatenate([models.first.intercept_, models.speech.intercept_]).astype(np.float32),
        second=models.second.coef_.T.astype(np.float32),
        second_bias=(models.second.intercept_ + offsets).astype(np.float32),
    )


CARD = """# Sentence roles and speech: `roles.npz`

What it is: two linear models (multinomial logistic regression), {features} features, {size} kB. The first
scores a sentence for the nine roles of van Dijk's news schema and for reported speech; the second scores it
again from the first's probabilities for it, its neighbours and the whole text. Made by `training/roles.py`
with scikit-learn.

Data: the training half ({articles} articles, {sentences} sentences) of NewsDiscourse (Choubey, Lee, Huang and
Wang, 2020, "Discourse as a Function of Event"), with the speech labels released beside it. Its texts are news
articles of Reuters, Xinhua, the New York Times and others; they are not ours and no text of them is in this
project. What is kept here are weights, and the single words and word pairs that occur in {seen} sentences or
more.

Figures, {folds}-fold cross-validation over those articles, one article being its sentences, one a line,
without the headline:

| figure | value |
|---|---|
{table}

What it is weak at: consequences, previous events and anecdotes are told apart poorly, as annotators do too;
it has seen edited English news only, and little of posts, statements and transcripts. Headings, teasers,
credits and other boilerplate are settled by rules before it (`reading/boilerplate.py`).
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore", ConvergenceWarning)
    articles = [a for a in read_articles(arguments.data) if a.features]
    offsets, figures = cross_validate(articles, arguments.folds)
    models = train(articles)
    path = WEIGHTS / "roles.npz"
    write(models, offsets, path)
    card = CARD.format(
        features=len(models.vocabulary),
        size=path.stat().st_size // 1000,
        articles=len(articles),
        sentences=sum(len(a.gold) for a in articles),
        seen=SEEN_IN,
        folds=arguments.folds,
        table="\n".join(f"| {name} | {value:.3f} |" for name, value in figures.items()),
    )
    path.with_suffix(".md").write_text(card, encoding="utf-8")
    print(card)


if __name__ == "__main__":
    main()

"""The reference side of online.mjs: makes the streams, runs River's learners over them test-then-train, prints JSON.

Usage: online.py FOLDER ROWS. Writes one CSV a stream (features, then the label) for the other side to read."""

import json
import random
import sys
import time

from river import datasets, forest, linear_model, optim, preprocessing, tree
from river.datasets import synth

folder, rows = sys.argv[1], int(sys.argv[2])


def then(first, second):
    """Another concept from the middle on, at once."""
    return [*first.take(rows // 2), *second.take(rows - rows // 2)]


def streams():
    sea = then(synth.SEA(seed=1, variant=0, noise=0.1), synth.SEA(seed=2, variant=3, noise=0.1))
    yield "SEA", [(list(x.values()), int(y)) for x, y in sea]
    agrawal = then(synth.Agrawal(classification_function=0, seed=1), synth.Agrawal(classification_function=3, seed=2))
    yield "Agrawal", [(list(x.values()), int(y)) for x, y in agrawal]
    # Ten digits by seven noisy segments and seventeen columns of chance; the question is whether the digit is five or more.
    plain = synth.LED(seed=2, noise_percentage=0.1, irrelevant_features=True)
    drifted = synth.LEDDrift(seed=1, noise_percentage=0.1, irrelevant_features=True, n_drift_features=4)
    yield "LED", [([float(v) for v in x.values()], int(y >= 5)) for x, y in then(plain, drifted)]
    for seed in range(10):
        phishing = [(list(x.values()), int(y)) for x, y in datasets.Phishing()]
        random.Random(seed).shuffle(phishing)
        yield f"Phishing-{seed}", phishing


def learners():
    scaled = lambda model: preprocessing.StandardScaler() | model
    return {
        "logistic-sgd": scaled(linear_model.LogisticRegression(optim.SGD(0.01))),
        "logistic-ftrl": scaled(linear_model.LogisticRegression(optim.FTRLProximal(alpha=0.1, beta=1.0, l1=0.0, l2=1e-3), intercept_lr=0.1)),
        "hoeffding-tree": tree.HoeffdingTreeClassifier(grace_period=200, delta=1e-7, tau=0.05),
        "hoeffding-adaptive-tree": tree.HoeffdingAdaptiveTreeClassifier(grace_period=200, delta=1e-7, tau=0.05, seed=1),
        "adaptive-forest": forest.ARFClassifier(n_models=10, seed=1),
    }


results = {}
for stream, items in streams():
    with open(f"{folder}/{stream}.csv", "w") as file:
        for x, y in items:
            file.write(",".join(repr(float(v)) for v in x) + f",{y}\n")
    named = [({f"f{i}": float(v) for i, v in enumerate(x)}, y) for x, y in items]
    for name, model in learners().items():
        right = 0
        start = time.process_time()
        for x, y in named:
            guess = model.predict_one(x)
            right += int((0 if guess is None else int(guess)) == y)
            model.learn_one(x, y)
        results.setdefault(stream, {})[name] = {"accuracy": right / len(named), "seconds": time.process_time() - start, "rows": len(named)}

print(json.dumps(results))

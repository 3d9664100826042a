"""LightGBM on the rows that bench/train.mjs wrote: prints CPU seconds and AUC as JSON."""

import json
import os
import sys

os.environ["OMP_NUM_THREADS"] = "1"

import lightgbm as lgb
import numpy as np

folder = sys.argv[1]
rows, held, columns, trees, leaves, bins = map(int, sys.argv[2:8])
layout = sys.argv[8]


def read(name, count):
    x = np.fromfile(f"{folder}/{name}.x", dtype=np.float64).reshape(count, columns)
    return x, np.fromfile(f"{folder}/{name}.y", dtype=np.float64)


def cpu():
    times = os.times()
    return times.user + times.system


def area_under_roc(scores, y):
    """By ranks; scores of this many trees hardly tie."""
    order = np.argsort(scores, kind="stable")
    positives = y[order] > 0.5
    ranks = np.arange(1, len(y) + 1)[positives].sum()
    p = positives.sum()
    return (ranks - p * (p + 1) / 2) / (p * (len(y) - p))


x, y = read("train", rows)
x_held, y_held = read("held", held)
params = {
    "objective": "binary",
    "num_leaves": leaves,
    "max_bin": bins,
    "learning_rate": 0.1,
    "lambda_l2": 1,
    "min_sum_hessian_in_leaf": 1,
    "min_data_in_leaf": 1,
    "num_threads": 1,
    "verbose": -1,
    f"force_{layout}_wise": True,
}
begin = cpu()
model = lgb.train(params, lgb.Dataset(x, label=y), trees)
trained = cpu()
scores = model.predict(x_held, raw_score=True, num_threads=1)
scored = cpu()
print(
    json.dumps(
        {
            "version": lgb.__version__,
            "trainSeconds": trained - begin,
            "scoreSeconds": scored - trained,
            "auc": area_under_roc(scores, y_held),
        }
    )
)

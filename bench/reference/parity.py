"""The reference side of parity.mjs: fits on the rows it wrote and prints AUCs on those held out, as JSON."""

import json
import sys
import warnings

import lightgbm
import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier, IsolationForest, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

warnings.filterwarnings("ignore")
folder, sets, seeds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


def references():
    """Settings are those of parity.mjs in each library's words."""
    boosting = dict(max_iter=100, learning_rate=0.1, max_leaf_nodes=31, l2_regularization=1, max_bins=64)
    light = dict(n_estimators=100, learning_rate=0.1, num_leaves=31, reg_lambda=1, max_bin=64, min_child_weight=1)
    return {
        "gradient boosting": {
            "scikit-learn": HistGradientBoostingClassifier(**boosting, early_stopping=False, random_state=1),
            "LightGBM": lightgbm.LGBMClassifier(**light, n_jobs=1, verbose=-1, random_state=1),
        },
        "random forest": {
            "scikit-learn": RandomForestClassifier(n_estimators=100, max_depth=16, n_jobs=1, random_state=1)
        },
        "decision tree": {
            "scikit-learn": DecisionTreeClassifier(max_depth=6, min_samples_leaf=20, random_state=1)
        },
        "logistic regression": {
            "scikit-learn": make_pipeline(StandardScaler(), LogisticRegression(C=1, max_iter=10_000))
        },
    }


def isolation(x, x_held, y_held):
    aucs = []
    for seed in range(1, seeds + 1):
        forest = IsolationForest(n_estimators=100, max_samples=min(256, len(x)), random_state=seed).fit(x)
        aucs.append(roc_auc_score(y_held, -forest.score_samples(x_held)))
    return float(np.mean(aucs))


found = []
for i in range(sets):
    with open(f"{folder}/{i}.json") as file:
        columns = json.load(file)["columns"]
    x = np.fromfile(f"{folder}/{i}.x", dtype=np.float64).reshape(-1, columns)
    y = np.fromfile(f"{folder}/{i}.y", dtype=np.float64)
    held = np.fromfile(f"{folder}/{i}.test", dtype=np.uint8) == 1
    aucs = {
        name: {
            library: roc_auc_score(y[held], model.fit(x[~held], y[~held]).predict_proba(x[held])[:, 1])
            for library, model in models.items()
        }
        for name, models in references().items()
    }
    aucs["isolation forest"] = {"scikit-learn": isolation(x[~held & (y == 0)], x[held], y[held])}
    found.append(aucs)
versions = {
    "python": sys.version.split()[0],
    "scikit-learn": sklearn.__version__,
    "lightgbm": lightgbm.__version__,
    "numpy": np.__version__,
}
print(json.dumps({"versions": versions, "sets": found}))

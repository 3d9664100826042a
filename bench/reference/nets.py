"""The nets of src/models/nets in PyTorch, on the rows that nets.mjs wrote: same shapes, same batches' size, same passes, one thread.

Usage: nets.py FOLDER. Prints JSON: by net F of the held rows for each seed, and rows learned a CPU second.
"""

import json
import sys
import time

import numpy as np
import torch
from torch import nn

torch.set_num_threads(1)
folder = sys.argv[1]
facts = json.load(open(f"{folder}/facts.json"))


def read(kind):
    x = np.fromfile(f"{folder}/{kind}.f64", dtype=np.float64).reshape(-1, facts[kind]["columns"])
    y = np.fromfile(f"{folder}/{kind}.y", dtype=np.uint8)
    held = np.fromfile(f"{folder}/{kind}.held", dtype=np.uint8) == 1
    return x, y, held


def batches(rows):
    order = torch.randperm(len(rows))
    return [rows[order[at : at + 32]] for at in range(0, len(rows), 32)]


def learn(parameters, rows, loss_of, epochs, rate):
    adam = torch.optim.Adam(parameters, lr=rate)
    for _ in range(epochs):
        for batch in batches(rows):
            adam.zero_grad()
            loss_of(batch).backward()
            adam.step()


def f_score(called, y):
    right = int(((called == 1) & (y == 1)).sum())
    return 2 * right / max(1, int((called == 1).sum()) + int((y == 1).sum()))


def encoder(columns):
    return nn.Sequential(nn.Linear(columns, 128), nn.Sigmoid(), nn.Linear(128, 64), nn.Sigmoid())


def draw(net):
    for layer in net.modules():
        if isinstance(layer, nn.Linear):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)


class Sequences(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(257, 16)
        nn.init.uniform_(self.embedding.weight, -0.5, 0.5)
        self.cells = nn.LSTM(16, 32, batch_first=True)
        self.output = nn.Linear(32, 1)
        self.draw()

    def draw(self):
        """As ours is drawn: Glorot's range for a gate, one bias a gate and not two, and a forget gate that starts open."""
        nn.init.uniform_(self.cells.weight_ih_l0, -((6 / (16 + 32)) ** 0.5), (6 / (16 + 32)) ** 0.5)
        nn.init.uniform_(self.cells.weight_hh_l0, -((3 / 32) ** 0.5), (3 / 32) ** 0.5)
        nn.init.zeros_(self.cells.bias_hh_l0)
        self.cells.bias_hh_l0.requires_grad_(False)
        nn.init.zeros_(self.cells.bias_ih_l0)
        with torch.no_grad():
            self.cells.bias_ih_l0[32:64] = 1
        draw(self.output)

    def forward(self, tokens, known):
        states, _ = self.cells(self.embedding(tokens))
        return self.output((states * known).sum(1) / known.sum(1).clamp(min=1)).squeeze(1)


def dense(name, rows, x, t):
    net = nn.Sequential(encoder(x.shape[1]), nn.Linear(64, 2))
    draw(net)
    if name == "autoencoder":
        back = nn.Sequential(nn.Linear(64, 128), nn.Sigmoid(), nn.Linear(128, x.shape[1]))
        draw(back)
        both = [*net[0].parameters(), *back.parameters()]
        learn(both, rows, lambda b: nn.functional.mse_loss(back(net[0](x[b])), x[b]), facts["pretrainEpochs"], 1e-3)
    learn(net.parameters(), rows, lambda b: nn.functional.cross_entropy(net(x[b]), t[b]), facts["epochs"], 1e-3)
    return lambda: net(x).argmax(1).numpy()


def lstm(name, rows, x, t):
    tokens, known = x
    net = Sequences()
    loss = nn.functional.binary_cross_entropy_with_logits
    own = [p for p in net.parameters() if p.requires_grad]
    learn(own, rows, lambda b: loss(net(tokens[b], known[b]), t[b]), facts["lstmEpochs"], 3e-3)
    return lambda: (net(tokens, known) > 0).numpy()


passes = {
    "dense": facts["epochs"],
    "autoencoder": facts["epochs"] + facts["pretrainEpochs"],
    "lstm": facts["lstmEpochs"],
}
x, y, held = read("packets")
x = torch.tensor(np.nan_to_num(x), dtype=torch.float32)
packets = (dense, x, torch.tensor(y, dtype=torch.long), y, held)
x, y, held = read("sequences")
known = torch.tensor(~np.isnan(x), dtype=torch.float32).unsqueeze(2)
tokens = torch.tensor(np.nan_to_num(x), dtype=torch.long)
sequences = (lstm, (tokens, known), torch.tensor(y, dtype=torch.float32), y, held)
told = {}
for name in passes:
    fit, x, t, y, held = sequences if name == "lstm" else packets
    train = torch.tensor(np.flatnonzero(~held))
    told[name] = {"f": [], "rowsASecond": 0}
    for seed in facts["seeds"]:
        torch.manual_seed(seed)
        start = time.process_time()
        call = fit(name, train, x, t)
        seconds = time.process_time() - start
        with torch.no_grad():
            called = call()
        told[name]["f"].append(f_score(called[held], y[held]))
        told[name]["rowsASecond"] = max(told[name]["rowsASecond"], passes[name] * len(train) / seconds)
print(json.dumps(told))

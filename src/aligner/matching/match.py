"""TEMPORARY baseline."""

from __future__ import annotations

import numpy as np

from aligner.types import Bead, EncodedText


def match(
    source: EncodedText, target: EncodedText, slen, tlen, max_bead=(5, 5)
) -> tuple[Bead, ...]:
    n, m = source.size, target.size
    slen = np.asarray(slen, float)
    tlen = np.asarray(tlen, float)
    tlen = tlen * slen.sum() / tlen.sum()
    cs, ct = np.r_[0, slen.cumsum()], np.r_[0, tlen.cumsum()]
    types = [(1, 1)] + [(1, b) for b in range(2, 6)] + [(a, 1) for a in range(2, 6)] + [(2, 2)]
    s1, t1 = source.runs(1), target.runs(1)
    base = s1 @ t1.T
    bg = base.mean()
    score = {}
    for a, b in types:
        if a > n or b > m:
            continue
        sim = source.runs(a) @ target.runs(b).T
        la = cs[a:] - cs[:-a]
        lb = ct[b:] - ct[:-b]
        dev = np.abs(np.log((la[:, None] + 5) / (lb[None, :] + 5)))
        score[a, b] = (sim - bg - 0.15) * 4 * (a + b) / 2 - 1.0 * dev - 0.5 * (a + b - 2)
    D = np.full((n + 1, m + 1), -np.inf)
    D[0, 0] = 0
    back = {}
    for i in range(n + 1):
        for j in range(m + 1):
            best, who = (0.0, None) if i == j == 0 else (-np.inf, None)
            if i and D[i - 1, j] - 0.3 > best:
                best, who = D[i - 1, j] - 0.3, (1, 0)
            if j and D[i, j - 1] - 0.3 > best:
                best, who = D[i, j - 1] - 0.3, (0, 1)
            for (a, b), sc in score.items():
                if i >= a and j >= b:
                    v = D[i - a, j - b] + sc[i - a, j - b]
                    if v > best:
                        best, who = v, (a, b)
            D[i, j] = best
            back[i, j] = who
    out = []
    i, j = n, m
    while i or j:
        a, b = back[i, j]
        conf = 1.0
        if a and b:
            conf = float(1 / (1 + np.exp(-score[a, b][i - a, j - b])))
        out.append(Bead(tuple(range(i - a, i)), tuple(range(j - b, j)), conf))
        i -= a
        j -= b
    return tuple(out[::-1])

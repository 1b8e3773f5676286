"""Makes pca-reference.json: figures of scikit-learn for the matrix that pca.test.ts makes in the same way.

python3 test/engine/similarity/make-pca-reference.py   (scikit-learn 1.9.1, numpy 2.4.6)
"""

import json
import pathlib

import numpy
import sklearn
from sklearn.decomposition import PCA

ROWS, DIMS = 240, 16


def matrix():
    """Numbers of a linear congruential generator (modulus 2^31 - 1, multiplier 16807); column i is scaled by 1 / (i + 1)."""
    state = 12345
    values = numpy.empty((ROWS, DIMS), dtype=numpy.float32)
    for row in range(ROWS):
        shared = 0.0
        for column in range(DIMS):
            state = state * 16807 % 2147483647
            shared = 0.5 * shared + state / 2147483647 - 0.5
            values[row, column] = 3 + shared / (column + 1)
    return values.astype(numpy.float64)


rows = matrix()
pca = PCA(svd_solver="full").fit(rows)
axes = pca.components_[:6]
# The sign that the app fixes: the largest loading is positive.
signs = numpy.sign(axes[numpy.arange(len(axes)), numpy.abs(axes).argmax(axis=1)])
axes = axes * signs[:, None]
reference = {
    "madeBy": f"scikit-learn {sklearn.__version__}, numpy {numpy.__version__}, PCA(svd_solver='full')",
    "rows": ROWS,
    "dims": DIMS,
    "explainedVariance": pca.explained_variance_ratio_.tolist(),
    "mean": pca.mean_.tolist(),
    "axes": axes.tolist(),
    "firstRow": ((rows[0] - pca.mean_) @ axes.T).tolist(),
}
path = pathlib.Path(__file__).with_name("pca-reference.json")
path.write_text(json.dumps(reference, indent=2) + "\n")

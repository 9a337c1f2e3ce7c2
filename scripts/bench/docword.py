"""Reads UCI docword files (Debian's python3-numpy and python3-scipy)."""
import gzip

import numpy as np
import scipy.sparse as sparse


def read_docword(path):
    """The counts of a docword file, plain or gzip, as a D x V CSR matrix of int32; word ids ascend
    within a document. Exits where the file holds another number of entries than it says."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        numbers = np.array(file.read().split(), dtype=np.int64)
    docs, vocab_size, entries = (int(number) for number in numbers[:3])
    table = numbers[3:].reshape(-1, 3)
    if len(table) != entries:
        raise SystemExit(f"{path}: {entries} entries promised, {len(table)} found")
    counts = sparse.csr_matrix(
        (table[:, 2].astype(np.int32), (table[:, 0] - 1, table[:, 1] - 1)),
        shape=(docs, vocab_size),
    )
    counts.sort_indices()
    return counts

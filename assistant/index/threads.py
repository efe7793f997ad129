"""How many threads the numeric libraries of this process use: settled here and nowhere else.

NumPy's OpenBLAS and torch each keep their own pool; both spinning on two cores cost 114 ms a question instead
of 21 ms (DESIGN 8). torch gets the threads, BLAS gets one.
"""


def limit_threads(threads: int) -> None:
    """Give torch `threads` threads and every BLAS loaded by now one; call when the libraries are imported."""
    import torch
    from threadpoolctl import threadpool_limits

    torch.set_num_threads(max(1, threads))
    # Not used as a context manager: the limit is meant to stay.
    threadpool_limits(limits=1, user_api="blas")

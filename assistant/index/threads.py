"""How many threads the numeric libraries of this process use: settled here and nowhere else.

NumPy's OpenBLAS and torch each keep their own pool; both spinning on two cores cost 114 ms a question instead
of 21 ms (DESIGN 8). torch gets the threads, BLAS gets one.
"""


def limit_threads(threads: int) -> None:
    """Give torch `threads` threads and every BLAS one; call when torch has been imported."""
    import torch

    torch.set_num_threads(max(1, threads))
    limit_blas_threads()


def limit_blas_threads() -> None:
    """Give every BLAS that is loaded by now one thread; call after importing a library that brings one."""
    from threadpoolctl import threadpool_limits

    # Not used as a context manager: the limit is meant to stay.
    threadpool_limits(limits=1, user_api="blas")

"""Index side: analyse, embed, BM25 and FAISS."""

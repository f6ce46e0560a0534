"""Processes that answer the queries of strangers, and the pool that holds them to limits."""

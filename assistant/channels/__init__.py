"""Channels: pure renderers of one Answer, and the servers that carry them."""

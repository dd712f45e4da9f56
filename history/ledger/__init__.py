"""Proof that the history was not altered: a Merkle tree over the stored bytes, with signed checkpoints."""

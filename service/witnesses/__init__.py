"""Checkpoints are given to others outside: who could rewrite the whole history and sign it again cannot take those back."""

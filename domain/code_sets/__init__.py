"""The codes of the official returns, set by set. Open `domain.codes` to use them."""

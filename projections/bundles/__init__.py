"""Bundles: what somebody is given of the history, with all that proves it. docs/bundle-format.md has every byte of them."""

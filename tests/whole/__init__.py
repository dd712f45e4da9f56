"""The whole of domain, workflows and history on a real database, with many people at work."""

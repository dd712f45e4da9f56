"""The worker: which jobs it does, how they are looked after, and how it is told that they are well."""

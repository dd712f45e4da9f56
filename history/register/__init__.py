"""The register: proof that the rows of the tables beside the events are as they were written."""

"""The permanent record: every event as it was written, in one order, with personal words sealed."""

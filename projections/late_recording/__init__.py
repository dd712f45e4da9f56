"""Late and convenient recording: what was written down long after it was true, and why that may have suited somebody."""

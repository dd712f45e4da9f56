"""The deadlines of law, guidance and contract as rows of data. Open `domain.time_rules` to use them."""

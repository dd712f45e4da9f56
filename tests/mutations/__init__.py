"""Whether the tests would notice: small changes are made to the rules, one at a time, and some test must fail for each."""

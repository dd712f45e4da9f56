"""What tests stand on: named situations, stories and databases."""

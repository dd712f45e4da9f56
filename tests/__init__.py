"""What must be true of the service, as sentences."""

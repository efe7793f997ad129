"""The counsellor's page."""

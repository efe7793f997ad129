"""From a question to evidence: understand, rank, resolve the programme, apply validity."""

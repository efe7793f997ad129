"""From evidence to one cited, dated answer: route, abstain, select, compose, check."""

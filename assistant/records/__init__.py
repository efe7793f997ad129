"""Everything that happened, personal numbers masked: questions, answers as they were, ratings, users."""

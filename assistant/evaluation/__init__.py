"""Topics, measures, runs, comparisons and ratings; drives the same Assistant object as everyone else."""

"""What leaves a graph: dependency chains, the report, graph formats."""

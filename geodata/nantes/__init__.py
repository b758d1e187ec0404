"""The demonstration: central Nantes from IGN's BD TOPO, with invented shops and vacancies."""

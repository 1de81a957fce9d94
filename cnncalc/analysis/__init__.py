"""Questions about calculated networks: how they compare, how two differ, what other frameworks make of one, a list."""

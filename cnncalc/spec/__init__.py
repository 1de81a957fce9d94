"""From text to a network: reading, models, expansion, connection."""

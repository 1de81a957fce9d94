"""From a result to a document: one file per question a person asks."""

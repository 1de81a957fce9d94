"""From a document to a format: one file per format; no file knows a layer kind."""

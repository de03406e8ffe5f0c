"""Where editors look after the vocabularies."""

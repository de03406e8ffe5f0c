"""The controlled vocabularies: what they are, how they are loaded, and how editors change them."""

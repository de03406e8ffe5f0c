"""The embedded engine: an index of tantivy in DATA_DIR/index, no server."""

from search.engines.tantivy.adapter import TantivyEngine

__all__ = ["TantivyEngine"]

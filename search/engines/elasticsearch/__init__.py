"""Search on a cluster: Elasticsearch 8 or 9, for sites that outgrow one machine."""

from search.engines.elasticsearch.adapter import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]

from search.views.counts import counts
from search.views.organisations import organisation, organisations
from search.views.search import cases, methods, search
from search.views.suggest import suggestions
from search.views.topics import topic, topics

__all__ = ["cases", "counts", "methods", "organisation", "organisations", "search", "suggestions", "topic", "topics"]

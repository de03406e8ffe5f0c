from search.views.organisations import organisation, organisations
from search.views.search import cases, methods, search
from search.views.topics import topic, topics

__all__ = ["cases", "methods", "organisation", "organisations", "search", "topic", "topics"]

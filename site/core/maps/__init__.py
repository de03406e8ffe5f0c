"""The world map: `world` draws it, `Place` is what it shows of one country."""

from core.maps.drawing import Place, world

__all__ = ["Place", "world"]

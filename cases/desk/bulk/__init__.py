"""The same thing done to many entries: reported for each, logged together, and undone together while that is safe."""

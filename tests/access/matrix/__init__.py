"""The tests that ask one world: a package, so that the world is built once and gone before other tests."""

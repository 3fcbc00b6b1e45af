"""What a person can do: each use case calls the core, the store and the files."""

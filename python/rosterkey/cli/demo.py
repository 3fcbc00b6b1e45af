"""The story of the product, told on a sample: demo."""

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the application."""

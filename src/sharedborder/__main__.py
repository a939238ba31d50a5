"""`python -m sharedborder`: the command line."""

from sharedborder.cli import app

if __name__ == "__main__":
    app()

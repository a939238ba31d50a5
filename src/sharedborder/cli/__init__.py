"""The front door: commands, and the one place where the rooms meet. Each command imports only what it needs.

Exit codes: 0 done, 1 a fault that may pass (network, files), 2 a person must decide (data, arguments).
"""

from sharedborder.cli import making, tables, writing
from sharedborder.cli.front import app

__all__ = ["app", "making", "tables", "writing"]

"""`roundabout web`, started anew for each line on standard input; imports are paid once."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from app import factory
from app.commands.serve import web_part


def live() -> None:
    """Be `roundabout web` until killed."""
    os.close(0)
    web_part.main(args=[], standalone_mode=False)
    os._exit(0)


if __name__ == "__main__":
    for name in factory._BLUEPRINTS:  # noqa: SLF001 -- what create_app would import
        import_module(f"app.blueprints.{name}")
    for _line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            live()
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
        os.waitpid(pid, 0)

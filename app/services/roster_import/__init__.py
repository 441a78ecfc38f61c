"""People from a file into an event, checked whole before anything is written.

The command line brings a file in one go (`bringing`). On the desk it goes in steps: kept
(`uploads`), its columns chosen (`guessing`, `mapping`), unknown words understood (`words`), every
row reported (`reporting`), then written in one transaction (`adding`).
"""

from app.services.roster_import.bringing import Imported, import_people, read_for, stages_of

__all__ = ["Imported", "import_people", "read_for", "stages_of"]

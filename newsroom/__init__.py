"""The site: settings, root addresses and the WSGI entry point.

Python's own ``sqlite3`` is replaced once, here, by ``pysqlite3`` where that has a wheel: it carries a SQLite
without the WAL-reset fault (see ``articles.web.checks``). Every entry point imports this package first.
"""

import sys
from importlib.util import find_spec

if find_spec("pysqlite3"):
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

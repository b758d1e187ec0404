"""What `./devanture` runs before the program: it installs what is missing, then becomes the program.

It lives beside the package `devanture`, not in it, because it runs with the system's Python before any
package is installed: standard library only (tests/launcher holds this).

    main.py      which command needs which step; the last act is exec
    system.py    Debian's packages
    venv.py      .venv from requirements.lock
    pwa.py       Node from .venv, npm ci, the build
    checks.py    ./devanture test
    progress.py  runs a command and tells how far it is
    stamps.py    remembers what a step was done with
"""

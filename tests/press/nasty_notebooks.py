"""Notebooks, as their cells, that an engine may stumble over."""

from collections.abc import Sequence

MEGABYTES = 1_500
"""The memory that their kernels may have."""
NASTY: dict[str, Sequence[str]] = {
    "prints between displays": [
        "for n in range(20):\n    print(n); display(n); print('more', n, flush=True)",
        "import sys\nprint('out', flush=True)\nprint('error', file=sys.stderr, flush=True)\nprint('out')\n42",
    ],
    "threads that print": [
        "import threading\ndef say(n):\n    print('thread', n)\n    display(n)",
        "for n in range(5):\n    one = threading.Thread(target=say, args=[n])\n    one.start(); one.join()",
    ],
    "an exception in a call": [
        "def fail(n):\n    return 1 / n",
        "print('before')\ntry:\n    fail(0)\nexcept ArithmeticError as error:\n"
        "    raise ValueError('told') from error",
        "print('never')",
    ],
    "sys.exit with a fault": ["import sys\nsys.exit(3)"],
    "sys.exit without one": ["import sys\nsys.exit(0)", "print('after')"],
    "a warning of the chapter's own": ["import warnings\nwarnings.warn('look')"],
    "warnings of others": [
        "import warnings\nfor kind in (UserWarning, DeprecationWarning, FutureWarning, ResourceWarning):\n"
        "    warnings.warn_explicit('look', kind, 'other.py', 7, module='other', registry={})",
    ],
    "a syntax error": ["if True print()"],
    "huge output": ["print('x' * 3_000_000)", "for n in range(1500):\n    print(n, '.' * 200)"],
    "an interrupt": [
        "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(30)\nprint('never')"
    ],
    "a fork of its own": [
        "import os\nchild = os.fork()\nif not child:\n    os._exit(7)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))",
        "import time\nos.write(1, b'straight to the descriptor\\n')\ntime.sleep(0.5)",
    ],
    "a dying kernel": ["print('before', flush=True)\nimport os\nos._exit(3)"],
    "a killed kernel": ["import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"],
    "memory over the limit": [f"taken = bytearray({MEGABYTES * 2} * 1_000_000)"],
    "an array over the limit": [f"import numpy\nnumpy.ones({MEGABYTES} * 250_000)"],
    "memory below the limit": [f"len(bytearray({MEGABYTES // 3} * 1_000_000))"],
    "display updates": [
        "shown = display('first', display_id='one')\ndisplay('between')",
        "shown.update('second')",
    ],
    "clear_output": [
        "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('stays')",
        "print('gone too')\nclear_output(wait=True)\ndisplay('stays too')",
    ],
    "order of hashes and seeded chance": [
        "import random\nrandom.seed(1)\nprint(hash('a'), list({'a', 'b', 'c', 'd'}), random.random())",
        "from numpy import random\nrandom.seed(1)\nprint(random.random(), random.default_rng(1).random())",
    ],
    "await at the top": [
        "import asyncio\nawait asyncio.sleep(0.01)\nprint(await asyncio.to_thread(lambda: 5))"
    ],
    "an answer that nobody gives": ["input('name? ')"],
    "magics and history": ["%env OMP_NUM_THREADS\n%who", "_, In[1], __name__"],
    "pandas, its table and its options": [
        "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
        "pd.options.display.max_rows, pd.options.mode.string_storage",
    ],
    "what a chapter finds": [
        "import gc, os, resource, signal, sys, threading, warnings",
        "OWN = {'IPYTHONDIR', 'JPY_PARENT_PID', 'SHAREDBORDER_READ_LOG'}\n"
        "import hashlib  # values may be secrets\n"
        "print(*(f'{name} {hashlib.sha256(value.encode()).hexdigest()}'"
        " for name, value in sorted(os.environ.items()) if name not in OWN), sep='\\n')",
        "print(os.getcwd(), sys.path, len(sys.argv), sys.argv[0], sys.warnoptions, sys.flags)",
        "print([(str(s), str(signal.getsignal(s))) for s in signal.valid_signals()])",
        "print([resource.getrlimit(n) for n in range(10)], os.umask(0o22), gc.isenabled())",
        "print(os.getpgrp() == os.getpid() == os.getsid(0), sorted(t.name for t in threading.enumerate()))",
        "print(sys.stdin.fileno(), os.read(0, 10), sys.getrecursionlimit(), sys.excepthook.__name__)",
    ],
}


FAILS = {
    "an exception in a call": "ValueError: told",
    "sys.exit with a fault": "SystemExit: 3",
    "a warning of the chapter's own": "UserWarning: look",
    "a syntax error": "SyntaxError",
    "an interrupt": "KeyboardInterrupt",
    "a dying kernel": "The kernel died",
    "a killed kernel": "The kernel died",
    "memory over the limit": "MemoryError: it needs more than the 1,500 MB of memory a chapter may have",
    "an array over the limit": "MemoryError: it needs more than the 1,500 MB of memory a chapter may have",
    "an answer that nobody gives": "StdinNotImplementedError",
}
LEAKS = [
    "import builtins, gc, locale, os, random, sys, warnings\nimport pandas as pd",
    "builtins.leak = leak = 1\nos.environ['LEAK'] = '1'\nos.chdir('/')\nos.umask(0)",
    "warnings.simplefilter('ignore')\nrandom.seed(0)\npd.options.display.max_rows = 3\ngc.disable()",
    "held = open(os.devnull, 'w')\nsys.path.insert(0, '/leak')\nsys.modules['leak'] = sys\npd.leak = 1",
    "sys.setrecursionlimit(5000)\npd.DataFrame.leak = 1",
]
LOOKS = [
    "import builtins, gc, os, sys, warnings\nimport pandas as pd",
    "print('leak' in globals() or hasattr(builtins, 'leak') or 'leak' in sys.modules or hasattr(pd, 'leak'))",
    "print('LEAK' in os.environ, os.getcwd(), os.umask(0o22), '/leak' in sys.path, sys.getrecursionlimit())",
    "print([item[:2] for item in warnings.filters], pd.options.display.max_rows, gc.isenabled())",
    "print(hasattr(pd.DataFrame, 'leak'), os.readlink('/proc/self/fd/0'))",
    "print([n for n in range(3, 99) if os.path.realpath(f'/proc/self/fd/{n}') == os.devnull], 'clean')",
]

"""Wait until a server answers: `python tools/ask.py PID URL TEXT`.

The exit status is 0 when it answers 200 with TEXT, 1 when not within five minutes.
PID is the process that is to become the server: nobody waits for one that has ended.
"""

import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

SECONDS = 300


def main(pid: int, url: str, text: str) -> int:
    """Ask once a second; the first answer of any kind decides."""
    for _ in range(SECONDS):
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own server on loopback
                found = text in answer.read().decode()
            print(f"{url}: 200, {'with' if found else 'WITHOUT'} {text}")
            return 0 if found else 1
        except urllib.error.HTTPError as error:
            print(f"{url}: {error.code}")
            return 1
        except OSError:
            if not alive(pid):
                print(f"{url}: the server ended before it answered")
                return 1
            time.sleep(1)
    print(f"{url}: no answer within {SECONDS} s")
    return 1


def alive(pid: int) -> bool:
    """Whether the process runs; one that ended may still be listed, as a zombie that nobody has collected."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2], sys.argv[3]))

"""The command line with an ear on the recogniser: ``python -m benchmarks._listening LOG transcribe …``.

Writes a line to LOG for each event before and after the program has stored it. Nothing else is different.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
import time
from typing import Any

from workbench.transcription import job
from workbench.transcription.protocol import BatchDone, Finished, Started


def main() -> None:
    """Listen, and be the program."""
    log = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    original = job.run

    def note(what: str, **values: Any) -> None:
        os.write(log, (json.dumps({"what": what, "at": time.time()} | values) + "\n").encode())

    def run(request: job.Request, *, on_event: Any, **options: Any) -> job.Result:
        note("asked", skipped=sorted(request.skip_windows))

        def hear(event: Any) -> None:
            numbers = [w.ordinal for w in event.windows] if isinstance(event, BatchDone) else []
            if numbers:
                note("recognised", windows=numbers)
            on_event(event)
            if numbers:
                note("stored", windows=numbers)
            elif isinstance(event, Started):
                note("started", windows=[], total=len(event.windows))
            elif isinstance(event, Finished):
                note("finished", **dataclasses.asdict(event))

        return original(request, on_event=hear, **options)

    job.run = run
    from workbench.__main__ import main as workbench

    workbench()


if __name__ == "__main__":
    main()

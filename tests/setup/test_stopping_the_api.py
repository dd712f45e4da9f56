"""The API stops even while somebody reads an event stream that never ends."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.support.running_service import CHECKOUT

PROGRAM = """
import asyncio, socket, sys
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from service.api_process import ApiProcess
from service.settings import Settings

app = FastAPI()

@app.get("/events")
def events() -> StreamingResponse:
    async def forever():
        while True:
            yield b"data: still here\\n\\n"
            await asyncio.sleep(0.1)
    return StreamingResponse(forever(), media_type="text/event-stream")

ApiProcess(app, Settings()).run(socket.socket(fileno=int(sys.argv[1])))
"""


def test_an_open_event_stream_does_not_keep_it_from_stopping(tmp_path: Path) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(listening.fileno())],
            env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
            pass_fds=[listening.fileno()],
        )
        try:
            reader = http.client.HTTPConnection("127.0.0.1", listening.getsockname()[1], timeout=30)
            reader.request("GET", "/events")
            assert reader.getresponse().readline() == b"data: still here\n"

            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
            assert time.monotonic() - began < 5
            reader.close()
        finally:
            process.kill()
            process.wait()

# Tells the line that the program is at, for whoever watches it from outside:
# a file of (thread, line) pairs, each at the place of its thread's number, so
# that child processes share it. The interpreter imports this before the
# program. The file's descriptor is the highest that there can be, so that the
# program's own are the numbers it would have without us.
import os
import resource
import sys
import threading

_SLOTS = 4096


def _watch(path, files):
    opened = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    fd = resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 1
    os.dup2(opened, fd, inheritable=False)
    os.close(opened)
    pwrite, thread, order = os.pwrite, threading.get_native_id, sys.byteorder

    def tell(number):
        tid = thread()
        try:
            pwrite(fd, tid.to_bytes(4, order) + number.to_bytes(4, order), tid % _SLOTS * 8)
        except OSError:
            pass  # the program closed every descriptor there is

    if hasattr(sys, "monitoring"):
        monitoring = sys.monitoring

        def line(code, number):
            if code.co_filename not in files:
                return monitoring.DISABLE
            tell(number)

        monitoring.use_tool_id(monitoring.OPTIMIZER_ID, "lines")
        monitoring.register_callback(monitoring.OPTIMIZER_ID, monitoring.events.LINE, line)
        monitoring.set_events(monitoring.OPTIMIZER_ID, monitoring.events.LINE)
        return

    def local(frame, event, arg):
        if event == "line":
            tell(frame.f_lineno)
        elif event == "return" and frame.f_back and frame.f_back.f_code.co_filename in files:
            tell(frame.f_back.f_lineno)
        return local

    def called(frame, event, arg):
        if frame.f_code.co_filename in files:
            return local

    threading.settrace(called)
    sys.settrace(called)


_path = os.environ.pop("FIVETUPLE_LINES", None)
_file = os.environ.pop("FIVETUPLE_PROGRAM", None)
_waits = os.environ.pop("FIVETUPLE_WAITS", None)
for _name in ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE"):
    os.environ.pop(_name, None)
if os.path.dirname(__file__) in sys.path:
    sys.path.remove(os.path.dirname(__file__))
# What these try out while they are imported is none of the program's.
import selectors  # noqa: E402, F401
import socket  # noqa: E402, F401

if _waits and not os.read(0, 1):  # until it is known which program it is
    os._exit(0)
if _path and _file:
    sys.stdout.reconfigure(line_buffering=True)  # as on a terminal
    _watch(_path, {_file, os.path.basename(_file)})

"""The processes of the platform on one machine, and the supervisor that keeps them running.

with engines.running(), Stack(engines.home()) as stack:
    stack.obey_signals()
    stack.wait()            # until Ctrl-C; a child that crashes is started again
"""

from tieubieu.processes.plan import BEHIND_THE_WEB, EVERYTHING, RELAY, WEB, WORKER, Process
from tieubieu.processes.ports import NoFreePort, free_port
from tieubieu.processes.supervisor import AlreadyRunning, Stack, running_stack, say

__all__ = [
    "BEHIND_THE_WEB",
    "EVERYTHING",
    "RELAY",
    "WEB",
    "WORKER",
    "AlreadyRunning",
    "NoFreePort",
    "Process",
    "Stack",
    "free_port",
    "running_stack",
    "say",
]

from santai.kernel.flow.models.history import FlowAct
from santai.kernel.flow.models.processes import Process, Task, Waiting
from santai.kernel.flow.models.specs import Decision, ProcessSpec

__all__ = ["Decision", "FlowAct", "Process", "ProcessSpec", "Task", "Waiting"]

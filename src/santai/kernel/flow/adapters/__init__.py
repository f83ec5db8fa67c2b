"""The wrapper round SpiffWorkflow: nothing else in the platform knows the engine."""

from santai.kernel.flow.adapters.engine import EngineSpec, EngineTask, Opened, Run, Wait, compile_process

__all__ = ["EngineSpec", "EngineTask", "Opened", "Run", "Wait", "compile_process"]

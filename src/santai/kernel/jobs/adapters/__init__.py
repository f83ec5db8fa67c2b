from santai.kernel.jobs.adapters.listening import CHANNEL, Listener, listening, notify
from santai.kernel.jobs.adapters.memory import forget_kept, kept_briefly

__all__ = ["CHANNEL", "Listener", "forget_kept", "kept_briefly", "listening", "notify"]

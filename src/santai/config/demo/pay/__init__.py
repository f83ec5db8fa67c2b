"""演示支付平台: a payment provider that runs inside the demonstration city and moves no money.

It stands on the other side of the wire: it speaks the gateway protocol over HTTP with keys of its own and shares no code with the adapter.
"""

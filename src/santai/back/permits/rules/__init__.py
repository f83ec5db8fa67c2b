"""Pure rules of what follows a decision: plain values in, plain values out."""

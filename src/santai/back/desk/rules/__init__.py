"""Pure rules of the desk: plain values in, plain values out."""

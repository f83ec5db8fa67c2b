"""Pure rules of an approval: plain values in, plain values out."""

"""Made-up worlds: registers, roads and movements drawn from a seed, to try laws and engines on."""

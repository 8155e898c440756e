"""A figure for each speed, taken from the CPU seconds and the peak memory of a process of its own."""

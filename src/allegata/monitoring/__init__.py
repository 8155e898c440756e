"""Over time: what changed about claims, forecasts that come due, tension between parties. Pure functions."""

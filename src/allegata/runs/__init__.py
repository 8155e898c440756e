"""How work is spread: processes of this machine."""

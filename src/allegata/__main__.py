"""`python -m allegata` is the command `allegata`."""

from allegata.cli import main

if __name__ == "__main__":
    main()

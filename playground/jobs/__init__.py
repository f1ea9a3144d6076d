"""What can be run: each job is a frozen description whose generator yields snapshots."""

"""The programs compared, each a class that takes files in and gives passages; they run in the peers' environment."""

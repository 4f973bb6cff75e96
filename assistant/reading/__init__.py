"""From a query to candidate sentences, compared with what is asked and read, the best first."""

"""The ontology as a package, so that `rectify.ttl` is found wherever Rectify is installed."""

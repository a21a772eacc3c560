"""Reports of errors from readers, and what comes of them."""

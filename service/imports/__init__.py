"""Taking in what other systems export: one module a kind of file, and every row answered for."""

"""The comparison with two other CSL processors, citeproc-js and pandoc, over our own items."""

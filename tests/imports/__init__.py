"""The comparison with the import tests of Zotero: `make imports`."""

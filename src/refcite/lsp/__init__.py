"""`refcite lsp`: a language server for keys, entries and problems of references in editors.

It requires the extra `lsp`. `server.py` connects the protocol with the features; these use the open
texts (`texts.py`), the libraries (`libraries.py`) with their indexes (`index.py`), and what is at
the cursor (`cursor.py`).
"""

"""`refcite serve`: a page in the browser to try refcite in.

It is served only on 127.0.0.1, loads nothing from elsewhere and stores nothing. It needs the
extra `refcite[serve]`.
"""

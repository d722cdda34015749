"""`refcite serve`: a page in the browser to try refcite in.

It is served on 127.0.0.1 alone, loads nothing from elsewhere and stores nothing. It needs the
extra `refcite[serve]`.
"""

"""How Sphinx builds the documentation: `make docs`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "extensions"))

from refcite import __version__

project = "refcite"
author = "The refcite authors"
copyright = author  # noqa: A001 - Sphinx's name
version = release = __version__

extensions = [
    "pages",
    "docstrings",
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "sphinx_copybutton",
]
exclude_patterns = ["extensions"]

myst_enable_extensions = ["attrs_block", "colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_type_aliases = {
    name: name for name in ("Citable", "CiteMode", "EngineName", "ItemType", "Kind", "Output")
}
add_module_names = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 80
napoleon_numpy_docstring = False
napoleon_custom_sections = [("Attributes", "Parameters")]  # of values, which are made of them
toc_object_entries_show_parents = "hide"

copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
copybutton_line_continuation_character = "\\"

html_theme = "furo"
html_title = "refcite"
html_static_path = ["_static"]
html_css_files = ["refcite.css"]
html_logo = "_static/refcite.svg"
html_favicon = "_static/refcite.svg"
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {"light_css_variables": {"color-code-background": "#f3f4f6"}}
html_show_copyright = False
html_show_sphinx = False
pygments_style = "a11y-high-contrast-light"  # of accessible-pygments, which furo brings
pygments_dark_style = "github-dark"

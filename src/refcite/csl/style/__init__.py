"""CSL styles and locales: from XML to the typed tree."""

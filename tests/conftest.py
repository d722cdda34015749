"""How the property tests run."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

# The same examples every time, whatever the machine is busy with: a run that fails has a cause in
# the change. REFCITE_FUZZ=1 draws new ones.
settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("fuzz", deadline=None, max_examples=2_000)
if os.environ.get("REFCITE_FUZZ"):
    settings.load_profile("fuzz")
else:
    settings.load_profile("steady")
    # Hypothesis also draws constants from the source of the modules that are loaded. Which ones are
    # loaded depends on the tests that the same process has run before.
    if hasattr(providers, "is_local_module_file"):
        providers.is_local_module_file = lambda path: False

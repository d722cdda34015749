"""How the property tests run."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# The same examples every time, whatever the machine is busy with: a run that fails has a cause in
# the change. REFCITE_FUZZ=1 draws new ones.
settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("fuzz", deadline=None, max_examples=2_000)
settings.load_profile("fuzz" if os.environ.get("REFCITE_FUZZ") else "steady")

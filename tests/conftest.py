"""What holds for every test."""

from hypothesis import HealthCheck, settings

# A busy machine is no fault of the code: no example is timed.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

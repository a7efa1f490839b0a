"""What tests of the domain stand on: property tests that no slow machine fails."""

import hypothesis

hypothesis.settings.register_profile("loges", deadline=None)
hypothesis.settings.load_profile("loges")

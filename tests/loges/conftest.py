"""What tests of the domain stand on: the skeleton of the site, and property tests that no slow machine fails."""

import hypothesis
import pytest

from cms import tree

hypothesis.settings.register_profile("loges", deadline=None)
hypothesis.settings.load_profile("loges")


@pytest.fixture
def planted(db: None) -> None:
    """The root pages and the two groups of editors, as on every installation."""
    tree.plant()

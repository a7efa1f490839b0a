"""News that travels up the stairs, sent inside the writer's transaction.

Always `send`, never `send_robust`: a listener that fails must roll the write back.
"""

from django.dispatch import Signal

loge_created = Signal()
"""A loge was made. Arguments: loge, by."""

loge_changed = Signal()
"""A loge's name, territory or state changed. Arguments: loge, transition (name or None), by, now."""

member_appointed = Signal()
"""Somebody joined a loge. Arguments: membership."""

member_dismissed = Signal()
"""Somebody's role in a loge ended. Arguments: membership."""

experts_changed = Signal()
"""What is public about experts may have changed. Arguments: ids (of ExpertProfile)."""

profile_suggested = Signal()
"""A coordinator proposed words for a profile to its expert. Arguments: expert."""

vocabulary_changed = Signal()
"""Services, or the words for them, changed. Arguments: none."""

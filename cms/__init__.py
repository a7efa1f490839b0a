"""What coordinators write: loge, event, handbook and blog pages, their blocks and the editors' admin."""

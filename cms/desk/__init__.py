"""The desk: the screens of the editors' admin that are ours, for coordinators and for OpenLoge's team."""

"""What the site says and reads in its language, where Django and Wagtail ask for it."""

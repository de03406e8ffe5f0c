"""Settings of `make demo`: like local, with the demo accounts allowed and without debug pages."""

from config.settings.local import *

DEBUG = False
DEMO_ACCOUNTS = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

"""Settings by deployment: `development`, `test` and `production`, each built on `base`.

Only `environment` reads environment variables; everybody else uses `django.conf.settings`.
"""

"""The demo nation's logins; without Django, so that scripts around the project can sign in too."""

PASSWORD = "binh-chon-2026"  # noqa: S105 - printed for everyone; the demo refuses to run in production
OFFICER, LEADER = "chuyenvien", "lanhdao"
ADMINISTRATOR, AUDITOR = "quantri", "kiemtra"
COMMUNE_OFFICER, OWNER = "canboxa", "chucoso"

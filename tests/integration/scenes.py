"""Run in a nation's environment: `python scenes.py SCENE SLUG PROVINCE ENTRIES`.

It raises a province and takes a round to the scene, by the services that people use.
"""

import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def issuing(entries: int) -> None:
    """The workers have just been asked for the certificates of a decided round."""
    from stage import decided

    from apps.recognition.services import issue_certificates

    stage = decided(entries)
    issue_certificates(stage.round.pk, actor=stage.officer)


def scoring(entries: int) -> None:
    """The judges have their sheets and no mark is given."""
    from stage import scoring

    scoring(entries)


def main(scene: str, slug: str, province: str, entries: int) -> None:
    from django.conf import settings

    from tenants.gateways import inside
    from tenants.provisioning.services import NewTenant, create_tenant

    domain = f"{slug}.{settings.BASE_HOST}"
    create_tenant(NewTenant(slug=slug, name=f"Tỉnh {slug}", domain=domain, kind="province", province_code=province))
    enough_tax_codes(entries)
    with inside(slug):
        {"issuing": issuing, "scoring": scoring}[scene](entries)


def enough_tax_codes(entries: int) -> None:
    import stage

    from tieubieu.lib.taxcode import check_digit

    numbers = (f"03{number:07d}" for number in range(1, 10 * entries + 10))
    stage.TAX_CODES = [f"{nine}{digit}" for nine in numbers if (digit := check_digit(nine)) is not None][:entries]


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants.benchmarks.tenants import run


class Command(BaseCommand):
    """Measures in databases of its own, and drops them."""

    help = "Đo tốc độ, so với cách làm thông thường / Measure, beside the stock way"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["tenants"], help="tenants: tạo, nâng cấp và phục vụ nhiều đơn vị")
        parser.add_argument("--tenants", type=int, default=200, help="số đơn vị / how many tenants")
        parser.add_argument("--stock", type=int, default=12, help="số đơn vị cho cách thường / for the stock way")
        parser.add_argument("--json", action="store_true", help="in dạng JSON")

    def handle(self, **options: Any) -> None:
        figures = run(tenants=options["tenants"], stock_tenants=options["stock"], tell=self.stderr.write)
        if options["json"]:
            self.stdout.write(json.dumps([figure.as_json() for figure in figures], ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(figure.as_line() for figure in figures))
        missed = [figure.name.strip() for figure in figures if not figure.is_good]
        if missed:
            raise CommandError(f"Không đạt: {'; '.join(missed)}.")

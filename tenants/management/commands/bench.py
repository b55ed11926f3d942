import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants.benchmarks.choices import Benchmark, registered
from tenants.benchmarks.figures import Figure


class Command(BaseCommand):
    """Measures in databases of its own, and drops them. What can be measured the rooms register."""

    help = "Đo tốc độ, so với cách làm thông thường / Measure, beside the stock way"

    def add_arguments(self, parser: ArgumentParser) -> None:
        choices = parser.add_subparsers(dest="what", required=True, title="đo gì / what")
        for benchmark in registered():
            _add(choices.add_parser(benchmark.name, help=benchmark.help, description=benchmark.help), benchmark)

    def handle(self, **options: Any) -> None:
        chosen = next(benchmark for benchmark in registered() if benchmark.name == options["what"])
        asked = {option.name: options[option.name] for option in chosen.options}
        figures = chosen.measure(tell=self.stderr.write, **asked)
        self.stdout.write(_as_json(figures) if options["json"] else "\n".join(figure.as_line() for figure in figures))
        missed = [figure.name.strip() for figure in figures if not figure.is_good]
        if missed:
            raise CommandError(f"Không đạt: {'; '.join(missed)}.")


def _add(parser: ArgumentParser, benchmark: Benchmark) -> None:
    parser.add_argument("--json", action="store_true", help="in dạng JSON")
    for option in benchmark.options:
        parser.add_argument(f"--{option.name}", type=int, default=option.default, help=option.help)


def _as_json(figures: list[Figure]) -> str:
    return json.dumps([figure.as_json() for figure in figures], ensure_ascii=False, indent=1)

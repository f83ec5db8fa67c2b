"""``lay_out_process FILE…``: write a computed diagram into BPMN files, so that any BPMN tool can open them."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from santai.kernel.flow.service import draw_into_file


class Command(BaseCommand):
    help = "给流程文件（BPMN）加上排好版的图（原有的图会被替换）。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, help="BPMN 文件")

    def handle(self, *args: Any, **options: Any) -> None:
        for path in options["files"]:
            text, problems = draw_into_file(path.read_text(encoding="utf-8"))
            if problems:
                raise CommandError("\n".join(f"{path} · {element} · {problem}" for element, problem in problems))
            path.write_text(text, encoding="utf-8")
            self.stdout.write(str(path))

"""The expression language is one language: Python and the browser agree on every vector."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import santai.kernel.forms as room
from santai.kernel.forms.service import check_logic, logic

VECTORS = json.loads((Path(__file__).parent / "logic_vectors.json").read_text())
SCRIPT = Path(room.__file__).parent / "static/kernel_forms/logic.js"


@pytest.mark.parametrize(("expression", "data", "expected"), VECTORS, ids=[json.dumps(v[0], ensure_ascii=False)[:60] for v in VECTORS])
def test_python_gives_the_value_of_the_vector(expression: object, data: object, expected: object) -> None:
    found = logic(expression, data)
    assert found == expected
    assert isinstance(found, bool) == isinstance(expected, bool)
    assert check_logic(expression) == []


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed; the journeys run the same vectors in the browser")
def test_javascript_gives_the_same_values() -> None:
    program = (
        "const {evaluate} = require(process.argv[1]); const vectors = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "process.stdout.write(JSON.stringify(vectors.map(([e, d]) => evaluate(e, d))));"
    )
    ran = subprocess.run(
        ["node", "-e", program, str(SCRIPT)], input=json.dumps(VECTORS), capture_output=True, text=True, check=True, timeout=60
    )
    for (expression, _, expected), found in zip(VECTORS, json.loads(ran.stdout), strict=True):
        assert found == expected, expression


@pytest.mark.parametrize(
    "expression", [{"exec": ["x"]}, {"var": "a", "==": [1, 1]}, {"==": [1]}, {"and": [{"nope": 1}]}, {"sum_of": ["rows", 5]}]
)
def test_a_malformed_expression_is_named_before_it_runs(expression: object) -> None:
    assert check_logic(expression)

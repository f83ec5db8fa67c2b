// The expression language of forms in the browser. The same subset as rules/logic.py; both run tests/kernel/forms/logic_vectors.json.
// Works as a classic script (window.santaiLogic) and in Node (module.exports).
(function (root) {
  "use strict";

  const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const known = (value) => (value === undefined ? null : value);

  function truthy(value) {
    if (value === null || value === undefined || value === false || value === "" || value === 0) return false;
    return !(Array.isArray(value) && value.length === 0);
  }

  function valueAt(data, path) {
    if (path === "") return known(data);
    for (const step of String(path).split(".")) {
      if (Array.isArray(data)) data = /^\d+$/.test(step) ? data[Number(step)] : undefined;
      else if (isObject(data)) data = Object.prototype.hasOwnProperty.call(data, step) ? data[step] : undefined;
      else return null;
    }
    return known(data);
  }

  function tidy(number) {
    if (!Number.isFinite(number)) return 0;
    if (Number.isInteger(number) || Math.abs(number) >= 1e15) return number + 0;
    return Number(number.toFixed(6)) + 0;
  }

  function same(left, right) {
    if (left === right) return true;
    if (Array.isArray(left) && Array.isArray(right)) return left.length === right.length && left.every((item, i) => same(item, right[i]));
    if (isObject(left) && isObject(right)) {
      const keys = Object.keys(left);
      return keys.length === Object.keys(right).length && keys.every((key) => key in right && same(left[key], right[key]));
    }
    return false;
  }

  const comparable = (left, right) =>
    (isNumber(left) && isNumber(right)) || (typeof left === "string" && typeof right === "string");
  // Python compares text by code point, JavaScript by UTF-16 unit: compare code points.
  function order(left, right) {
    if (typeof left === "number") return left - right;
    const a = Array.from(left);
    const b = Array.from(right);
    for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
      if (a[i] !== b[i]) return a[i].codePointAt(0) - b[i].codePointAt(0);
    }
    return a.length - b.length;
  }
  const ordered = (test) => (operands, data) => {
    const values = operands.map((operand) => evaluate(operand, data));
    return values.length > 1 && values.slice(1).every((right, i) => comparable(values[i], right) && test(order(values[i], right)));
  };

  function fold(operands, data, step) {
    const values = operands.map((operand) => evaluate(operand, data));
    if (!values.length || !values.every(isNumber)) return null;
    return tidy(values.slice(1).reduce(step, values[0]));
  }
  const choice = (better) => (operands, data) => {
    const values = operands.map((operand) => evaluate(operand, data)).filter((value) => value !== null);
    if (!values.length || !values.every((value) => comparable(values[0], value))) return null;
    return values.reduce((best, value) => (better(order(value, best)) ? value : best));
  };

  function rowsOf(operand, data) {
    const rows = typeof operand === "string" ? valueAt(data, operand) : evaluate(operand, data);
    return Array.isArray(rows) ? rows : [];
  }
  const withRow = (data, row) => Object.assign({}, isObject(data) ? data : {}, { row });
  const matches = (operands, data) =>
    rowsOf(operands[0], data).map((row) => truthy(evaluate(operands[1], withRow(data, row))));

  function asDate(value) {
    const parts = typeof value === "string" ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) : null;
    if (!parts) return null;
    const [year, month, day] = parts.slice(1).map(Number);
    const made = new Date(Date.UTC(2000, 0, 1));
    made.setUTCFullYear(year, month - 1, day);
    return year >= 1 && made.getUTCMonth() === month - 1 && made.getUTCDate() === day ? { year, month, day } : null;
  }
  const iso = (year, month, day) =>
    `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;

  function text(value) {
    if (value === null || value === undefined) return "";
    return String(value);
  }

  const OPERATORS = {
    var: (operands, data) => {
      const path = operands.length ? evaluate(operands[0], data) : "";
      const found = path === null ? null : valueAt(data, String(path));
      return found === null && operands.length > 1 ? evaluate(operands[1], data) : found;
    },
    "==": (operands, data) => same(evaluate(operands[0], data), evaluate(operands[1], data)),
    "!=": (operands, data) => !same(evaluate(operands[0], data), evaluate(operands[1], data)),
    "<": ordered((sign) => sign < 0),
    ">": ordered((sign) => sign > 0),
    "<=": ordered((sign) => sign <= 0),
    ">=": ordered((sign) => sign >= 0),
    and: (operands, data) => {
      let value = null;
      for (const operand of operands) {
        value = evaluate(operand, data);
        if (!truthy(value)) return value;
      }
      return value;
    },
    or: (operands, data) => {
      let value = null;
      for (const operand of operands) {
        value = evaluate(operand, data);
        if (truthy(value)) return value;
      }
      return value;
    },
    "!": (operands, data) => !truthy(evaluate(operands[0], data)),
    "!!": (operands, data) => truthy(evaluate(operands[0], data)),
    if: (operands, data) => {
      let position = 0;
      for (; position + 1 < operands.length; position += 2) {
        if (truthy(evaluate(operands[position], data))) return evaluate(operands[position + 1], data);
      }
      return position < operands.length ? evaluate(operands[position], data) : null;
    },
    in: (operands, data) => {
      const [needle, heap] = operands.map((operand) => evaluate(operand, data));
      if (Array.isArray(heap)) return heap.some((straw) => same(needle, straw));
      return typeof heap === "string" && typeof needle === "string" && heap.includes(needle);
    },
    "+": (operands, data) => fold(operands, data, (a, b) => a + b),
    "-": (operands, data) => fold(operands.length === 1 ? [0, ...operands] : operands, data, (a, b) => a - b),
    "*": (operands, data) => fold(operands, data, (a, b) => a * b),
    "/": (operands, data) => {
      const values = operands.map((operand) => evaluate(operand, data));
      return values.length === 2 && values.every(isNumber) && values[1] !== 0 ? tidy(values[0] / values[1]) : null;
    },
    min: choice((sign) => sign < 0),
    max: choice((sign) => sign > 0),
    cat: (operands, data) => operands.map((operand) => text(evaluate(operand, data))).join(""),
    length: (operands, data) => {
      const value = evaluate(operands[0], data);
      if (Array.isArray(value)) return value.length;
      return typeof value === "string" ? Array.from(value).length : null;
    },
    some: (operands, data) => matches(operands, data).some(Boolean),
    all: (operands, data) => {
      const found = matches(operands, data);
      return found.length > 0 && found.every(Boolean);
    },
    none: (operands, data) => !matches(operands, data).some(Boolean),
    sum_of: (operands, data) => {
      const rows = rowsOf(operands[0], data);
      const values = operands.length > 1 ? rows.map((row) => valueAt(row, operands[1])) : rows;
      return tidy(values.filter(isNumber).reduce((a, b) => a + b, 0));
    },
    count_of: (operands, data) =>
      operands.length > 1 ? matches(operands, data).filter(Boolean).length : rowsOf(operands[0], data).length,
    collect: (operands, data) => rowsOf(operands[0], data).map((row) => valueAt(row, operands[1])),
    today: (operands, data) => valueAt(data, "today"),
    years_between: (operands, data) => {
      const [start, end] = operands.map((operand) => asDate(evaluate(operand, data)));
      if (!start || !end) return null;
      const early = end.month < start.month || (end.month === start.month && end.day < start.day);
      return end.year - start.year - (early ? 1 : 0);
    },
    add_years: (operands, data) => {
      const start = asDate(evaluate(operands[0], data));
      const years = evaluate(operands[1], data);
      if (!start || !isNumber(years)) return null;
      const year = start.year + Math.trunc(years);
      if (year < 1 || year > 9999) return null;
      return asDate(iso(year, start.month, start.day)) ? iso(year, start.month, start.day) : iso(year, start.month, 28);
    },
  };

  function evaluate(expression, data) {
    if (Array.isArray(expression)) return expression.map((part) => evaluate(part, data));
    if (!isObject(expression)) return known(expression);
    const names = Object.keys(expression);
    if (names.length !== 1) throw new Error("one operator per expression");
    const operator = names[0];
    if (!Object.prototype.hasOwnProperty.call(OPERATORS, operator)) throw new Error(`unknown operator ${operator}`);
    const operands = expression[operator];
    return OPERATORS[operator](Array.isArray(operands) ? operands : [operands], data);
  }

  const holds = (expression, data) => expression === null || expression === undefined || truthy(evaluate(expression, data));
  const api = { evaluate, holds, truthy, valueAt, withRow };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else root.santaiLogic = api;
})(typeof window === "undefined" ? globalThis : window);

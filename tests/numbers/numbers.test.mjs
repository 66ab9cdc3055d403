// web/numbers.mjs against the shared vectors, and against what Python computed for the whole handbook:
// `node --test` with HANDBOOK_NUMBERS naming a numbers.json.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as numbers from "../../web/numbers.mjs";

const read = (path) => JSON.parse(readFileSync(path, "utf-8"));
const vectors = read(new URL("vectors.json", import.meta.url));
const handbook = read(process.env.HANDBOOK_NUMBERS);
const spaced = (text) => text.replaceAll("\u00a0", " ");
const near = (value, expected, tolerance) =>
  value === expected || Math.abs(value - expected) <= tolerance * Math.max(Math.abs(value), Math.abs(expected));

for (const language of ["en", "zh"]) {
  for (const vector of vectors.numbers) {
    test(`number ${JSON.stringify(vector)} in ${language}`, () => {
      const written = numbers.formatNumber(vector.value, handbook.numerals[language], vector.digits, vector.style);
      assert.equal(spaced(written), vector[language]);
    });
  }
  for (const vector of vectors.quantities) {
    test(`quantity ${JSON.stringify(vector)} in ${language}`, () => {
      assert.equal(spaced(numbers.writeQuantity(vector, language, handbook)), vector[language]);
    });
  }
}

for (const vector of vectors.trees) {
  test(`tree ${JSON.stringify(vector.tree)}`, () => {
    const value = () => numbers.evaluate(vector.tree, (key) => vector.values[key]);
    if (vector.error) assert.throws(value, numbers.NumberError);
    else assert.ok(near(value(), vector.result, 1e-12), `${value()}`);
  });
}

test("every distribution gives what Python gives", () => {
  for (const [name, arguments_, expected] of handbook.distributions ?? []) {
    const value = numbers.FUNCTIONS[name](...arguments_);
    assert.ok(near(value, expected, 1e-9) || Math.abs(value - expected) < 1e-15, `${name}(${arguments_}): ${value} ${expected}`);
  }
});

test("every quantity of the handbook has the value that Python computed", () => {
  const values = numbers.recompute(handbook.quantities);
  const keys = Object.keys(handbook.quantities);
  assert.ok(keys.length > 100);
  for (const key of keys) {
    assert.ok(near(values.get(key), handbook.quantities[key].value, 1e-12), `${key}: ${values.get(key)}`);
  }
});

test("every quantity of the handbook is written as Python writes it", () => {
  for (const [key, quantity] of Object.entries(handbook.quantities)) {
    for (const [language, text] of Object.entries(quantity.written ?? {})) {
      assert.equal(numbers.writeQuantity(quantity, language, handbook), text, key);
    }
  }
});

test("a changed input changes what follows from it and nothing else", () => {
  const quantities = {
    a: { value: 2, unit: "1" },
    b: { value: 8, unit: "1", tree: ["^", "a", 3] },
    c: { value: 5, unit: "%", power: -2 },
    d: { value: 40, unit: "%", power: -2, tree: ["*", "b", "c"] },
    e: { value: 1, unit: "1", tree: ["/", 1, ["-", 3, "a"]] },
    f: { value: 2, unit: "1", tree: ["+", "e", 1] },
  };
  assert.deepEqual(Object.fromEntries(numbers.recompute(quantities)), { a: 2, b: 8, c: 5, d: 40, e: 1, f: 2 });
  assert.deepEqual(Object.fromEntries(numbers.recompute(quantities, { a: 3 })), { a: 3, b: 27, c: 5, d: 135 });
});

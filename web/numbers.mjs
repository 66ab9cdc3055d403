// The numbers of the handbook in the browser: computes the trees of numbers.json and writes numbers as
// the pages do. The same as handbook/numbers/tree.py, distributions.py and writing.py, and held to the
// same tests/numbers/vectors.json. Pure functions, no dependency.

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A value that is undefined: a division by zero, a root of a negative number. */
export class NumberError extends Error {}

// ── trees ────────────────────────────────────────────────────────────────────────────────────────

const whole = (value) => {
  const near = Math.floor(value + 0.5);
  return Math.abs(value - near) <= 1e-9 * Math.max(1, Math.abs(value)) ? near : null;
};

export const FUNCTIONS = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "^": (a, b) => a ** b,
  neg: (a) => -a,
  sqrt: Math.sqrt,
  ln: Math.log,
  exp: Math.exp,
  ceil: (a) => whole(a) ?? Math.ceil(a),
  floor: (a) => whole(a) ?? Math.floor(a),
  round: (a) => Math.floor(a + 0.5),
  min: Math.min,
  max: Math.max,
  abs: Math.abs,
  z: normalQuantile,
  normal_cdf: normalCdf,
  normal_quantile: normalQuantile,
  beta_cdf: betaCdf,
  beta_quantile: betaQuantile,
  lognormal_cdf: (x, p50, p95) => normalCdf(Math.log(positive(x) / p50) / lognormalSigma(p50, p95)),
  lognormal_quantile: (p, p50, p95) => p50 * Math.exp(normalQuantile(p) * lognormalSigma(p50, p95)),
  lognormal_mean: (p50, p95) => p50 * Math.exp(lognormalSigma(p50, p95) ** 2 / 2),
  poisson_cdf: (k, mean) => (positive(mean) && k < 0 ? 0 : gammaUpper(Math.floor(k) + 1, mean)),
  logistic: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
  logit: (p) => Math.log(probability(p)) - Math.log1p(-p),
};

/**
 * Compute a tree: a number, a key, or a list of a function's name and its arguments.
 * @param {number|string|Array} tree
 * @param {(key: string) => number} valueOf number of a key, in its unit without powers of ten
 */
export function evaluate(tree, valueOf) {
  const value = compute(tree, valueOf);
  if (!Number.isFinite(value)) throw new NumberError("no finite value");
  return value;
}

function compute(tree, valueOf) {
  if (typeof tree === "number") return tree;
  if (typeof tree === "string") return valueOf(tree);
  const [name, ...arguments_] = tree;
  const value = FUNCTIONS[name](...arguments_.map((argument) => compute(argument, valueOf)));
  if (Number.isNaN(value) || (name === "/" && !Number.isFinite(value))) throw new NumberError(`${name} is undefined`);
  return value;
}

/** The number of a quantity in its unit without powers of ten: 2 kB are 2000. */
export const plain = (quantity, value = quantity.value) => byPower(value, quantity.power ?? 0);

const byPower = (value, power) => (power >= 0 ? value * 10 ** power : value / 10 ** -power);

/**
 * Compute every result again after some inputs have changed.
 * @param {Object} quantities of numbers.json, by key, each after what it needs
 * @param {Object} changes new value of some inputs, in their units
 * @returns {Map<string, number>} value of each quantity, in its unit; without those that are undefined
 */
export function recompute(quantities, changes = {}) {
  const values = new Map();
  const valueOf = (key) => {
    if (!values.has(key)) throw new NumberError(`${key} is undefined`);
    return plain(quantities[key], values.get(key));
  };
  for (const [key, quantity] of Object.entries(quantities)) {
    if (key in changes || quantity.tree === undefined) {
      values.set(key, changes[key] ?? quantity.value);
      continue;
    }
    try {
      values.set(key, byPower(evaluate(quantity.tree, valueOf), -(quantity.power ?? 0)));
    } catch (error) {
      if (!(error instanceof NumberError)) throw error;
    }
  }
  return values;
}

// ── writing ──────────────────────────────────────────────────────────────────────────────────────

/** Digits and exponent of |value|: `d.ddd… × 10^exponent`, rounded half away from zero. */
function rounded(value, digits) {
  let { text, exponent } = exact(Math.abs(value), digits === undefined ? 15 : 12);
  if (digits !== undefined && digits < text.length) {
    const up = text[digits] >= "5";
    text = text.slice(0, digits);
    if (up) {
      const raised = String(BigInt(text) + 1n).padStart(digits, "0");
      if (raised.length > digits) exponent += 1;
      text = raised.slice(0, digits);
    }
  }
  return { text: text.padEnd(digits ?? 1, "0"), exponent };
}

function exact(size, places) {
  if (size === 0) return { text: "0", exponent: 0 };
  const [mantissa, exponent] = size.toExponential(places - 1).split("e");
  return { text: mantissa.replace(".", ""), exponent: Number(exponent) };
}

/** Write digits with thousands separators; without `digits` zeros at the end go. */
function decimal({ text, exponent }, numerals, digits, keep = false) {
  const padded = exponent < 0 ? "0".repeat(-exponent) + text : text.padEnd(exponent + 1, "0");
  const point = Math.max(exponent, 0) + 1;
  const units = padded.slice(0, point).replace(/\B(?=(\d{3})+$)/g, numerals.group);
  let fraction = padded.slice(point);
  if (digits === undefined || (!keep && /^0*$/.test(fraction))) fraction = fraction.replace(/0+$/, "");
  return fraction ? `${units}${numerals.decimal}${fraction}` : units;
}

/**
 * Write a number as a reader of the language expects it.
 * @param {number} value
 * @param {{group: string, decimal: string, from: number, scales: Array}} numerals of the language, from numbers.json
 * @param {number} [digits] significant digits; without, as typed
 * @param {string} [style] `grouped`, `money` or none
 */
export function formatNumber(value, numerals, digits, style = "") {
  const sign = value < 0 ? "−" : "";
  const number = rounded(value, digits);
  const isZero = /^0*$/.test(number.text);
  if (isZero) return "0";
  if (number.exponent < -4) {
    const mantissa = decimal({ ...number, exponent: 0 }, numerals, digits, true);
    const raised = String(-number.exponent).replace(/\d/g, (digit) => SUPERSCRIPTS[digit]);
    return `${sign}${mantissa} × 10⁻${raised}`;
  }
  const size = Number(`${number.text[0]}.${number.text.slice(1)}e${number.exponent}`);
  if (style === "money" && digits === undefined && size < 1000 && !Number.isInteger(size)) {
    return sign + cents(number, numerals);
  }
  const scale = numerals.scales.find(([least]) => size >= least);
  if (style !== "grouped" && scale && size >= numerals.from) {
    const scaled = { ...number, exponent: number.exponent - Math.round(Math.log10(scale[0])) };
    return sign + decimal(scaled, numerals, digits) + scale[1];
  }
  return sign + decimal(number, numerals, digits);
}

function cents({ text, exponent }, numerals) {
  const places = exponent + 3;
  if (places < 0) return `0${numerals.decimal}00`;
  const padded = `${text}${"0".repeat(20)}`;
  const total = BigInt(padded.slice(0, places) || "0") + (padded[places] >= "5" ? 1n : 0n);
  const digits = String(total).padStart(3, "0");
  return `${digits.slice(0, -2)}${numerals.decimal}${digits.slice(-2)}`;
}

/**
 * Write a quantity with its unit.
 * @param {{value: number, unit: string, digits?: number, style?: string}} quantity
 * @param {string} language
 * @param {{numerals: Object, units: Object}} words of numbers.json
 */
export function writeQuantity(quantity, language, words) {
  const numerals = words.numerals[language];
  const number = formatNumber(quantity.value, numerals, quantity.digits, quantity.style);
  const unit = words.units[quantity.unit];
  const singular = numerals.singular !== null && new RegExp(numerals.singular).test(number);
  const pattern = (singular && unit[`${language}_one`]) || unit[language];
  return pattern
    .replace("{n} ", `${number}\u00a0`)
    .replace("{n}", number)
    .replace(/^(\$)−/, "−$1")
    .replace(/([\u3400-\u9fff])\u00a0(?=[\u3400-\u9fff])/g, "$1");
}

// ── distributions ────────────────────────────────────────────────────────────────────────────────

const TINY = 1e-300;

function probability(p) {
  if (!(p > 0 && p < 1)) throw new NumberError(`${p} is no probability between 0 and 1`);
  return p;
}

function positive(value) {
  if (!(value > 0)) throw new NumberError(`${value} is not positive`);
  return value;
}

function lognormalSigma(p50, p95) {
  if (!(p50 > 0 && p50 < p95)) throw new NumberError("no lognormal");
  return Math.log(p95 / p50) / normalQuantile(0.95);
}

/** Share of a standard normal distribution below x, through the incomplete gamma function of x²/2. */
export function normalCdf(x) {
  const half = (x * x) / 2;
  if (half === 0) return 0.5;
  const tail = gammaUpper(0.5, half) / 2;
  return x < 0 ? tail : 1 - tail;
}

// Wichura's algorithm AS 241, highest power first.
const AS241 = {
  centre: [
    [2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
      13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608],
    [5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
      5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1],
  ],
  near: [
    [7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
      3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734],
    [1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
      0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1],
  ],
  far: [
    [2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
      0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772],
    [2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
      0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1],
  ],
};

const polynomial = (coefficients, x) => coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
const ratio = ([over, under], x) => polynomial(over, x) / polynomial(under, x);

/** The x below which the share p of a standard normal distribution lies. */
export function normalQuantile(p) {
  const q = probability(p) - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(AS241.centre, 0.180625 - q * q);
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const x = r <= 5 ? ratio(AS241.near, r - 1.6) : ratio(AS241.far, r - 5);
  return q < 0 ? -x : x;
}

// Lanczos' approximation, g = 607/128.
const LANCZOS = [
  0.99999999999999709182, 57.156235665862923517, -59.597960355475491248, 14.136097974741747174,
  -0.49191381609762019978, 0.33994649984811888699e-4, 0.46523628927048575665e-4, -0.98374475304879564677e-4,
  0.15808870322491248884e-3, -0.21026444172410488319e-3, 0.2174396181152126432e-3, -0.16431810653676389022e-3,
  0.84418223983852743293e-4, -0.2619083840158140867e-4, 0.36899182659531622704e-5,
];

function logGamma(x) {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const base = x - 1 + 607 / 128 + 0.5;
  const series = LANCZOS.reduce((sum, coefficient, index) => sum + (index ? coefficient / (x - 1 + index) : coefficient), 0);
  return Math.log(Math.sqrt(2 * Math.PI) * series) + (x - 0.5) * Math.log(base) - base;
}

/** Share of a Beta(a, b) distribution below x. */
export function betaCdf(x, a, b) {
  positive(a);
  positive(b);
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b));
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a;
  return 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** The x below which the share p of a Beta(a, b) distribution lies. */
export function betaQuantile(p, a, b) {
  probability(p);
  let [low, high] = [0, 1];
  for (let step = 0; step < 1100; step += 1) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (betaCdf(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function betaFraction(x, a, b) {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || TINY);
  let result = d;
  for (let m = 1; m < 10000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    for (const term of [even, odd]) {
      d = 1 / (1 + term * d || TINY);
      c = 1 + term / c || TINY;
      result *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-15) return result;
  }
  throw new NumberError("the incomplete beta function does not converge");
}

/** Regularised upper incomplete gamma function: a series below a + 1, a continued fraction above. */
function gammaUpper(a, x) {
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let total = term;
    for (let n = 1; n < 100000; n += 1) {
      term *= x / (a + n);
      total += term;
      if (term < total * 1e-16) return 1 - front * total;
    }
    throw new NumberError("the incomplete gamma function does not converge");
  }
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let result = d;
  for (let n = 1; n < 100000; n += 1) {
    const term = n * (a - n);
    b += 2;
    d = 1 / (term * d + b || TINY);
    c = b + term / c || TINY;
    result *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) return front * result;
  }
  throw new NumberError("the incomplete gamma function does not converge");
}

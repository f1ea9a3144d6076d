// Numbers as a person writes them, and the steps between them.

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

// The number that a text says, NaN for none: 1e-3, 0.001, and 0,001 or 1,000 as some write them.
function numberOf(text, isWhole) {
  let plain = text.trim().replace(/[\s_]/g, "").replace("−", "-");
  if (/^\d{1,3}(,\d{3})+$/.test(plain) && isWhole) plain = plain.replaceAll(",", "");
  if (/^[+-]?\d*,\d+$/.test(plain) && !isWhole) plain = plain.replace(",", ".");
  return NUMBER.test(plain) ? Number(plain) : NaN;
}

// Shortest text of a number: 1e-5, not 0.00001.
function textOf(number) {
  const size = Math.abs(number);
  const text = size && (size < 1e-4 || size >= 1e16) ? number.toExponential() : String(number);
  return text.replace("e+", "e");
}

const rounded = (number) => Number(number.toPrecision(12));
const within = (number, { low = 0, high = 0 }) => Math.max(low, Math.min(high, number));

// The next number up (1) or down (-1), or ten steps further where the step is large.
function stepped(number, direction, field, isLarge) {
  if (field.is_log) return logStepped(number, direction, field, isLarge);
  const step = (field.step ?? 1) * (isLarge ? 10 : 1);
  return within(rounded(number + direction * step), field);
}

const SMALLEST = -6; // power of ten; below it a list that allows 0 goes to 0

// Through 1, 3 and 10 of each decade; by whole decades where the step is large.
function logStepped(number, direction, field, isLarge) {
  const low = field.low ?? 0;
  if (number <= 0) return direction > 0 ? 10 ** SMALLEST : number;
  const power = Math.floor(Math.log10(number) + 1e-9);
  const rungs = [];
  for (let k = power - 2; k <= power + 2; k++) rungs.push(Number(`1e${k}`), ...(isLarge ? [] : [Number(`3e${k}`)]));
  const near = number * (1 + direction * 1e-9);
  const next = direction > 0 ? rungs.find((rung) => rung > near) : rungs.findLast((rung) => rung < near);
  if (low === 0 && next < 10 ** SMALLEST * 0.99) return 0;
  return within(next, field);
}

// The usual decades of a field as a slider has them: position 0 is the lowest value, each further one a step up.
function rungsOf(field) {
  const rungs = field.low ? [] : [0];
  const lowest = field.low ? Math.max(Math.floor(Math.log10(field.low)), SMALLEST - 2) : SMALLEST;
  for (let k = lowest; k <= 1; k++) {
    for (const rung of [Number(`1e${k}`), Number(`3e${k}`)]) {
      if (rung >= (field.low ?? 0) && rung <= field.high) rungs.push(rung);
    }
  }
  return rungs;
}

const nearestRung = (rungs, number) => {
  const away = (rung) => (number > 0 && rung > 0 ? Math.abs(Math.log(rung / number)) : rung === number ? 0 : Infinity);
  return rungs.reduce((best, rung, index) => (away(rung) < away(rungs[best]) ? index : best), number > 0 ? 1 : 0);
};

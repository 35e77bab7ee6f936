import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TONES } from "~/domain/status";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");

/** The custom properties of the first block whose selector list contains the text. */
function block(selector: string): Record<string, string> {
  const at = css.indexOf(`${selector} {`);
  const body = css.slice(css.indexOf("{", at) + 1, css.indexOf("}", at));
  return Object.fromEntries([...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((m) => [m[1], m[2]]));
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [
    number,
    number,
    number,
  ];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio by WCAG 2.2, from 1 to 21. */
function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  const [low, high] = a < b ? [a, b] : [b, a];
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["--bg", "--surface-1", "--surface-2", "--selected"];

describe.each(["light", "dark"])("the %s theme", (theme) => {
  const tokens = block(`[data-theme="${theme}"]`);
  const of = (name: string): string => {
    const value = tokens[name] ?? "";
    if (!/^#[0-9a-f]{6}$/.test(value)) throw new Error(`${name} is ${value}`);
    return value;
  };

  it.each(["--text", "--text-2", "--text-3", "--accent"])(
    "%s can be read on every ground",
    (fg) => {
      for (const ground of GROUNDS)
        expect(contrast(of(fg), of(ground))).toBeGreaterThanOrEqual(4.5);
    },
  );
  it.each(TONES)("the %s tone can be read on its tint, the page and a selected row", (tone) => {
    const fg = of(`--${tone}-fg`);
    for (const ground of [`--${tone}-bg`, "--bg", "--selected", "--surface-1"])
      expect(contrast(fg, of(ground))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of("--text"), of(`--${tone}-bg`))).toBeGreaterThanOrEqual(4.5);
  });
  it("words on a filled button can be read", () => {
    for (const fill of ["--accent-fill", "--accent-fill-hover", "--danger-fill"])
      expect(contrast(of("--on-fill"), of(fill))).toBeGreaterThanOrEqual(4.5);
  });
  it("the border of a control and the ring of the focus can be seen", () => {
    for (const ground of ["--bg", "--surface-1", "--surface-2"])
      for (const line of ["--control-border", "--accent"])
        expect(contrast(of(line), of(ground))).toBeGreaterThanOrEqual(3);
  });
  it("what a chart draws can be seen", () => {
    for (const tone of ["--chart-now", "--chart-before", "--chart-second", "--chart-third"])
      expect(contrast(of(tone), of("--bg"))).toBeGreaterThanOrEqual(3);
    for (const tone of ["--chart-fourth", "--age-4"])
      expect(contrast(of(tone), of("--bg"))).toBeGreaterThanOrEqual(3);
  });
  it("every lamp can be seen", () => {
    for (const lamp of ["clear", "watch", "blocked"])
      expect(contrast(of(`--lamp-${lamp}`), of("--bg"))).toBeGreaterThanOrEqual(3);
  });
});

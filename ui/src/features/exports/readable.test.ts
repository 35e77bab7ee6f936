import { expect, it } from "vitest";
import { readable } from "./readable";

it("days and amounts are written as a person reads them, also inside a line", () => {
  expect(readable("2026-11-11", "en")).toBe("11\u00a0Nov\u00a02026");
  expect(readable("8690.00 NOK", "en")).toBe("8\u00a0690,00");
  expect(readable("Kjøretime · 11 × 632 · 3000 · 8690.00 NOK", "en")).toBe(
    "Kjøretime · 11 × 632 · 3000 · 8\u00a0690,00",
  );
});

it("anything else stays as it is", () => {
  expect(readable("A-10477", "nb")).toBe("A-10477");
  expect(readable("2026-11", "nb")).toBe("2026-11");
});

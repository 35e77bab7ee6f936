import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "@playwright/test";

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

for (const theme of ["light", "dark"] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.beforeEach(async ({ page }) => {
      await page.addInitScript((t) => {
        localStorage.setItem("kontor.window", JSON.stringify({ theme: t, language: "en" }));
      }, theme);
      await page.goto("/#/__gallery");
      await page.getByRole("grid").waitFor();
    });

    test("axe finds no fault, contrast included", async ({ page }) => {
      await page.getByText("Sofie Myhre").first().waitFor();
      await page.evaluate(axeSource);
      const faults = await page.evaluate(async () => {
        const { axe } = window as unknown as { axe: typeof import("axe-core") };
        const { violations } = await axe.run(document);
        return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" | ")}`);
      });
      expect(faults).toEqual([]);
    });

    test("the end of a hundred thousand rows is one key away", async ({ page }) => {
      await page.getByText("Sofie Myhre").first().waitFor();
      await page.getByRole("grid").focus();
      await page.keyboard.press("Control+End");
      await expect(page.locator('[aria-rowindex="100001"]')).toBeVisible();
      await expect(page.locator('[aria-rowindex="100001"]')).toContainText("Haugland");
    });

    test("the palette opens by key and gives the focus back", async ({ page }) => {
      await page.getByRole("button", { name: "Toast" }).focus();
      await page.keyboard.press("Control+k");
      await expect(page.getByRole("dialog")).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(page.getByRole("button", { name: "Toast" })).toBeFocused();
    });
  });
}

/* Pictures of every screen, light and dark: `cargo xtask pictures`. They go to `pictures/` at the top
   of the checkout, which git ignores, to be looked at. KONTOR_PICTURES names the screens wanted. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "./fixtures/bridge";
import { furnish, open, places } from "./house";

const folder = join(import.meta.dirname, "../../pictures");
const only = (process.env.KONTOR_PICTURES ?? "").split(" ").filter((name) => name !== "");
const isWanted = (name: string) => only.length === 0 || only.includes(name);

test.describe("an empty machine", () => {
  test.use({ bridgeArgs: ["--without-keychain"] });
  test("the first run", async ({ page, bridge }) => {
    await page.goto(`/?api=${bridge.url}#token=${bridge.token}`);
    await page.locator("h1").first().waitFor();
    for (const theme of ["light", "dark"]) {
      await page.evaluate((chosen) => {
        document.documentElement.dataset.theme = chosen;
      }, theme);
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(folder, `first-run-${theme}.png`) });
    }
  });
});

test.describe("a school in use", () => {
  test.use({ bridgeArgs: ["--sample", "--xero-simulator"] });
  test("every screen", async ({ desk, bridge }) => {
    test.setTimeout(600_000);
    mkdirSync(folder, { recursive: true });
    await furnish(desk, bridge);
    for (const { name, path } of await places(bridge)) {
      if (!isWanted(name)) continue;
      await open(desk, path);
      for (const theme of ["light", "dark"]) {
        await desk.evaluate((chosen) => {
          document.documentElement.dataset.theme = chosen;
        }, theme);
        // Colours change over a moment, and a paper is painted after its page.
        await desk.waitForTimeout(400);
        await desk.screenshot({ path: join(folder, `${name}-${theme}.png`) });
      }
    }
  });
});

/* One walk through every screen of a school in use: what axe finds in both themes, and whether all is
   within reach at twice the size and with texts two fifths longer. */
import type { Page } from "@playwright/test";
import { axeFaults, type Bridge, expect, test } from "../fixtures/bridge";
import { furnish, open, type Place, places, routes } from "../house";

test.use({ bridgeArgs: ["--sample", "--xero-simulator"] });

const drawn = (desk: Page, theme: string) =>
  desk.evaluate((chosen) => {
    document.documentElement.dataset.theme = chosen;
  }, theme);

/** What a person acts on or reads first and that hangs out of the window where nothing scrolls. */
const beyond = (desk: Page) =>
  desk.evaluate(() => {
    const scrolls = (of: Element | null): boolean =>
      of !== null &&
      ((/auto|scroll/.test(getComputedStyle(of).overflowX) && of.scrollWidth > of.clientWidth) ||
        scrolls(of.parentElement));
    const shown = [...document.querySelectorAll("a, button, input, h1, h2, [role=tab]")].filter(
      (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
    );
    return shown
      .filter((one) => {
        const { left, right, width } = one.getBoundingClientRect();
        // What is kept for screen readers alone is a pixel wide.
        return width > 2 && (right > innerWidth + 1 || left < -1) && !scrolls(one.parentElement);
      })
      .map((one) => `${one.tagName} ${one.getAttribute("aria-label") ?? one.textContent}`);
  });

async function each(rooms: readonly Place[], look: (place: Place) => Promise<string[]>) {
  const found: Record<string, string[]> = {};
  for (const place of rooms) {
    const faults = await look(place);
    if (faults.length > 0) found[place.name] = faults;
  }
  return found;
}

/** The furnished house, where nothing is being told to readers any more: axe would judge that. */
async function house(desk: Page, bridge: Bridge): Promise<Place[]> {
  await furnish(desk, bridge);
  const told = desk.locator("[data-live-announcer] [role=img]");
  await expect(told).toHaveCount(0, { timeout: 15_000 });
  return places(bridge);
}

test("axe finds nothing on any screen in either theme", async ({ desk, bridge }) => {
  test.setTimeout(600_000);
  const rooms = await house(desk, bridge);
  expect([...new Set(rooms.map(({ route }) => route))].sort(), "every route is walked").toEqual(
    routes(),
  );
  for (const theme of ["light", "dark"]) {
    await drawn(desk, theme);
    const faults = await each(rooms, async ({ path }) => {
      await open(desk, path);
      const faults = await axeFaults(desk);
      if (faults.length === 0) return faults;
      // Figures that are being worked out are pale for a moment.
      await desk.waitForTimeout(2_000);
      return axeFaults(desk);
    });
    expect(faults, `axe in the ${theme} theme`).toEqual({});
  }
});

test("every screen is within reach at twice the size and with longer texts", async ({
  desk,
  bridge,
}) => {
  test.setTimeout(600_000);
  const rooms = await house(desk, bridge);
  const cut = async ({ path }: Place) => {
    await open(desk, path);
    return beyond(desk);
  };
  // Twice the size is half the room, in CSS pixels.
  await desk.setViewportSize({ width: 720, height: 450 });
  expect(await each(rooms, cut), "at 200 %").toEqual({});

  await desk.setViewportSize({ width: 1024, height: 700 });
  await desk.goto(`/?words=long&api=${bridge.url}#token=${bridge.token}`);
  await desk.locator("#work").waitFor();
  expect(await each(rooms, cut), "with longer texts").toEqual({});
});

/* One walk through every screen of a school in use: what axe finds in both themes, and whether all is
   within reach at twice the size and with texts two fifths longer. */
import type { ElementHandle, Page } from "@playwright/test";
import { axeFaults, type Bridge, expect, test } from "../fixtures/bridge";
import { furnish, open, type Place, places, routes } from "../house";

test.use({ bridgeArgs: ["--sample", "--xero-simulator"] });

const drawn = (desk: Page, theme: string) =>
  desk.evaluate((chosen) => {
    document.documentElement.dataset.theme = chosen;
  }, theme);

/** What cannot be brought into the window, what lies under something else, words that do not fit
    where they stand, and what scrolls sideways without being a table or a row of tabs. */
const beyond = (desk: Page) =>
  desk.evaluate(() => {
    const found = new Set<string>();
    const tell = (one: Element, what: string) => {
      const name = one.getAttribute("aria-label") ?? one.textContent ?? "";
      found.add(`${one.tagName} ${name.slice(0, 60)}: ${what}`);
    };
    const styleOf = (one: Element) => getComputedStyle(one);
    /** What is kept for readers alone is clipped away. */
    const isForReaders = (one: Element): boolean =>
      styleOf(one).clipPath !== "none" ||
      (one.parentElement !== null && isForReaders(one.parentElement));
    const isSeen = (one: Element) =>
      one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      one.getBoundingClientRect().width > 2 &&
      !isForReaders(one);
    /** The box of it that is left where what it stands in ends. */
    const boxOf = (one: Element) => {
      const own = one.getBoundingClientRect();
      const box = { left: own.left, right: own.right, top: own.top, bottom: own.bottom };
      for (let over = one.parentElement; over; over = over.parentElement) {
        if (styleOf(over).overflowX !== "hidden") continue;
        const edge = over.getBoundingClientRect();
        box.left = Math.max(box.left, edge.left);
        box.right = Math.min(box.right, edge.right);
      }
      return box;
    };
    const page = document.scrollingElement;
    if (page && page.scrollWidth > innerWidth + 1) found.add("the page scrolls sideways");

    const TABLES = "table, [role=grid], [role=tablist], canvas";
    for (const one of document.querySelectorAll("#root *")) {
      const isCell = one.matches("th, td");
      const isShown = one.checkVisibility({ visibilityProperty: true });
      const isDrawn = isCell ? isShown : one.clientWidth > 0 && isSeen(one);
      if (one.scrollWidth <= one.clientWidth + 1 || !isDrawn) continue;
      const { overflowX, textOverflow } = styleOf(one);
      const isTable = one.closest(TABLES) !== null || one.querySelector(TABLES) !== null;
      if (/auto|scroll/.test(overflowX) && !isTable) tell(one, "scrolls sideways");
      const hasWords = [...one.childNodes].some(
        ({ nodeType, nodeValue }) => nodeType === Node.TEXT_NODE && nodeValue?.trim(),
      );
      if (/hidden|clip/.test(overflowX) && hasWords && textOverflow !== "ellipsis")
        tell(one, "is cut");
      if (isCell && hasWords && (overflowX === "visible" || one.clientWidth < 32))
        tell(one, "has no room for its words");
      if (one.matches("button:not([role=grid] *)")) tell(one, "does not hold its words");
    }
    const acts = "a, button, input, textarea, h1, h2, [role=tab], label:has(input)";
    for (const one of document.querySelectorAll(acts)) {
      // The rows of a grid come and go while it scrolls.
      if (!isSeen(one) || one.closest("[role=grid]") !== null) continue;
      one.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
      const { left, right, top, bottom } = boxOf(one);
      if (right - left < 8) tell(one, "is hidden by its frame");
      else if (left < -1 || right > innerWidth + 1) tell(one, "beside the window");
      else if (top < -1 || bottom > innerHeight + 1) tell(one, "below the window");
      if (styleOf(one).pointerEvents === "none") continue;
      const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const isIts = at !== null && (one.closest("label") ?? one).contains(at);
      if (at !== null && !isIts && !at.contains(one))
        tell(one, `lies under ${at.tagName} ${at.textContent?.slice(0, 40)}`);
    }
    return [...found];
  });

/** Steps through a screen by the Tab key and tells where it is not seen where the keys are, and what
    lets nobody out. */
async function unseen(desk: Page, { path }: Place): Promise<string[]> {
  const found: string[] = [];
  await open(desk, path);
  await desk.locator("#work").focus();
  let before: ElementHandle | null = null;
  for (let stops = 0; stops < 200; stops += 1) {
    await desk.keyboard.press("Tab");
    const now = await desk.evaluateHandle(() => document.activeElement);
    const { name, isOver, isSame, fault } = await now.evaluate((one, last) => {
      const over = { name: "", isOver: true, isSame: false, fault: "" };
      if (one === null || one.closest("#work") === null) return over;
      const name = `${one.tagName} ${one.getAttribute("aria-label") ?? one.textContent}`;
      const its = { ...over, name: name.slice(0, 60), isOver: false, isSame: one === last };
      const box = one.closest("label") ?? one;
      const cell = document.getElementById(one.getAttribute("aria-activedescendant") ?? "");
      const places: Element[] = [...(cell ? [cell] : []), one, box, ...box.children];
      for (let up = one.parentElement; up && places.length < 9; up = up.parentElement)
        places.push(up);
      const ringed = places.find((place) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(place);
        const isDrawn = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
        return isDrawn && place.closest("[style*='clip-path']") === null;
      });
      if (!ringed) return { ...its, fault: "nothing shows it" };
      // Where it begins: what is long may go on under the edge of its frame.
      const { left, width, top, bottom } = ringed.getBoundingClientRect();
      const middle = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
      const at = document.elementFromPoint(left + Math.min(width / 2, 12), middle);
      if (at === null) return { ...its, fault: "it is out of the window" };
      const isMet = ringed.contains(at) || at.contains(ringed);
      return isMet ? its : { ...its, fault: `it lies under ${at.tagName} ${at.textContent}` };
    }, before);
    if (isOver) return found;
    if (isSame) return [...found, `${name}: Tab leads nowhere from here`];
    if (fault) found.push(`${name}: the keys are here, and ${fault}`.slice(0, 160));
    before = now.asElement();
  }
  return [...found, "Tab never comes to an end"];
}

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
  const told = desk
    .locator("[data-live-announcer] [role=img]")
    .or(desk.getByRole("region", { name: "Notifications" }).getByRole("button"));
  await expect(told).toHaveCount(0, { timeout: 30_000 });
  return places(bridge);
}

test("axe finds nothing on any screen in either theme", async ({ desk, bridge }) => {
  test.setTimeout(600_000);
  const rooms = await house(desk, bridge);
  expect([...new Set(rooms.map(({ route }) => route))].sort(), "every route is walked").toEqual(
    routes(),
  );
  const inBoth = async ({ path }: Place) => {
    await open(desk, path);
    const found: string[] = [];
    for (const theme of ["light", "dark"]) {
      await drawn(desk, theme);
      // Colours change over a moment.
      await desk.waitForTimeout(200);
      let faults = await axeFaults(desk);
      // Figures that are being worked out are pale for a moment.
      if (faults.length > 0) await desk.waitForTimeout(2_000);
      if (faults.length > 0) faults = await axeFaults(desk);
      found.push(...faults.map((fault) => `${theme}: ${fault}`));
    }
    return found;
  };
  expect(await each(rooms, inBoth)).toEqual({});
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
  const walked = async (place: Place) => [...(await unseen(desk, place)), ...(await cut(place))];
  expect.soft(await each(rooms, walked), "at 200 %").toEqual({});

  await desk.setViewportSize({ width: 1024, height: 700 });
  await desk.goto(`/?words=long&api=${bridge.url}#token=${bridge.token}`);
  await desk.locator("#work").waitFor();
  expect.soft(await each(rooms, cut), "with longer texts").toEqual({});
});

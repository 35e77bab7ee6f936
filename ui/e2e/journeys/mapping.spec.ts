/* A department keeps accounts of its own, a save is gone back on, and a document is tried out. */
import type { Page } from "@playwright/test";
import { axeFaults, expect, goTo, test } from "../fixtures/bridge";
import { connect, connection, mapTheRest } from "../fixtures/connecting";

test.use({ bridgeArgs: ["--sample", "--xero-simulator"] });

const LESSON = "Kjøretime klasse B, 45 min in Xero";

/** An invoice of the sample school after the first day that is sent. */
const INVOICE = "A-10363";

/** A student whose invoice is in Swedish kronor. */
const MAJA = "00000000-0000-7000-8000-00000000a002";

test("a department maps otherwise, a version is gone back to, and a document is tried out", async ({
  desk,
  bridge,
}) => {
  test.setTimeout(180_000);
  await connect(desk);
  await desk.getByRole("button", { name: /^Use \d+ suggestions/ }).waitFor();
  await mapTheRest(bridge);
  await goTo(desk, "/mapping");

  // The department takes the school's account until it is given one of its own.
  await desk.getByRole("button", { name: /Whose mapping/ }).click();
  await desk.getByRole("option", { name: /^Vest/ }).click();
  const lesson = desk.getByRole("row").filter({ hasText: "KT-B" });
  await expect(lesson).toContainText("the school's");
  const cell = desk.getByRole("combobox", { name: LESSON });
  await cell.fill("3100");
  await desk.getByRole("option", { name: /3100/ }).click();
  await desk.keyboard.press("Control+s");
  await expect(desk.getByText(/The mapping is saved/)).toBeVisible();
  await expect(lesson).toContainText("school: 3000");

  // What would be sent of it is shown, line by line, and nothing goes.
  await desk.getByRole("button", { name: "Test run…" }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("Number").fill(INVOICE);
  await dialog.getByRole("button", { name: "Show" }).click();
  await expect(dialog.getByRole("table", { name: "Lines as they would be sent" })).toBeVisible();
  for (const theme of ["light", "dark"]) {
    await desk.evaluate((chosen) => {
      document.documentElement.dataset.theme = chosen;
    }, theme);
    expect(await axeFaults(desk)).toEqual([]);
  }
  await dialog.getByRole("button", { name: "Close" }).click();
  expect((await connection(bridge))?.sent).toBe(0);

  // Going back is a save of its own; the department has nothing of its own again.
  await desk.getByRole("button", { name: "Versions…" }).click();
  expect(await axeFaults(desk)).toEqual([]);
  await dialog.getByRole("button", { name: "Go back to 1" }).click();
  await expect(desk.getByText("The mapping is as it was in version 1.")).toBeVisible();
  await expect(lesson).toContainText("the school's");
});

test("one customer stands there for all students, by the keyboard alone, and is taken back", async ({
  desk,
  bridge,
}) => {
  test.setTimeout(180_000);
  await connect(desk);
  await desk.getByRole("button", { name: /^Use \d+ suggestions/ }).waitFor();
  await mapTheRest(bridge);
  await goTo(desk, "/mapping");
  await desk.getByRole("tab", { name: /^Customers/ }).click();
  const students = desk.getByRole("combobox", { name: "Students in Xero" });
  await expect(students).toHaveAttribute("placeholder", "Each student is a customer");
  await students.focus();
  await desk.keyboard.type("one");
  await desk.getByRole("option", { name: "One customer for all students" }).waitFor();
  await desk.keyboard.press("ArrowDown");
  await desk.keyboard.press("Enter");
  await expect(students).toHaveValue("One customer for all students");
  await desk.keyboard.press("Control+s");
  await expect(desk.getByText(/The mapping is saved/)).toBeVisible();
  for (const theme of ["light", "dark"]) {
    await desk.evaluate((chosen) => {
      document.documentElement.dataset.theme = chosen;
    }, theme);
    expect(await axeFaults(desk)).toEqual([]);
    if (process.env.KONTOR_PICTURES)
      await desk.screenshot({ path: `${process.env.KONTOR_PICTURES}/customers-${theme}.png` });
  }

  // Nothing but the one customer waits, and the lines say whom a document is about.
  const waiting = await bridge.rpc<{ rows: { label: string; kind: string }[] }>("list_exports", {
    connection_id: null,
    view: "all",
    query: "",
    order: null,
    kind: "customer",
    window: { offset: 0, limit: 100 },
  });
  expect(waiting.rows.filter((row) => row.kind === "customer").map((row) => row.label)).toContain(
    "Elever",
  );
  await desk.getByRole("button", { name: "Test run…" }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("Number").fill(INVOICE);
  await dialog.getByRole("button", { name: "Show" }).click();
  await expect(dialog.getByText("Elever", { exact: true })).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();

  await desk.getByRole("button", { name: "Versions…" }).click();
  await expect(dialog.getByText("One customer for all students").first()).toBeVisible();
  await dialog
    .getByRole("button", { name: /^Go back to/ })
    .first()
    .click();
  await expect(desk.getByText(/The mapping is as it was in version/)).toBeVisible();
  await expect(students).toHaveValue("");
});

test("a currency that is not switched on there stops its invoice and says where that is done", async ({
  desk,
  bridge,
}) => {
  test.setTimeout(180_000);
  await bridge.rpc("set_exchange_rate", {
    currency: "SEK",
    rate: "1.02",
    on: "2026-11-01",
    source: "Norges Bank",
  });
  const { rows } = await bridge.rpc<{ rows: { id: string; code: string }[] }>("list_services", {
    query: "KT-B",
    include_inactive: false,
  });
  const lesson = rows.find(({ code }) => code === "KT-B");
  const address = { line1: "", line2: "", postal_code: "", city: "", country: "SE" };
  const person = { name: "Maja Lindgren", email: "maja@example.se", phone: "", address };
  await bridge.rpc("register_student", { id: MAJA, number: "", department_id: null, person });
  await bridge.rpc("issue_invoice", { draft: inKronor(lesson?.id ?? "") });
  await connect(desk);
  await desk.getByRole("button", { name: /^Use \d+ suggestions/ }).waitFor();
  await mapTheRest(bridge);
  await goTo(desk, "/mapping");
  await desk.getByRole("tab", { name: /^Currencies/ }).click();
  await expect(desk.getByRole("row").filter({ hasText: "SEK" })).toContainText(
    "Not switched on in Xero",
  );
  await expect(desk.getByText(/^SEK is not switched on in Xero/)).toBeVisible();
  await expect(desk.getByText(/Settings › General settings › Currencies/)).toBeVisible();
  await pictures(desk, "currencies");

  const { id } = (await connection(bridge)) ?? { id: "" };
  await bridge.rpc("start_export", { connection_id: id });
  await goTo(desk, "/review");
  const cause = desk.getByRole("button", { name: /^SEK is not switched on in Xero/ });
  // The list is made anew while the run goes on.
  await expect(async () => {
    await cause.click();
    await expect(desk.getByText(/Add SEK in Xero under Settings/)).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await pictures(desk, "currency-cause");
  await desk.getByRole("button", { name: "Read Xero again" }).click();
  await expect(desk.getByText(/SEK is still not switched on in Xero/)).toBeVisible();
});

/** A lesson for a student from across the border. */
function inKronor(service_id: string) {
  return {
    id: "00000000-0000-7000-8000-00000000a051",
    student_id: MAJA,
    department_id: null,
    issue_date: "2026-11-20",
    delivery_date: null,
    due_date: "2026-12-04",
    reference: "",
    note: "",
    currency: "SEK",
    lines: [
      {
        service_id,
        kind: "lesson",
        description: "Lesson",
        quantity: "1",
        unit_price: "800",
        discount_percent: "0",
        tax_code: "3",
        income_account: "3000",
      },
    ],
  };
}

/** Both themes without a fault, and pictures where they are wanted. */
async function pictures(desk: Page, name: string): Promise<void> {
  for (const theme of ["light", "dark"]) {
    await desk.evaluate((chosen) => {
      document.documentElement.dataset.theme = chosen;
    }, theme);
    expect(await axeFaults(desk)).toEqual([]);
    if (process.env.KONTOR_PICTURES)
      await desk.screenshot({ path: `${process.env.KONTOR_PICTURES}/${name}-${theme}.png` });
  }
}

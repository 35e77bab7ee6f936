/* A department keeps accounts of its own, a save is gone back on, and a document is tried out. */
import { axeFaults, expect, goTo, test } from "../fixtures/bridge";
import { connect, connection, mapTheRest } from "../fixtures/connecting";

test.use({ bridgeArgs: ["--sample", "--xero-simulator"] });

const LESSON = "Kjøretime klasse B, 45 min in Xero";

/** An invoice of the sample school after the first day that is sent. */
const INVOICE = "A-10363";

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

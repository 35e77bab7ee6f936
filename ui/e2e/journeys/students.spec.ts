import { axeFaults, expect, goTo, test } from "../fixtures/bridge";

test("a student is registered, found, opened and changed", { tag: "@keys" }, async ({ desk }) => {
  await goTo(desk, "/students");
  await desk.getByRole("button", { name: "Register student" }).click();
  const form = desk.getByRole("dialog");
  await form.getByRole("button", { name: "Register student" }).click();
  await expect(form.getByText("Give a name")).toBeVisible();
  await form.getByLabel("Name", { exact: true }).fill("Ægir Þórsson-Nordahl");
  await form.getByLabel("E-mail", { exact: true }).fill("aegir@example.no");
  await form.getByLabel("Number", { exact: true }).fill("0123");
  await expect(form.getByText("Digits only, without a zero in front")).toBeVisible();
  await form.getByLabel("Number", { exact: true }).fill("");
  await desk.keyboard.press("Enter");

  await expect(desk.getByRole("heading", { name: "Ægir Þórsson-Nordahl" })).toBeVisible();
  await expect(desk.getByText("Settled", { exact: true })).toBeVisible();
  await expect(desk.getByText("Nothing has happened yet")).toBeVisible();

  await desk.getByRole("button", { name: "More", exact: true }).click();
  await desk.getByRole("menuitem", { name: "Change details" }).click();
  await desk.getByRole("dialog").getByLabel("City").fill("Fjordby");
  await desk.getByRole("button", { name: "Save details" }).click();
  await expect(desk.getByRole("complementary").getByText("Fjordby")).toBeVisible();

  await goTo(desk, "/students?query=Þórsson");
  await expect(desk.getByRole("rowheader")).toHaveCount(1);
});

test("a number that is taken is refused at its field, and nobody is registered", async ({
  desk,
  bridge,
}) => {
  await goTo(desk, "/students?register=true");
  const form = desk.getByRole("dialog");
  await form.getByLabel("Name", { exact: true }).fill("Nobody");
  await form.getByLabel("Number", { exact: true }).fill("1017");
  await desk.keyboard.press("Enter");
  await expect(form.getByText("Number 1017 belongs to another student.")).toBeVisible();
  const { total } = await bridge.rpc<{ total: number }>("list_students", {
    query: "Nobody",
    department_id: null,
    owing: false,
    order: null,
    window: { offset: 0, limit: 1 },
  });
  expect(total).toBe(0);
});

test("those who owe most are two keys and one choice away", async ({ desk }) => {
  await desk.locator("#work").focus();
  await desk.keyboard.press("g");
  await desk.keyboard.press("s");
  await desk.getByRole("radio", { name: "Owing" }).click();
  await desk.getByRole("columnheader", { name: "Balance" }).click();
  await desk.getByRole("columnheader", { name: "Balance" }).click();
  await expect(desk.getByRole("rowheader").first()).toHaveText("1017");
  await desk.getByRole("grid").focus();
  await desk.keyboard.press("Enter");
  await expect(desk.getByRole("heading", { name: "Tiril Haugland" })).toBeVisible();
  await expect(desk.getByText("Owes", { exact: true })).toBeVisible();
  await expect(desk.getByRole("link", { name: /A-10018/ }).first()).toBeVisible();
});

for (const theme of ["light", "dark"] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ theme });
    test("axe finds no fault in the screens of students", async ({ desk }) => {
      await goTo(desk, "/students");
      await desk.getByText("Ada Fjeld").waitFor();
      expect(await axeFaults(desk)).toEqual([]);
      await goTo(desk, "/students?register=true");
      await desk.getByRole("dialog").waitFor();
      expect(await axeFaults(desk)).toEqual([]);
      await goTo(desk, "/students?owing=true&sort=-balance");
      await desk.getByText("Tiril Haugland").click();
      await desk.getByRole("heading", { name: "Tiril Haugland" }).waitFor();
      expect(await axeFaults(desk)).toEqual([]);
    });
  });
}

test("a person is erased by their number, and only the number is left", async ({ desk }) => {
  await goTo(desk, "/students?register=true");
  const form = desk.getByRole("dialog");
  await form.getByLabel("Name", { exact: true }).fill("Xantippe Zweifel");
  await form.getByLabel("Number", { exact: true }).fill("9901");
  await desk.keyboard.press("Enter");
  await expect(desk.getByRole("heading", { name: "Xantippe Zweifel" })).toBeVisible();
  await desk.getByRole("button", { name: "More" }).click();
  await desk.getByRole("menuitem", { name: "Erase the person" }).click();
  const dialog = desk.getByRole("alertdialog");
  const erase = dialog.getByRole("button", { name: "Erase for good" });
  await expect(erase).toHaveAccessibleDescription("Say why");
  await dialog.getByRole("button", { name: /Why/ }).click();
  await desk.getByRole("option", { name: "The person asked for it" }).click();
  await expect(erase).toHaveAccessibleDescription("Type the student number");
  expect(await axeFaults(desk)).toEqual([]);
  await dialog.getByLabel("Type 9901 to confirm").fill("9901");
  await erase.click();
  await expect(desk.getByRole("heading", { name: "(9901)" })).toBeVisible();
  await expect(desk.getByText("This person was erased.")).toBeVisible();
  await expect(desk.getByRole("button", { name: "New invoice" })).toHaveCount(0);
  await expect(desk.getByRole("button", { name: "Record payment" })).toBeVisible();
  await goTo(desk, "/students?query=Zweifel");
  await expect(desk.getByRole("rowheader")).toHaveCount(0);
});

test("whoever owes money is not erased", async ({ desk }) => {
  await goTo(desk, "/students?query=1017");
  await desk.getByRole("rowheader", { name: "1017" }).waitFor({ timeout: 30_000 });
  await desk.getByRole("grid").focus();
  await desk.keyboard.press("Enter");
  await expect(desk.getByText("Owes", { exact: true })).toBeVisible({ timeout: 30_000 });
  await desk.getByRole("button", { name: "More" }).click();
  await desk.getByRole("menuitem", { name: "Erase the person" }).click();
  const dialog = desk.getByRole("alertdialog");
  await expect(dialog.getByText(/Money is owed/)).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Erase for good" })).toHaveAccessibleDescription(
    "It cannot be done now",
  );
});

import { axeFaults, expect, goTo, test } from "../fixtures/bridge";

interface Row {
  id: string;
  code: string;
}
interface Packages {
  lessons_left: string;
  entitlements: { state: string }[];
}

/** A student of the sample school. */
const ola = "00000000-0000-7000-8000-00000000a001";

test("a package is described, sold, drawn, given back and paid back", async ({ desk, bridge }) => {
  await goTo(desk, "/settings?tab=prices");
  await desk.getByRole("button", { name: "New price" }).click();
  const form = desk.getByRole("dialog");
  await form.getByLabel("Code", { exact: true }).fill("PK-5");
  await form.getByLabel("Name", { exact: true }).fill("Five lessons");
  await form.getByLabel(/^Price/).fill("3500");
  await form.getByRole("button", { name: /VAT$/ }).click();
  await desk.getByRole("option", { name: /25/ }).first().click();
  await form.getByRole("button", { name: /Kind/ }).click();
  await desk.getByRole("option", { name: "Package" }).click();
  await form.getByText("Lessons", { exact: true }).click();
  await form.getByRole("button", { name: /Service 1$/ }).click();
  await desk.getByRole("option", { name: /^KT-B/ }).click();
  await form.getByRole("textbox", { name: "How many of service 1" }).fill("5");
  expect(await axeFaults(desk)).toEqual([]);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toBeHidden();

  const { rows } = await bridge.rpc<{ rows: Row[] }>("list_services", {
    query: "PK-5",
    include_inactive: false,
  });
  const person = { name: "Ola Moen", email: "ola@example.no", phone: "", address: address() };
  const student = { id: ola, number: "", department_id: null, person };
  await bridge.rpc("register_student", student);
  await bridge.rpc("issue_invoice", { draft: draftOf(rows[0]?.id ?? "") });

  await goTo(desk, `/students/${ola}`);
  await desk.getByRole("link", { name: /5 of 5 lessons left/ }).click();
  const one = desk.getByRole("region", { name: "Five lessons" });
  await one.getByRole("button", { name: "Draw" }).click();
  const draw = desk.getByRole("dialog");
  await draw.getByLabel("Lessons").fill("6");
  await draw.getByRole("button", { name: "Draw" }).click();
  await expect(draw.getByText("Only 5 left.")).toBeVisible();
  await draw.getByLabel("Lessons").fill("2");
  await draw.getByLabel("Note").fill("Told by telephone");
  await draw.getByRole("button", { name: "Draw" }).click();
  await expect(draw).toBeHidden();
  await expect(one.getByText("3 of 5")).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);

  await one.getByRole("button", { name: "Give back" }).click();
  await desk.getByRole("dialog").getByLabel("Reason").fill("The car broke down");
  await desk.keyboard.press("Enter");
  await expect(one.getByText("5 of 5")).toBeVisible();
  await expect(one.getByText("The car broke down")).toBeVisible();

  await one.getByRole("button", { name: "Pay back the rest" }).click();
  const end = desk.getByRole("alertdialog");
  await end.getByLabel("Reason").fill("Moves away");
  await end.getByRole("button", { name: /^Credit/ }).click();
  await expect(one.getByText("Closed", { exact: true }).first()).toBeVisible();
  const packages = await bridge.rpc<Packages>("student_packages", { student_id: ola });
  expect([packages.lessons_left, packages.entitlements[0]?.state]).toEqual(["0", "closed"]);
});

test("a milestone says what is missing and is waived for a reason", { tag: "@keys" }, async ({
  desk,
  bridge,
}) => {
  await goTo(desk, "/settings?tab=milestones");
  await expect(desk.getByText("No milestones")).toBeVisible();
  await desk.getByRole("button", { name: "New milestone" }).click();
  const form = desk.getByRole("dialog");
  await form.getByLabel("Milestone", { exact: true }).fill("First half");
  await form.getByLabel("Lesson number").fill("1");
  await form.getByLabel("Paid in all").fill("900000");
  await form.getByRole("button", { name: "Save milestone" }).click();
  await expect(desk.getByRole("grid").getByText("First half")).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);

  const person = { name: "Ola Moen", email: "ola@example.no", phone: "", address: address() };
  await bridge.rpc("register_student", { id: ola, number: "", department_id: null, person });
  await goTo(desk, `/students/${ola}?tab=packages`);
  const before = desk.getByRole("region", { name: "Before booking" });
  await expect(before.getByRole("row").nth(1).getByText("Missing")).toBeVisible();
  await before.getByRole("button", { name: "Waive" }).click();
  const ask = desk.getByRole("alertdialog");
  await ask.getByLabel("Reason").fill("Pays on Friday");
  expect(await axeFaults(desk)).toEqual([]);
  await ask.getByRole("button", { name: /^Waive/ }).click();
  await expect(before.getByText("Waived")).toBeVisible();
  const check = await bridge.rpc<{ clear: boolean }>("milestones", {
    student_id: ola,
    service_id: null,
  });
  expect(check.clear).toBe(true);
});

const running = {
  shelf: "active",
  query: "",
  department_id: null,
  within_days: 30,
  order: null,
  window: { offset: 0, limit: 10 },
};

interface PackageRows {
  rows: { id: string; student: string; student_id: string; valid_until: string }[];
  total: number;
  owed: { amount: string };
}

test("what students have bought ahead is listed, and one of it lasts longer for a reason", {
  tag: "@keys",
}, async ({ desk, bridge }) => {
  const { rows, total } = await bridge.rpc<PackageRows>("list_packages", running);
  const [first] = rows;
  if (!first) throw new Error("the sample school has sold packages");
  await goTo(desk, "/packages");
  await expect(desk.getByRole("heading", { level: 1, name: "Packages" })).toBeVisible();
  await expect(desk.getByText(new RegExp(`^${total} packages · .+ owed to students`))).toBeVisible({
    timeout: 30_000,
  });
  expect(await axeFaults(desk)).toEqual([]);
  await desk.getByRole("radio", { name: "Closed" }).click();
  await expect(desk.getByRole("gridcell", { name: first.student })).toHaveCount(0);
  await desk.getByRole("radio", { name: /^Running/ }).click();

  await goTo(desk, `/students/${first.student_id}?tab=packages`);
  await expect(desk.getByRole("heading", { level: 1, name: first.student })).toBeVisible();
  await desk.getByRole("button", { name: "Extend" }).first().click();
  const ask = desk.getByRole("alertdialog");
  await expect(ask.getByRole("button", { name: "Extend" })).toHaveAccessibleDescription(
    "Give a new last day",
  );
  await ask.getByLabel("New last day").fill("31.12.2030");
  await ask.getByLabel("Reason").fill("Was ill");
  expect(await axeFaults(desk)).toEqual([]);
  await ask.getByRole("button", { name: "Extend" }).click();
  await expect(ask).toBeHidden({ timeout: 30_000 });
  await expect(desk.getByRole("row").filter({ hasText: "Was ill" })).toContainText("Extended");
  const { entitlements } = await bridge.rpc<{ entitlements: { valid_until: string }[] }>(
    "student_packages",
    { student_id: first.student_id },
  );
  expect(entitlements.map(({ valid_until }) => valid_until)).toContain("2030-12-31");
});

test("many packages last longer for one reason, and one that lasts longer already is told", async ({
  desk,
  bridge,
}) => {
  const { rows } = await bridge.rpc<PackageRows>("list_packages", running);
  const [first] = rows;
  if (!first) throw new Error("the sample school has sold packages");
  await bridge.rpc("extend_package", {
    id: "00000000-0000-7000-8000-00000000a0e1",
    entitlement_id: first.id,
    until: "2030-06-30",
    reason: "Was abroad",
  });
  // What ends last stands first: the one that was extended, and one that was not.
  await goTo(desk, "/packages?sort=-valid_until");
  await expect(desk.getByRole("heading", { level: 1, name: "Packages" })).toBeVisible();
  await expect(desk.getByRole("row").nth(1)).toContainText("2030", { timeout: 30_000 });
  await desk.getByRole("row").nth(1).locator("[data-check]").click();
  await desk.getByRole("row").nth(2).locator("[data-check]").click();
  await desk.getByRole("button", { name: "Extend" }).click();
  const ask = desk.getByRole("alertdialog");
  await ask.getByLabel("New last day").fill("31.12.2029");
  await ask.getByLabel("Reason").fill("Closed for the winter");
  await ask.getByRole("button", { name: /^Extend/ }).click();
  await expect(ask).toBeHidden({ timeout: 30_000 });
  await expect(desk.getByText(/1 stayed as it was: .*2030-06-30/)).toBeVisible();
});

function address() {
  return { line1: "Havnegata 1", line2: "", postal_code: "9990", city: "Fjordby", country: "NO" };
}

function draftOf(service_id: string) {
  return {
    id: "00000000-0000-7000-8000-00000000a050",
    student_id: ola,
    department_id: null,
    issue_date: "2026-11-20",
    delivery_date: null,
    due_date: "2026-12-04",
    reference: "",
    note: "",
    lines: [
      {
        service_id,
        kind: "package",
        description: "Five lessons",
        quantity: "1",
        unit_price: "3500",
        discount_percent: "0",
        tax_code: "3",
        income_account: "3040",
      },
    ],
  };
}

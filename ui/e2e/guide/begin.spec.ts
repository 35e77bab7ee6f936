import { axeFaults, expect, test } from "../fixtures/bridge";
import { follow } from "../fixtures/follow";
import { choose, press } from "../fixtures/hands";

test.describe("an empty machine", () => {
  test.use({ bridgeArgs: ["--without-keychain"] });
  test("the school is set up as the help says", async ({ page, bridge }) => {
    await page.addInitScript(() =>
      localStorage.setItem("kontor.window", JSON.stringify({ theme: "light", language: "en" })),
    );
    await page.goto(`/?api=${bridge.url}#token=${bridge.token}`);
    await follow(page, "first-start", {
      "start:name": "Fjordby Trafikkskole",
      "start:legal_name": "Fjordby Trafikkskole AS",
      "start:org_number": "889640782",
      "start:city": "Fjordby",
      "start:invoice_prefix": "F",
      "start:bank_account": "86011117947",
      "start:passphrase": "a long passphrase",
      "start:passphrase_again": "a long passphrase",
    });
  });
});

test("another school is added as the help says, and the first is a menu away", async ({
  desk,
  bridge,
}) => {
  await follow(desk, "several-schools", {
    "start:name": "Nordby Trafikkskole",
    "start:legal_name": "Nordby Trafikkskole AS",
    "start:org_number": "889640782",
    "start:city": "Nordby",
    "start:invoice_prefix": "N",
    "start:bank_account": "86011117947",
  });
  const school = desk.getByRole("button", { name: /Schools on this desk/ });
  await expect(school).toHaveText(/Nordby Trafikkskole/);
  const { schools } = await bridge.rpc<{ schools: { in_use: boolean }[] }>("desk_schools", {});
  expect(schools.map(({ in_use }) => in_use)).toEqual([false, true]);
  await school.focus();
  await desk.keyboard.press("Enter");
  await expect(desk.getByRole("menuitem", { name: /Nordby/ })).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
  await desk.keyboard.press("Home");
  await desk.keyboard.press("Enter");
  await expect(school).toHaveText(/Fjordby Trafikkskole/);
  await expect(desk.getByRole("link", { name: "Students" })).toBeVisible();
});

test("a student, a price and a rate are added", async ({ desk, bridge }) => {
  await follow(desk, "add-student", {
    "students:name": "Ægir Þórsson",
    "students:email": "aegir@example.no",
  });
  await follow(desk, "price-list", {
    "settings:code": "KM",
    "settings:name": "Kilometer",
    "settings:price_gross": "7,25",
    "settings:vat_code": "25",
  });
  await follow(desk, "vat-rates", {
    "settings:vat_code": "3",
    "settings:name": "26 %",
    "settings:rate": "26",
  });
  await expect(desk.getByRole("grid").getByText("26 %").first()).toBeVisible();
  const { rows } = await bridge.rpc<{ rows: { code: string; unit_price: string }[] }>(
    "list_services",
    { query: "KM", include_inactive: false },
  );
  expect(rows[0]?.unit_price).toBe("7.25");
});

test("a person is erased as the help says", async ({ desk, bridge }) => {
  await follow(desk, "add-student", {
    "students:name": "Xantippe Zweifel",
    "students:email": "x@example.no",
  });
  const { rows } = await bridge.rpc<{ rows: { number: string }[] }>("list_students", {
    query: "Zweifel",
    department_id: null,
    owing: false,
    order: null,
    window: { offset: 0, limit: 1 },
  });
  const number = rows[0]?.number ?? "";
  await follow(desk, "let-go", {
    student: "Zweifel",
    "students:erase_ground": "The person asked for it",
    "students:erase_number": number,
  });
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText(`(${number})`);
});

test("a list is brought in under headings that are not known", async ({ desk, bridge }) => {
  const buffer = Buffer.from("Id;Whom;Where\n9001;Åse Nygård;Fjordby\n9002;Łucja Groß;Fjordby\n");
  await follow(desk, "import-file", {
    "import:choose": async (button) => {
      const asked = desk.waitForEvent("filechooser");
      await press(button);
      await (await asked).setFiles({ name: "list.csv", mimeType: "text/csv", buffer });
    },
    "import:try_out": async (button) => {
      await choose(desk, desk.getByRole("button", { name: /What Id is read as/ }), "Number");
      await choose(desk, desk.getByRole("button", { name: /What Whom is read as/ }), "Name");
      await press(button);
    },
  });
  await expect(desk.getByText("2 students are in the book.")).toBeVisible({ timeout: 30_000 });
  const { rows } = await bridge.rpc<{ rows: { name: string }[] }>("list_students", {
    query: "Nygård",
    department_id: null,
    owing: false,
    order: null,
    window: { offset: 0, limit: 5 },
  });
  expect(rows.map(({ name }) => name)).toContain("Åse Nygård");
});

test("a file that was the wrong one is taken back", async ({ desk, bridge }) => {
  await bridge.rpc("import_csv", {
    kind: "students",
    content: Buffer.from("Number;Name\n9001;Åse Nygård\n9002;Łucja Groß\n").toString("base64"),
    file_name: "list.csv",
    dry_run: false,
    skip_refused: false,
    reading: null,
    mapping: null,
    keep_as: null,
    method: null,
    vat: null,
  });
  await follow(desk, "take-back-file", { "import:take_back_reason": "The wrong list" });
  await expect(desk.getByText("The wrong list")).toBeVisible();
  const { rows } = await bridge.rpc<{ rows: object[] }>("list_students", {
    query: "9001",
    department_id: null,
    owing: false,
    order: null,
    window: { offset: 0, limit: 5 },
  });
  expect(rows).toEqual([]);
});

test("an invoice is written, billed in bulk, split, and taken back", async ({ desk }) => {
  test.setTimeout(180_000);
  await follow(desk, "write-invoice", {
    "invoices:student": "1017",
    "invoices:service": "KT-B",
    "invoices:quantity": "2",
  });
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText(/A-\d+/);
  await follow(desk, "credit-note", { "invoices:reason": "Cancelled in time" });
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText(/AK-\d+/);
  await follow(desk, "charge-rules", {
    "charges:event": "Cancelled late",
    "charges:valid_from": "1.11.2026",
  });
  await expect(desk.getByRole("row").filter({ hasText: "50 % of the price" })).toBeVisible();
  await follow(desk, "bulk-run");
  await expect(desk.getByText(/The file lies in/)).toBeVisible({ timeout: 30_000 });
  await follow(desk, "split-payers", {
    "payers:name": "NAV Fjordby",
    student: "1017",
    "payers:payer": "NAV Fjordby",
    "payers:percent": "60",
  });
  await expect(desk.getByRole("link", { name: "NAV Fjordby" })).toBeVisible();
});

test("what comes again is set up as the help says", async ({ desk, bridge }) => {
  await follow(desk, "recurring-invoice", {
    "recurring:name": "Theory evenings",
    "recurring:students": "1017",
    "invoices:service": "KT-B",
    "recurring:every": "2",
    "recurring:becomes": "Issued at once",
  });
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText("Theory evenings");
  const { rows } = await bridge.rpc<{ rows: { state: string }[] }>("list_recurring", {});
  expect(rows).toMatchObject([{ state: "active" }]);
});

test("a package is made, drawn, given back and ended, and a milestone asks for money", async ({
  desk,
  bridge,
}) => {
  test.setTimeout(180_000);
  await follow(desk, "sell-package", {
    "settings:code": "PK-5",
    "settings:name": "Five lessons",
    "settings:price_gross": "3500",
    "settings:vat_code": "25",
    "settings:kind": "Package",
    "settings:held_service": "KT-B",
    "settings:held_quantity": "5",
  });
  await follow(desk, "write-invoice", {
    "invoices:student": "1017",
    "invoices:service": "PK-5",
    "invoices:quantity": "1",
  });
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText(/A-\d+/);
  await follow(desk, "extend-package", {
    "packages:last_day_new": "31.12.2030",
    "packages:reason": "Was ill",
  });
  await follow(desk, "draw-package", {
    student: "1017",
    "packages:lessons": "2",
    "packages:note": "Told by telephone",
    "packages:reason": "The car broke down",
  });
  await expect(desk.getByText("Closed", { exact: true }).first()).toBeVisible();
  await follow(desk, "milestones", {
    "settings:milestone_name": "First half",
    "settings:milestone_lesson": "5",
    "settings:milestone_amount": "40000",
  });
  await expect(desk.getByRole("grid").getByText("First half")).toBeVisible();
  const { rows } = await bridge.rpc<{ rows: unknown[] }>("list_milestones", {});
  expect(rows.length).toBe(1);
});

import type { Page } from "@playwright/test";
import { axeFaults, expect, goTo, test } from "../fixtures/bridge";

const MIXED = [
  "Elevnr;Navn;E-post;Poststed;Skostørrelse",
  "9001;Åse Nygård;ase@example.no;Fjordby;38",
  "12A;Bård Vik;;Fjordby;44",
  "9003;Cæcilie Øye;cecilie(at)example.no;Fjordby;39",
  "9004;Dag Ås;dag@example.no;Fjordby;43",
].join("\r\n");

async function choose(page: Page, name: string, text: string | Buffer) {
  const asked = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a file" }).click();
  const buffer = Buffer.from(text as string);
  await (await asked).setFiles({ name, mimeType: "text/csv", buffer });
}

test("good rows come in, bad ones stay out with their reason, and nothing comes in twice", async ({
  desk,
}) => {
  await goTo(desk, "/import");
  await choose(desk, "elever.csv", MIXED);
  await expect(desk.getByRole("row").filter({ hasText: "Bård Vik" })).toContainText("12A");
  await expect(desk.getByText("Skostørrelse")).toBeVisible();
  await expect(desk.getByRole("row").filter({ hasText: "Bård Vik" })).toContainText("Digits only");
  await expect(desk.getByRole("row").filter({ hasText: "Cæcilie" })).toContainText(
    "Not an e-mail address",
  );
  await desk.getByRole("button", { name: "Import the 2 good rows and leave 2 out" }).click();
  await expect(desk.getByText("2 students are in the book.")).toBeVisible();

  await desk.getByRole("button", { name: "Another file" }).click();
  await choose(desk, "elever.csv", MIXED.split("\r\n").slice(0, 2).join("\r\n"));
  await expect(desk.getByRole("gridcell", { name: "There already" })).toBeVisible();
  await expect(desk.getByRole("button", { name: /Import 0/ })).toHaveAccessibleDescription(
    "No row can be imported",
  );

  await goTo(desk, "/students?query=Åse Nygård");
  await expect(desk.getByRole("rowheader")).toHaveText("9001");
});

test("a file that is no table is explained, and nothing is changed", async ({ desk }) => {
  await goTo(desk, "/import");
  await choose(desk, "elever.xlsx", Buffer.from([0x50, 0x4b, 0x03, 0x04, 0, 0]));
  await expect(desk.getByText(/This is a spreadsheet and not a CSV file/)).toBeVisible();
  await choose(desk, "tom.csv", "");
  await expect(desk.getByText("There is nothing in the file.")).toBeVisible();
  await choose(desk, "bilde.csv", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]));
  await expect(desk.getByText(/This is not a text file/)).toBeVisible();
  await expect(desk.getByText("Nothing was brought in.")).toBeVisible();
});

test("a price list comes in and is seen in the settings", async ({ desk }) => {
  await goTo(desk, "/import?kind=services");
  await choose(
    desk,
    "priser.csv",
    "Kode;Navn;Pris;Mva\nNY-1;Nattkjøring;1 890;25 %\nNY-2;Glattkjøring;1.234;25 %\n",
  );
  await expect(desk.getByText(/Can be read in two ways/)).toBeVisible();
  await desk.getByRole("button", { name: "Import the good row and leave 1 out" }).click();
  await expect(desk.getByText("1 price is in the book.")).toBeVisible();
  await desk.getByRole("link", { name: "See the price list" }).click();
  await desk.getByLabel("Code or name").fill("natt");
  await expect(desk.getByRole("row").filter({ hasText: "NY-1" })).toContainText("1\u00a0890,00");
});

test("open invoices come in under columns that a person names, and are kept for the next file", {
  tag: "@keys",
}, async ({ desk }) => {
  const old = "Id;Whom;Made;Left\nX-1;9001;2026-01-15;1250,50\nX-2;7777;2026-01-16;10,00\n";
  await goTo(desk, "/import");
  await choose(desk, "elever.csv", MIXED.split("\r\n").slice(0, 2).join("\r\n"));
  await desk.getByRole("button", { name: "Import 1 row" }).click();
  await expect(desk.getByText("1 student is in the book.")).toBeVisible();
  await goTo(desk, "/import?kind=invoices");
  await choose(desk, "gammelt.csv", old);
  await expect(
    desk.getByText(/Student number or Student · Invoice date · Open amount/),
  ).toBeVisible();
  for (const [heading, field] of [
    ["Id", "Invoice number"],
    ["Whom", "Student number"],
    ["Made", "Invoice date"],
    ["Left", "Open amount"],
  ]) {
    await desk.getByRole("button", { name: new RegExp(`What ${heading} is read as`) }).click();
    await desk.getByRole("option", { name: field, exact: true }).click();
  }
  await desk.getByLabel("Keep this for the next file as").fill("Old desk");
  await desk.getByRole("button", { name: "Try it out" }).click();
  await expect(desk.getByRole("row").filter({ hasText: "X-2" })).toContainText(
    "No student has this number",
  );
  await desk.getByRole("button", { name: "Import the good row and leave 1 out" }).click();
  await expect(desk.getByText(/1 open invoice is in the book/)).toBeVisible();
  await desk.getByRole("button", { name: "Another file" }).click();
  await choose(desk, "nytt.csv", old.replace("X-1", "X-3"));
  await expect(desk.getByRole("row").filter({ hasText: "X-3" })).toContainText("Good");
  // A bank's list is known by its headings, and its money finds the invoice of the other system.
  const bank = "Bokføringsdato;Beløp;KID\n2026-02-02;250,50;X-1\n";
  await goTo(desk, "/import");
  await choose(desk, "bank.csv", bank);
  await desk.getByRole("button", { name: "Import 1 row" }).click();
  await expect(desk.getByText("1 payment is in the book.")).toBeVisible();
  await desk.getByRole("button", { name: "Another file" }).click();
  await choose(desk, "bank.csv", bank);
  await expect(desk.getByRole("row").filter({ hasText: "X-1" })).toContainText("There already");
  await goTo(desk, "/invoices?q=IB-X-1");
  await expect(desk.getByRole("row").filter({ hasText: "IB-X-1" })).toBeVisible();
});

test("the wrong file is taken back but for what was used, and the right one comes in", {
  tag: "@keys",
}, async ({ desk, bridge }) => {
  const list = "Elevnr;Navn\n9001;Åse Nygård\n9002;Bård Vik\n9003;Dag Ås\n";
  await goTo(desk, "/import");
  await choose(desk, "feil.csv", list);
  await desk.getByRole("button", { name: "Import 3 rows" }).click();
  await expect(desk.getByText("3 students are in the book.")).toBeVisible();
  const { rows } = await bridge.rpc<{ rows: { id: string }[] }>("list_students", {
    query: "9001",
    department_id: null,
    owing: false,
    order: null,
    window: { offset: 0, limit: 1 },
  });
  const { id } = rows[0] ?? { id: "" };
  await bridge.rpc("set_driving_test", { student_id: id, on: "2026-12-01" });

  await desk.getByRole("link", { name: "See what this file brought in" }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText("feil.csv");
  await expect(desk.getByRole("row").filter({ hasText: "Dag Ås" })).toContainText("In the book");
  await desk.getByRole("button", { name: "Take back …" }).click();
  const dialog = desk.getByRole("alertdialog");
  await expect(dialog.getByText(/Of 3 rows 2 are taken back/)).toBeVisible({ timeout: 30_000 });
  await expect(dialog.getByText("What stays: 9001 Åse Nygård")).toBeVisible();
  const verb = dialog.getByRole("button", { name: "Take 2 rows back" });
  await expect(verb).toHaveAccessibleDescription("Write why");
  expect(await axeFaults(desk)).toEqual([]);
  await dialog.getByLabel("Why it is taken back").fill("Last year's list");
  await verb.click();
  await expect(desk.getByText("Taken back by")).toBeVisible({ timeout: 30_000 });
  await expect(desk.getByRole("row").filter({ hasText: "Åse Nygård" })).toContainText("Stays");
  await expect(desk.getByRole("row").filter({ hasText: "Dag Ås" })).toContainText("Taken back");
  await expect(desk.getByText("Last year's list")).toBeVisible();
  await expect(desk.getByRole("button", { name: "Take back …" })).toHaveCount(0);

  await goTo(desk, "/students?query=Dag Ås");
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText("Students");
  await expect(desk.getByRole("rowheader")).toHaveCount(0);
  await goTo(desk, "/import");
  await choose(desk, "riktig.csv", list.replace("Dag Ås", "Dag Åsen"));
  await desk.getByRole("button", { name: "Import 2 rows" }).click();
  await expect(desk.getByText("2 students are in the book.")).toBeVisible();
  await goTo(desk, "/students?query=Dag Åsen");
  await expect(desk.getByRole("rowheader")).toHaveText("9003");
});

for (const theme of ["light", "dark"] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ theme });
    test("axe finds no fault before and after a file is chosen", async ({ desk }) => {
      await goTo(desk, "/import");
      await desk.getByRole("button", { name: "Choose a file" }).waitFor();
      expect(await axeFaults(desk)).toEqual([]);
      await choose(desk, "elever.csv", MIXED);
      await desk.getByText("Bård Vik").waitFor();
      expect(await axeFaults(desk)).toEqual([]);
    });
  });
}

/* A school keeps its students out of the accounting system: only journal entries arrive there. */
import type { MappingView } from "../../src/ipc/gen/MappingView";
import { axeFaults, expect, goTo, test } from "../fixtures/bridge";
import { connect, connection } from "../fixtures/connecting";

test.use({ bridgeArgs: ["--sample", "--xero-simulator"] });

test("journal entries are chosen before anything is sent, and nothing else arrives", async ({
  desk,
  bridge,
}) => {
  test.setTimeout(180_000);
  await connect(desk);
  const id = (await connection(bridge))?.id ?? "";
  await goTo(desk, `/connections?open=${id}`);
  const choices = desk.getByRole("radiogroup", { name: "What should Xero get?" });
  await expect(choices.getByRole("radio", { name: /^Invoices and payments/ })).toBeChecked();
  const pdf = desk.getByRole("switch", { name: "Attach the PDF of each invoice and credit note" });
  await pdf.focus();
  await desk.keyboard.press("Space");
  await expect(pdf).toBeChecked();
  await expect(desk.getByText(/sign in/i).first()).toBeVisible();
  await pdf.focus();
  await desk.keyboard.press("Space");
  await expect(pdf).not.toBeChecked();
  await choices.getByText("A journal entry for each day").click();
  await expect(choices.getByRole("radio", { name: /^A journal entry for each day/ })).toBeChecked();
  await expect.poll(async () => (await connection(bridge))?.booking).toBe("journal_per_day");
  await expect(pdf).toHaveCount(0);
  for (const theme of ["light", "dark"]) {
    await desk.evaluate((chosen) => {
      document.documentElement.dataset.theme = chosen;
    }, theme);
    expect(await axeFaults(desk)).toEqual([]);
  }

  // Accounts are mapped, and neither services nor ways to pay.
  await goTo(desk, "/mapping");
  await expect(desk.getByRole("tab", { name: /^Accounts/ })).toBeVisible();
  await expect(desk.getByRole("tab", { name: /^Services/ })).toHaveCount(0);
  const mapping = await bridge.rpc<MappingView>("mapping", { connection_id: id });
  const own = mapping.accounts.find((it) => it.fits.includes("ledger_account"))?.code ?? "";
  const open = mapping.rows.filter((row) => row.state === "missing");
  await bridge.rpc("save_mapping", {
    connection_id: id,
    department_id: null,
    changes: open.map(({ kind, local_key }) => ({
      kind,
      local_key,
      remote_code: own,
      from_suggestion: false,
    })),
  });
  await bridge.rpc("start_export", { connection_id: id });
  await expect
    .poll(async () => (await connection(bridge))?.sent, { timeout: 90_000 })
    .toBeGreaterThan(5);

  // From now on it stands as it is.
  await goTo(desk, `/connections?open=${id}`);
  await expect(choices).toHaveCount(0);
  await expect(desk.getByText("A journal entry for each day.")).toBeVisible();
  await goTo(desk, "/exports?view=sent");
  await expect(desk.getByText("Journal entry").first()).toBeVisible();
  await expect(desk.getByRole("row").filter({ hasText: "Customer" })).toHaveCount(0);
  expect(await axeFaults(desk)).toEqual([]);
});

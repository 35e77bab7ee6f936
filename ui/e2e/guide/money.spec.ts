import { expect, test } from "../fixtures/bridge";
import { follow } from "../fixtures/follow";
import { press } from "../fixtures/hands";

test("money comes in, is used, comes back and is paid out", async ({ desk }) => {
  test.setTimeout(180_000);
  // Money that was set against nothing yet.
  await follow(desk, "take-payment", {
    "payments:student": "1017",
    "payments:amount_received": "3000",
    "payments:record_amount": async (record) => {
      await press(desk.getByRole("button", { name: /^Clear/ }));
      await press(record);
    },
  });
  await follow(desk, "use-credit", { payment: "Tiril" });
  await expect(desk.getByText(/of credit is used/)).toBeVisible();
  await follow(desk, "take-payment", {
    "payments:student": "1017",
    "payments:amount_received": "30000",
  });
  await expect(desk.getByText(/is kept as credit\./)).toBeVisible();
  await follow(desk, "pay-back", { payment: "Tiril", "payments:reason": "Paid too much" });
  await expect(desk.getByText(/is paid back to Tiril/)).toBeVisible();
  await follow(desk, "returned-payment", {
    payment: "Sofie Berg",
    "payments:reason": "Taken back by the bank",
  });
});

test("a debt is paid by a plan, given up, and reminded of", async ({ desk, bridge }) => {
  test.setTimeout(180_000);
  await follow(desk, "payment-plan", { invoice: "", "plans:count": "4" });
  await follow(desk, "write-off", { invoice: "", "invoices:reason": "Cannot be found" });
  await expect(desk.getByText(/is written off/)).toBeVisible();
  await follow(desk, "reminder-schedule", { "settings:deadline_days": "21" });
  await expect(desk.getByText("The schedule was saved")).toBeVisible();
  await follow(desk, "text-messages", {
    "settings:sms_url": "http://127.0.0.1:1/send",
    "settings:sms_secret": "Bearer abc",
    "settings:sms_try_to": "400 12 345",
  });
  await expect(desk.getByText(/did not take the message now/)).toBeVisible({ timeout: 30_000 });
  const { messages } = await bridge.rpc<{ messages: { student: string }[] }>("reminder_plan", {});
  await follow(desk, "hold-reminders", {
    student: messages[0]?.student ?? "",
    "reminders:hold_until": "27.11.2026",
  });
  await follow(desk, "remind", {
    "reminders:way_email": async () => undefined,
  });
  await expect(desk.getByText(/\d+ reminders/).first()).toBeVisible();
});

test("who owes is seen, told and stopped", async ({ desk, bridge }) => {
  test.setTimeout(180_000);
  await follow(desk, "who-owes");
  await expect(desk.getByRole("grid", { name: "Departments" })).toBeVisible();
  await follow(desk, "statement", { student: "1017" });
  const { rows } = await bridge.rpc<{ rows: { number: string; light: string }[] }>(
    "list_students",
    { query: "", department_id: null, owing: true, order: null, window: { offset: 0, limit: 500 } },
  );
  const blocked = rows.find(({ light }) => light === "blocked");
  await follow(desk, "debt-gate", {
    "settings:gate_least": "100",
    student: blocked?.number ?? "nobody is blocked",
    "students:reason": "Pays on Friday",
  });
  await expect(desk.getByText("Pays on Friday").first()).toBeVisible();
});

test.describe("in Norwegian", () => {
  test.use({ language: "nb" });
  test("the same pages are followed", async ({ desk }) => {
    await follow(desk, "add-student", { "students:name": "Åse Nygård" });
    await follow(desk, "take-payment", {
      "payments:student": "1017",
      "payments:amount_received": "1000",
    });
    await follow(desk, "vat-report", { "reports:period": "I år" });
  });
});

import { axeFaults, expect, goTo, test } from "../fixtures/bridge";

interface Plan {
  messages: { student_id: string; student: string; level: string }[];
  left_out: { why: string }[];
}

test("the dry run is looked at, one payer is held back, and the rest are made once", async ({
  desk,
  bridge,
}) => {
  const before = await bridge.rpc<Plan>("reminder_plan", {});
  const [first] = before.messages;
  if (!first) throw new Error("the sample school has somebody to remind");
  await goTo(desk, "/reminders");
  const grid = desk.getByRole("grid", { name: "To send" });
  await expect(grid.getByRole("link", { name: first.student }).first()).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);

  await goTo(desk, `/reminders?student=${first.student_id}`);
  const dialog = desk.getByRole("dialog");
  await dialog.getByText("Payment promised").click();
  await dialog.getByLabel("Until and with").fill("2026-11-27");
  expect(await axeFaults(desk)).toEqual([]);
  await dialog.getByRole("button", { name: "Hold back" }).click();
  await expect(dialog).toBeHidden();
  const held = await bridge.rpc<Plan>("reminder_plan", {});
  expect(held.messages.some((one) => one.student_id === first.student_id)).toBe(false);
  expect(held.left_out.some((one) => one.why === "promised")).toBe(true);

  await desk.getByRole("radio", { name: "As a letter" }).click();
  const count = held.messages.length;
  await desk.getByRole("button", { name: `Make ${count} reminders` }).click();
  await expect(desk.getByText("Nobody is to be reminded today")).toBeVisible();
  await desk.getByRole("tab", { name: /Made/ }).click();
  await expect(desk.getByText(`${count} reminders`)).toBeVisible();
  // What is read aloud of the button that made them stands for some seconds, longer than the button.
  await expect(desk.locator("[data-live-announcer] [role=img]")).toHaveCount(0, {
    timeout: 15_000,
  });
  expect(await axeFaults(desk)).toEqual([]);
});

test("the schedule and the mail account are set up", async ({ desk, bridge }) => {
  await goTo(desk, "/settings?tab=reminders");
  await desk.getByText("Second reminder").click();
  await desk.getByLabel("Days to pay after a reminder").fill("10");
  await desk.getByRole("button", { name: "Save" }).first().click();
  await expect(desk.getByText("The payer must get at least 14 days.")).toBeVisible();
  await desk.getByLabel("Days to pay after a reminder").fill("21");
  await desk.getByRole("button", { name: "Save" }).first().click();
  await expect(desk.getByText("The schedule was saved")).toBeVisible();
  const settings = await bridge.rpc<{ steps: unknown[]; deadline_days: number }>(
    "reminder_settings",
    {},
  );
  expect([settings.steps.length, settings.deadline_days]).toEqual([3, 21]);
  expect(await axeFaults(desk)).toEqual([]);
});

test("interest by law is asked for, with the rate the school enters", { tag: "@keys" }, async ({
  desk,
  bridge,
}) => {
  await goTo(desk, "/settings?tab=reminders");
  await desk.getByText("Ask for late-payment interest by law").click();
  await desk.getByLabel(/Rate from 1\sJul\S*\s2026/).fill("60");
  await desk.getByRole("button", { name: "Save" }).first().click();
  await expect(desk.getByText(/The rate lies between/)).toBeVisible();
  await desk.getByLabel(/Rate from 1\sJul\S*\s2026/).fill("12,25");
  await desk.getByRole("button", { name: "Save" }).first().click();
  await expect(desk.getByText("The schedule was saved")).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
  const plan = await bridge.rpc<{ messages: { interest: unknown }[] }>("reminder_plan", {});
  expect(plan.messages.some((message) => message.interest !== null)).toBe(true);
});

test("a gateway for SMS is described, and a reminder goes that way", async ({ desk, bridge }) => {
  await goTo(desk, "/settings?tab=reminders");
  const part = desk.getByRole("region", { name: "SMS gateway" });
  await part.getByLabel("Address").fill("http://sms.example.no/send");
  await part.getByRole("button", { name: "Save the gateway" }).click();
  await expect(part.getByText(/must begin with https/)).toBeVisible();
  await part.getByLabel("Address").fill("http://127.0.0.1:1/send");
  await part.getByLabel("Secret", { exact: true }).fill("Bearer abc");
  await part.getByRole("button", { name: "Save the gateway" }).click();
  await expect(desk.getByText("The gateway was saved")).toBeVisible();
  await part.getByText("What the gateway must do").click();
  await part.getByLabel("Your own number").fill("400 12 345");
  await part.getByRole("button", { name: "Send a test SMS" }).click();
  await expect(part.getByText(/did not take the message now/)).toBeVisible({ timeout: 30_000 });
  expect(await axeFaults(desk)).toEqual([]);

  const before = await bridge.rpc<Plan>("reminder_plan", {});
  const id = before.messages.find((message) => message.level === "first")?.student_id;
  const { person } = await bridge.rpc<{ person: object }>("find_student", { id });
  await bridge.rpc("change_student", { id, person: { ...person, phone: "400 12 345" } });
  await goTo(desk, "/reminders");
  await desk.getByRole("radio", { name: "By SMS" }).click();
  await expect(desk.getByText("400 12 345")).toBeVisible();
  await expect(desk.getByText(/1 by SMS/)).toBeVisible();
  await desk.getByText("400 12 345").dblclick();
  const dialog = desk.getByRole("dialog");
  await expect(dialog.getByText(/sent as \d SMS/)).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
  await desk.keyboard.press("Escape");
  await desk.getByRole("button", { name: /Make \d+ reminders/ }).click();
  await expect(desk.getByText("Nobody is to be reminded today")).toBeVisible({ timeout: 30_000 });
  await desk.getByRole("tab", { name: /Made/ }).click();
  await expect(desk.getByText("Waits in the outbox").first()).toBeVisible();
});

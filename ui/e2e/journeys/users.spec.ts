import type { Page } from "@playwright/test";
import { axeFaults, expect, goTo, test } from "../fixtures/bridge";

const PASSWORD = "a password for Ida";

async function makeFirstUser(desk: Page) {
  await goTo(desk, "/settings?tab=users");
  await expect(desk.getByText("Nobody signs in yet")).toBeVisible();
  await desk.getByRole("button", { name: "Make the first user" }).click();
  const form = desk.getByRole("dialog");
  await form.getByLabel("Name", { exact: true }).fill("Ida Berg");
  await form.getByLabel("Sign-in name").fill("ida");
  await form.getByLabel("First password").fill("short");
  await form.getByRole("button", { name: "Save the user" }).click();
  await expect(form.getByText("A password has 10 to 256 characters.")).toBeVisible();
  await form.getByLabel("First password").fill(PASSWORD);
  await form.getByRole("button", { name: "Save the user" }).click();
  await expect(form).toBeHidden();
  await expect(desk.getByRole("button", { name: "Ida Berg" })).toBeVisible();
  // What a busy button said stays for a screen reader for some seconds after the button is gone.
  await expect(desk.locator("[data-live-announcer] [role=img]")).toHaveCount(0, {
    timeout: 15_000,
  });
}

test("the first user is signed in, and the audit says what they did", {
  tag: "@keys",
}, async ({ desk }) => {
  await makeFirstUser(desk);
  expect(await axeFaults(desk)).toEqual([]);
  await goTo(desk, "/audit?kind=user_set");
  await desk.getByRole("grid").getByText("User set").click();
  await desk.keyboard.press("p");
  const panel = desk.getByRole("complementary");
  await expect(panel.getByText("Ida Berg").first()).toBeVisible();
  await expect(panel.getByText("Place in the chain")).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
  await desk.getByRole("button", { name: "Verify" }).click();
  await expect(desk.getByText("Nothing was changed afterwards")).toBeVisible({ timeout: 60_000 });
  expect(await axeFaults(desk)).toEqual([]);
});

test("a locked window hides what was typed and gives it back to its person", {
  tag: "@keys",
}, async ({ desk }) => {
  await makeFirstUser(desk);
  await goTo(desk, "/invoices/new");
  const reference = desk.getByLabel("Reference", { exact: true });
  await reference.fill("Half typed");
  await desk.keyboard.press("Control+Shift+L");
  const lock = desk.getByRole("dialog", { name: "The window is locked" });
  await expect(lock).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
  await desk.keyboard.press("Control+k");
  await expect(desk.getByRole("dialog")).toHaveCount(1);
  const password = lock.getByLabel("Password");
  await password.fill("not the password");
  await desk.keyboard.press("Enter");
  await expect(lock.getByText("The name or the password is not right.")).toBeVisible();
  await password.fill(PASSWORD);
  await desk.keyboard.press("Enter");
  await expect(lock).toBeHidden();
  await expect(reference).toHaveValue("Half typed");
});

test("who signs out sees nothing until somebody signs in", async ({ desk, bridge }) => {
  await makeFirstUser(desk);
  await desk.getByRole("button", { name: "Ida Berg" }).click();
  await desk.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(desk.getByRole("heading", { name: "Sign in" })).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
  await expect(bridge.rpc("home", {})).rejects.toThrow("not_signed_in");
  await desk.getByLabel("Sign-in name").fill("ida");
  await desk.getByLabel("Password").fill(PASSWORD);
  await desk.keyboard.press("Enter");
  await expect(desk.locator("#work")).toBeVisible();
});

import { expect, it } from "vitest";
import { countdown, leftMs, type RunningSignIn } from "./signIn";

const running: RunningSignIn = {
  systemName: "Xero",
  connectionId: null,
  started: { sign_in_id: "1", address: "https://login.example", lasts_s: 300, by_hand: false },
  begun_ms: 5_000,
};

it("a sign-in counts down from its answer, whatever the calendars say", () => {
  expect(countdown(leftMs(running, 5_000))).toBe("5:00");
  expect(countdown(leftMs(running, 64_500))).toBe("4:00");
  expect(countdown(leftMs(running, 1_000_000))).toBe("0:00");
});

import { act, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import type { DeskStatus } from "~/ipc/gen/DeskStatus";
import type { SessionView } from "~/ipc/gen/SessionView";
import { fakeBackend, refuse } from "~/test/fakeBackend";
import { render } from "~/test/render";
import { Gate } from "./Gate";

const IDA = {
  id: "1",
  login: "ida",
  name: "Ida Berg",
  role: "owner",
  departments: [],
  acts: ["see"],
};

const signedIn = { needed: true, user: IDA, locked: false, idle_minutes: 15 };

const status = (session: SessionView | null): DeskStatus => ({
  state: "ready",
  protection: "keychain",
  keychain_available: true,
  school: null,
  session,
  version: "0",
  today: "2026-11-20",
  trouble: null,
});

function Typing() {
  const [text, setText] = useState("");
  return <input aria-label="work" value={text} onChange={(e) => setText(e.target.value)} />;
}

test("a book without users lets everybody in", async () => {
  fakeBackend({ desk_status: () => status({ ...signedIn, needed: false, user: null }) });
  render(<Gate>work</Gate>);
  expect(await screen.findByText("work")).toBeDefined();
});

test("a book with users shows nothing before somebody signed in", async () => {
  const backend = fakeBackend({
    desk_status: () => status({ ...signedIn, user: null }),
    sign_in: (request: { password: string }) =>
      request.password === "right"
        ? status(signedIn)
        : refuse({ code: "wrong_password", message: "" }),
  });
  const { user } = render(<Gate>work</Gate>);
  await user.type(await screen.findByLabelText(/Sign-in name/), "ida");
  expect(screen.queryByText("work")).toBeNull();
  await user.type(screen.getByLabelText(/Password/), "wrong{Enter}");
  expect(await screen.findByText("The name or the password is not right.")).toBeDefined();
  await user.clear(screen.getByLabelText(/Password/));
  await user.type(screen.getByLabelText(/Password/), "right{Enter}");
  expect(await screen.findByText("work")).toBeDefined();
  expect(backend.calls.filter((call) => call.name === "sign_in")).toHaveLength(2);
});

test("a window nobody touches locks, and keeps what was typed", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const backend = fakeBackend({
    desk_status: () => status(signedIn),
    lock_session: () => status({ ...signedIn, locked: true }),
    sign_in: () => status(signedIn),
  });
  const { user } = render(
    <Gate>
      <Typing />
    </Gate>,
  );
  await user.type(await screen.findByLabelText("work"), "half");
  await act(() => vi.advanceTimersByTimeAsync(14 * 60_000));
  expect(backend.calls.some((call) => call.name === "lock_session")).toBe(false);
  await act(() => vi.advanceTimersByTimeAsync(70_000));
  expect(await screen.findByRole("dialog", { name: "The window is locked" })).toBeDefined();
  expect(screen.queryByRole("textbox", { name: "work" })).toBeNull();
  await user.type(screen.getByLabelText(/Password/), "right{Enter}");
  const kept = await screen.findByRole<HTMLInputElement>("textbox", { name: "work" });
  expect(kept.value).toBe("half");
  vi.useRealTimers();
});

import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fakeBackend } from "~/test/fakeBackend";
import { render } from "~/test/render";
import { WorkPlace } from "./WorkPlace";
import { useWork } from "./work";

beforeEach(() => vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => {
  vi.useRealTimers();
  useWork.setState({ all: [] });
});

it("long work is seen from elsewhere, leads back, and is gone when it is done", async () => {
  const backend = fakeBackend({});
  const root = createRootRoute({ component: WorkPlace });
  const home = createRoute({ getParentRoute: () => root, path: "/" });
  const history = createMemoryHistory({ initialEntries: ["/"] });
  const router = createRouter({ routeTree: root.addChildren([home]), history });
  render(<RouterProvider router={router} />);
  const status = await screen.findByRole("status");
  const tell = (done: number, state: string) =>
    act(async () => {
      backend.emit("progress", { job: "run", done, total: 500, state });
    });
  await tell(120, "running");
  expect(status.textContent).toBe("");
  await act(async () => void vi.advanceTimersByTime(1_100));
  expect(status.textContent).toContain("120 of 500");
  expect(screen.getByRole("link").getAttribute("href")).toBe("/charges/run");
  await tell(500, "finished");
  expect(status.textContent).toBe("");
});

import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { act, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, it } from "vitest";
import type { ExportStatus } from "~/ipc/gen/ExportStatus";
import type { RunView } from "~/ipc/gen/RunView";
import { axeFaults } from "~/test/axe";
import { render } from "~/test/render";
import { RunBand } from "./RunBand";

const status = (run: Partial<RunView>, more: Partial<ExportStatus> = {}): ExportStatus => ({
  running: true,
  waiting: 0,
  sending: 2,
  checking: 0,
  sent: 0,
  attention: 0,
  run: {
    started_at: "2026-11-20T10:00:00Z",
    ended_at: null,
    done: 0,
    total: 500,
    sent: 0,
    attached: 0,
    attention: 0,
    waiting: 0,
    calls: 0,
    duplicates_prevented: 0,
    ...run,
  },
  ...more,
});

const over = (run: Partial<RunView>) =>
  status({ ended_at: "2026-11-20T10:04:00Z", ...run }, { running: false, sending: 0 });

/** The band, which is told of the engine as the screen would tell it. */
async function band(first: ExportStatus) {
  let set: (now: ExportStatus) => void = () => undefined;
  function Told() {
    const [now, setNow] = useState(first);
    set = setNow;
    return <RunBand status={now} />;
  }
  const root = createRootRoute({ component: Told });
  const home = createRoute({ getParentRoute: () => root, path: "/" });
  const history = createMemoryHistory({ initialEntries: ["/"] });
  const router = createRouter({ routeTree: root.addChildren([home]), history });
  render(<RouterProvider router={router} />);
  const said = await screen.findByRole("status");
  return { said, tell: (now: ExportStatus) => act(async () => set(now)) };
}

it("a run is a progress bar that says how many of how many are done", async () => {
  const { tell } = await band(status({ done: 312, sent: 310, attention: 2 }));
  const bar = screen.getByRole("progressbar", { name: "Progress of the run" });
  const values = () =>
    ["min", "now", "max", "text"].map((part) => bar.getAttribute(`aria-value${part}`));
  expect(values()).toEqual(["0", "312", "500", "312 of 500"]);
  expect(await axeFaults()).toEqual([]);
  await tell(status({ done: 400, sent: 398, attention: 2 }));
  expect(values()).toEqual(["0", "400", "500", "400 of 500"]);
});

it("a run tells of itself at each quarter, and not at each record", async () => {
  const { said, tell } = await band(status({ done: 0 }));
  const at = async (done: number) => {
    await tell(status({ done, sent: done }));
    return said.textContent;
  };
  expect(said.textContent).toBe("Sending to accounting, 0 percent done");
  expect(await at(124)).toBe("Sending to accounting, 0 percent done");
  expect(await at(125)).toBe("Sending to accounting, 25 percent done");
  expect(await at(249)).toBe("Sending to accounting, 25 percent done");
  expect(await at(499)).toBe("Sending to accounting, 75 percent done");
});

it("its end is told, with how many need a person", async () => {
  const { said, tell } = await band(status({ done: 499 }));
  await tell(over({ done: 500, sent: 500 }));
  expect(said.textContent).toBe("The run is over: 500 of 500 done");
  await tell(status({ done: 10 }));
  await tell(over({ done: 500, sent: 497, attention: 3 }));
  expect(said.textContent).toBe("The run is over: 500 of 500 done, 3 need attention");
});

it("a run that was over before the page was opened is no news", async () => {
  const { said, tell } = await band(over({ done: 500, sent: 500 }));
  expect(said.textContent).toBe("");
  await tell(status({ done: 0 }));
  expect(said.textContent).toBe("Sending to accounting, 0 percent done");
});

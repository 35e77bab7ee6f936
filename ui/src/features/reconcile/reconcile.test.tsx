import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { PairView } from "~/ipc/gen/PairView";
import type { Reconciliation } from "~/ipc/gen/Reconciliation";
import type { SideView } from "~/ipc/gen/SideView";
import { axeFaults } from "~/test/axe";
import { fakeBackend } from "~/test/fakeBackend";
import { render } from "~/test/render";
import { Comparison } from "./Comparison";
import { PairPeek } from "./PairPeek";

const nok = (amount: string) => ({ amount, currency: "NOK" });

const side = (more: Partial<SideView>): SideView => ({
  label: "A-1042",
  customer: "Ann Learner",
  date: "2026-11-20",
  due_date: "2026-12-04",
  net: nok("632.00"),
  vat: nok("158.00"),
  gross: nok("790.00"),
  open: nok("790.00"),
  state: "sent",
  ...more,
});

const pair = (more: Partial<PairView>): PairView => ({
  key: "invoice/1",
  kind: "invoice",
  outcome: "differing",
  fields: ["net", "gross"],
  ours: side({}),
  theirs: side({ net: nok("632.01"), gross: nok("790.01"), state: "live" }),
  can_send_again: false,
  record_id: "7",
  document_id: "1",
  shown: "what was shown",
  accepted: null,
  ...more,
});

const alone = pair({
  key: "payment:9",
  kind: "payment",
  outcome: "missing_here",
  fields: [],
  ours: null,
  theirs: side({ label: "", customer: "", state: "live", net: null, vat: null }),
  record_id: null,
  document_id: null,
});

const sum = { count: 2, net: nok("632.00"), vat: nok("158.00"), gross: nok("790.00") };

const view = (differences: PairView[]): Reconciliation => ({
  connection_id: "c",
  from: "2026-11-01",
  to: "2026-11-30",
  read_at: "2026-11-22T08:00:00Z",
  sums: [{ kind: "invoice", ours: sum, theirs: sum, difference: nok("0.00"), agrees: true }],
  ageing: [
    {
      ours: Array.from({ length: 5 }, () => nok("0.00")),
      theirs: Array.from({ length: 5 }, () => nok("0.00")),
      agrees: true,
    },
  ],
  differences,
  agreed: 3,
  open: differences.length,
  accepted: 0,
  shown: "all of it",
  sign_off: null,
});

test("differences stand by their cause and open by their button", async () => {
  const opened: (string | undefined)[] = [];
  const both = view([pair({}), alone]);
  const { user, container } = render(
    <Comparison
      view={both}
      system="Xero"
      openKey={undefined}
      onOpen={({ open }) => opened.push(open)}
    />,
  );
  const differing = screen.getByRole("table", { name: "Both have it, and it differs" });
  expect(within(differing).getByText("Net, Gross")).toBeDefined();
  const missing = screen.getByRole("table", { name: "Missing here" });
  await user.click(within(missing).getByRole("button", { name: "Payment" }));
  expect(opened).toEqual(["payment:9"]);
  expect(await axeFaults(container)).toEqual([]);
});

test("books that agree say so", () => {
  render(<Comparison view={view([])} system="Xero" openKey={undefined} onOpen={() => {}} />);
  expect(screen.getByText("Both books say the same")).toBeDefined();
});

test("journal entries have a name, and nothing of them is overdue", () => {
  const all = view([]);
  const sums = all.sums.map((row) => ({ ...row, kind: "journal" }));
  const entries = { ...all, sums, ageing: [] };
  render(<Comparison view={entries} system="Xero" openKey={undefined} onOpen={() => {}} />);
  expect(screen.getByText("Journal entries")).toBeDefined();
  expect(screen.queryByRole("table", { name: "Open and overdue" })).toBeNull();
});

test("what is accepted names what was shown", async () => {
  const backend = fakeBackend({ accept_difference: () => view([]) });
  const { user, container } = render(
    <PairPeek pair={pair({})} view={view([pair({})])} system="Xero" onClose={() => {}} />,
  );
  expect(screen.getByText(/Somebody changed it in Xero/)).toBeDefined();
  expect(await axeFaults(container)).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Accept with a reason…" }));
  await user.type(screen.getByLabelText(/^Reason/), "A rounding of theirs");
  await user.click(screen.getByRole("button", { name: "Accept" }));
  expect(backend.calls.at(-1)).toEqual({
    name: "accept_difference",
    request: {
      connection_id: "c",
      from: "2026-11-01",
      to: "2026-11-30",
      key: "invoice/1",
      shown: "what was shown",
      reason: "A rounding of theirs",
    },
  });
});

test("what is gone there goes once more, with a reason", async () => {
  const backend = fakeBackend({ send_again: () => view([]) });
  const theirs = side({ label: "", state: "deleted" });
  const gone = pair({ outcome: "missing_there", fields: [], theirs, can_send_again: true });
  const { user, container } = render(
    <PairPeek pair={gone} view={view([gone])} system="Xero" onClose={() => {}} />,
  );
  expect(screen.getByText(/If somebody deleted it by mistake, send it again/)).toBeDefined();
  await user.click(screen.getByRole("button", { name: "Send again…" }));
  expect(await axeFaults(container)).toEqual([]);
  await user.type(screen.getByLabelText(/^Reason/), "Deleted by mistake");
  await user.click(screen.getByRole("button", { name: "Send again" }));
  expect(backend.calls.at(-1)).toMatchObject({
    name: "send_again",
    request: { key: "invoice/1", shown: "what was shown", reason: "Deleted by mistake" },
  });
});

test("what is voided there is not offered to be sent again", () => {
  const theirs = side({ state: "voided" });
  const voided = pair({ outcome: "missing_there", fields: [], theirs });
  render(<PairPeek pair={voided} view={view([voided])} system="Xero" onClose={() => {}} />);
  expect(screen.getByText(/it does not count in Xero any more/)).toBeDefined();
  expect(screen.queryByRole("button", { name: "Send again…" })).toBeNull();
});

import { useQueryClient } from "@tanstack/react-query";
import { createMemoryHistory, createRouter, RouterProvider } from "@tanstack/react-router";
import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeQueryClient } from "~/app/providers";
import { rootRoute } from "~/app/root";
import { startKeys } from "~/commands/keys";
import { openLayer } from "~/commands/layers";
import { ShortcutSheet } from "~/commands/ShortcutSheet";
import type { CauseView } from "~/ipc/gen/CauseView";
import type { ExportRow } from "~/ipc/gen/ExportRow";
import { useInvalidation } from "~/ipc/hooks";
import { axeFaults } from "~/test/axe";
import { fakeBackend, refuse } from "~/test/fakeBackend";
import { render } from "~/test/render";
import { ToastRegion, useToasts } from "~/ui/primitives";
import { reviewRoute } from "./routes";

let stop: () => void;
beforeEach(() => {
  stop = startKeys();
});
afterEach(() => {
  stop();
  openLayer(null);
  useToasts.setState({ shown: [] });
});

const cause = (id: string, more: Partial<CauseView> = {}): CauseView => ({
  id,
  connection_id: "c",
  system: "xero",
  class: "period_locked",
  params: {},
  documents: 3,
  amount: null,
  since: "2026-11-20T10:00:00Z",
  next_attempt_at: null,
  in_the_books: "no",
  mapping: null,
  given_to: null,
  ...more,
});

/** Each refused for a field of its own, so that they can be told apart. */
const field = (id: string) => cause(id, { class: "validation", params: { field: `F${id}` } });
const titleOf = (id: string) => `Xero refused the field F${id}`;

const record = (id: string): ExportRow => ({
  id,
  connection_id: "c",
  system: "xero",
  kind: "invoice",
  document_id: `d${id}`,
  page: { kind: "invoice", id: `d${id}` },
  label: `A-${id}`,
  student: "Ann Learner",
  amount: { amount: "790.00", currency: "NOK" },
  date: "2026-11-20",
  state: "attention",
  attempts: 1,
  next_attempt_at: null,
  external_number: null,
  url: null,
  changed_at: "2026-11-20T10:00:00Z",
  cause: "1",
});

const E0 = {
  kind: "tax_code",
  local_key: "E-0",
  label: "Exempt",
  code: "E-0",
  detail: "0 %",
  state: "missing",
  suggestion: {
    remote_code: "EXEMPT",
    remote_name: "Exempt income",
    because: "same_name",
    is_sure: true,
  },
};

const PEOPLE = [
  { id: "u1", name: "Kari", can_take: true },
  { id: "u2", name: "Per", can_take: true },
];

const MAPPING = { rows: [E0], accounts: [], tax_codes: [], tracking: [], fields: [] };

function Live() {
  useInvalidation(useQueryClient());
  return null;
}

type Answers = Parameters<typeof fakeBackend>[0];

/** The screen over some causes, each with the same three documents, until they are mended. */
async function review(causes: CauseView[], answers: Answers = {}) {
  const now = { causes, records: ["1", "2", "3"] };
  const backend = fakeBackend({
    export_causes: () => ({
      causes: now.causes,
      checking: [],
      waiting: [],
      sent_today: 4,
      last_sent_at: "2026-11-20T10:00:00Z",
      people: PEOPLE,
      me: "u1",
    }),
    connections: () => ({ systems: [{ key: "xero", name: "Xero" }], connections: [{ id: "c" }] }),
    cause_records: ({ id }: { id: string }) => {
      const found = now.causes.find((one) => one.id === id);
      if (!found) return refuse({ code: "not_found", message: "gone" });
      return { cause: found, rows: now.records.map(record), total: now.records.length };
    },
    mapping: () => MAPPING,
    retry_exports: () => ({ records: 3 }),
    settle_exports: ({ ids }: { ids: string[] }) => ({ records: ids.length }),
    save_mapping: () => ({ released: 3, view: MAPPING }),
    ...answers,
  });
  const router = createRouter({
    routeTree: rootRoute.addChildren([reviewRoute]),
    history: createMemoryHistory({ initialEntries: ["/review"] }),
    context: { client: makeQueryClient() },
  });
  const { user } = render(
    <>
      <Live />
      <RouterProvider router={router} />
      <ToastRegion />
      <ShortcutSheet />
    </>,
  );
  await screen.findByRole("navigation", { name: "Causes" });
  await screen.findAllByText("A-1");
  const tell = () => backend.emit("changed", { tags: ["exports"] });
  const goes = (id: string) => {
    now.causes = now.causes.filter((one) => one.id !== id);
    tell();
  };
  return {
    user,
    backend,
    /** What was asked of the backend under a name. */
    asked: (name: string) => backend.calls.filter((call) => call.name === name),
    goes,
    leaves: (id: string) => act(async () => goes(id)),
    recordsLeave: (...ids: string[]) =>
      act(async () => {
        now.records = now.records.filter((id) => !ids.includes(id));
        tell();
      }),
  };
}

const heading = (id: string) => screen.findByRole("heading", { level: 2, name: titleOf(id) });
const inList = (id: string) => screen.getByRole("button", { name: new RegExp(titleOf(id)) });

describe("when the open cause leaves the list", () => {
  it("the next one has the focus, and after the last one what says that none is left", async () => {
    const { user, asked, leaves } = await review(["1", "2", "3"].map(field));
    await user.keyboard("j");
    await heading("2");
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(asked("retry_exports").at(-1)?.request).toEqual({ cause_id: "2", record_ids: [] });
    await leaves("2");
    await heading("3");
    expect(document.activeElement).toBe(inList("3"));
    // The last one of the list: the one before it is what is left to do.
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(asked("retry_exports").at(-1)?.request).toMatchObject({ cause_id: "3" });
    await leaves("3");
    await heading("1");
    expect(document.activeElement).toBe(inList("1"));
    await leaves("1");
    const nothing = await screen.findByText("Nothing needs a person");
    expect(document.activeElement?.contains(nothing)).toBe(true);
    expect(document.activeElement).not.toBe(document.body);
    expect(await axeFaults()).toEqual([]);
  });

  /** By keys alone, from the button at the foot to the verb of its dialog. */
  async function skipAll(user: Awaited<ReturnType<typeof review>>["user"]) {
    screen.getByRole("button", { name: "Skip all 3 with reason…" }).focus();
    await user.keyboard("{Enter}");
    await screen.findByRole("alertdialog");
    await user.tab({ shift: true });
    await user.keyboard("Paid in cash");
    await user.tab();
    await user.tab();
    await user.keyboard("{Enter}");
  }

  it("the keys go on with the next one from its foot and its dialog too", async () => {
    const { user, asked, leaves } = await review(["1", "2"].map(field));
    await skipAll(user);
    await screen.findByText("3 records are skipped.");
    expect(asked("settle_exports").at(-1)?.request).toEqual({
      ids: ["1", "2", "3"],
      outcome: "skipped",
      external_reference: null,
      reason: "Paid in cash",
    });
    await leaves("1");
    await heading("2");
    await waitFor(() => expect(document.activeElement).toBe(inList("2")));
  });

  it("what was done is told though the list was told of it first, and the keys go on", async () => {
    const desk = await review(["1", "2"].map(field), {
      settle_exports: async () => {
        desk.goes("1");
        await heading("2");
        return { records: 3 };
      },
    });
    await skipAll(desk.user);
    await screen.findByText("3 records are skipped.");
    expect(screen.queryByRole("alertdialog")).toBeNull();
    expect(document.activeElement).toBe(inList("2"));
  });

  it("who is elsewhere stays there", async () => {
    const { leaves } = await review(["1", "2"].map(field));
    const link = screen.getByRole("link", { name: "Exports" });
    link.focus();
    await leaves("1");
    await heading("2");
    expect(document.activeElement).toBe(link);
  });
});

describe("the keys of the verbs", () => {
  it("stand in the help of the keyboard under the names of their buttons", async () => {
    await review([field("1")]);
    act(() => openLayer("shortcuts"));
    const sheet = await screen.findByRole("dialog");
    const keyOf = (name: string) =>
      within(sheet).getByText(name).nextElementSibling?.querySelector(".sr")?.textContent;
    expect(keyOf("Skip all 3 with reason…")).toBe("s");
    expect(keyOf("Mark all 3 as done elsewhere…")).toBe("d");
    expect(keyOf("Copy report")).toBe("y");
  });

  it("ask what a button would ask, and copy what it would copy", async () => {
    const report = { support_report: () => ({ text: "Kontor 1.0\nxero: validation" }) };
    const { user, asked } = await review([field("1")], report);
    await user.keyboard("y");
    expect(await screen.findByText(/^Copied for whoever helps/)).toBeDefined();
    expect(asked("support_report").at(-1)?.request).toEqual({ cause_id: "1", record_id: null });
    expect(await navigator.clipboard.readText()).toContain("xero: validation");
    await user.keyboard("s");
    await screen.findByRole("alertdialog", { name: "Skip 3 documents?" });
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    await user.keyboard("d");
    await screen.findByRole("dialog", { name: "Mark 3 documents as done elsewhere?" });
  });

  it("look up what may be there already, and never where that is known", async () => {
    const doubted = cause("1", { in_the_books: "unknown" });
    const { user, asked, leaves } = await review([doubted, field("2")]);
    await user.keyboard("l");
    await waitFor(() => expect(asked("retry_exports")).toHaveLength(1));
    await leaves("1");
    await heading("2");
    await user.keyboard("l");
    expect(asked("retry_exports")).toHaveLength(1);
  });

  it("do nothing where nothing may be settled", async () => {
    const { user } = await review([cause("1", { class: "sign_in" })]);
    await user.keyboard("sd");
    expect(screen.queryByRole("alertdialog")).toBeNull();
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});

describe("what was done elsewhere", () => {
  it("is marked for several documents at once, under one reference", async () => {
    const { user, asked } = await review([field("1")]);
    await user.keyboard("d");
    const dialog = await screen.findByRole("dialog", {
      name: "Mark 3 documents as done elsewhere?",
    });
    expect(within(dialog).getByText(/keeps the same reference with each/)).toBeDefined();
    expect(await axeFaults(dialog)).toEqual([]);
    await user.keyboard("Voucher 12");
    await user.tab();
    await user.keyboard("Booked together");
    await user.click(within(dialog).getByRole("button", { name: "Mark as done" }));
    await screen.findByText("3 records are marked as done elsewhere.");
    expect(asked("settle_exports").at(-1)?.request).toEqual({
      ids: ["1", "2", "3"],
      outcome: "done_elsewhere",
      external_reference: "Voucher 12",
      reason: "Booked together",
    });
  });

  it("is refused at the reference where that names one record there", async () => {
    const { user } = await review([field("1")], {
      settle_exports: () =>
        refuse({
          code: "invalid",
          rule: "one_record",
          field: "external_reference",
          message: "An id of theirs belongs to one record.",
        }),
    });
    await user.keyboard("d");
    await screen.findByRole("dialog");
    await user.keyboard("0f7ad2c1-4e3b-4c39-9a68-2d1f9b1f0c55");
    await user.tab();
    await user.keyboard("Booked{Tab}");
    await user.click(screen.getByRole("button", { name: "Mark as done" }));
    expect(await screen.findByText(/An id of theirs belongs to one record\. Mark/)).toBeDefined();
    expect(screen.getByRole("dialog")).toBeDefined();
  });

  it("is forgotten as marked: the next verb means what is left", async () => {
    const { user, asked, recordsLeave } = await review([field("1")]);
    screen.getByRole("grid").focus();
    await user.keyboard("x{ArrowDown}x");
    expect(screen.getByText("2 of 3 selected")).toBeDefined();
    await user.keyboard("d");
    await screen.findByRole("dialog", { name: "Mark 2 documents as done elsewhere?" });
    await user.keyboard("Voucher 12");
    await user.tab();
    await user.keyboard("Booked together");
    await user.click(screen.getByRole("button", { name: "Mark as done" }));
    await screen.findByText("2 records are marked as done elsewhere.");
    expect(asked("settle_exports").at(-1)?.request).toMatchObject({ ids: ["1", "2"] });
    await recordsLeave("1", "2");
    expect(await screen.findByText("The one document of this cause is meant")).toBeDefined();
    expect(screen.getByRole("button", { name: "Mark as done elsewhere…" })).toBeDefined();
  });
});

describe("a counterpart that was chosen", () => {
  const mapping = {
    kind: "tax_code",
    local_key: "E-0",
    label: "Exempt",
    remote_code: null,
    department_id: null,
  };
  const params = { kind: "tax_code", local_key: "E-0", label: "Exempt" };

  it("can be taken back by a key, also after its cause left the list, and once only", async () => {
    const missing = cause("1", { class: "mapping_missing", params, mapping });
    const { user, asked, leaves } = await review([missing, field("2")]);
    await screen.findByDisplayValue(/EXEMPT/);
    await user.keyboard("{Control>}{Enter}{/Control}");
    await screen.findByText("3 records are sent again.");
    await leaves("1");
    await heading("2");
    expect(screen.getByRole("button", { name: "Undo" })).toBeDefined();
    await user.keyboard("uu");
    expect(await screen.findByText(/^The mapping is as it was\./)).toBeDefined();
    const saved = asked("save_mapping").map(({ request }) => request);
    const of = { connection_id: "c", department_id: null };
    const what = { kind: "tax_code", local_key: "E-0" };
    expect(saved).toEqual([
      { ...of, changes: [{ ...what, remote_code: "EXEMPT", from_suggestion: true }] },
      { ...of, changes: [{ ...what, remote_code: null, from_suggestion: false }] },
    ]);
  });

  it("is not offered to be taken back where what stood before is gone there", async () => {
    const gone = cause("1", {
      class: "reference_gone",
      params: { ...params, reference: "tax_code", name: "OLD" },
      mapping: { ...mapping, remote_code: "OLD" },
    });
    const { user, asked } = await review([gone]);
    await screen.findByDisplayValue(/EXEMPT/);
    await user.keyboard("{Control>}{Enter}{/Control}");
    await screen.findByText("3 records are sent again.");
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
    await user.keyboard("u");
    expect(asked("save_mapping")).toHaveLength(1);
  });
});

describe("who sees to a cause", () => {
  it("is chosen by a key and stands in the list", async () => {
    const { user, asked } = await review([field("1")], { give_cause: () => ({}) });
    await user.keyboard("a");
    const menu = await screen.findByRole("menu", { name: "Give to…" });
    expect(await axeFaults(menu)).toEqual([]);
    await user.click(within(menu).getByRole("menuitem", { name: "Per" }));
    expect(asked("give_cause").at(-1)?.request).toEqual({ cause_id: "1", user_id: "u2" });
  });

  it("is named at its cause, and can be nobody again", async () => {
    const given = cause("1", { class: "period_locked", given_to: "u2" });
    const { user, asked } = await review([given], { give_cause: () => ({}) });
    expect(screen.getByRole("button", { name: /since .* · Per/ })).toBeDefined();
    await user.click(screen.getByRole("button", { name: /^Per/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Nobody in particular" }));
    expect(asked("give_cause").at(-1)?.request).toEqual({ cause_id: "1", user_id: null });
  });

  it("is not asked where one person works alone, nor of what goes on by itself", async () => {
    await review([cause("sign_in:c", { class: "sign_in" })]);
    expect(screen.queryByRole("button", { name: /Give to/ })).toBeNull();
  });
});

describe("a customer that was refused", () => {
  const person = {
    name: "Ann Learner",
    email: "ann@",
    phone: "",
    address: { line1: "", line2: "", postal_code: "", city: "", country: "NO" },
    reach_by: null,
  };
  const customer = (id: string): ExportRow => ({
    ...record(id),
    kind: "customer",
    page: { kind: "student", id: "s1" },
  });
  const refused = cause("1", {
    class: "validation",
    params: { field: "EmailAddress" },
    documents: 1,
  });
  const ofOne = {
    cause_records: () => ({ cause: refused, rows: [customer("1")], total: 1 }),
    find_student: () => ({ id: "s1", person }),
    change_student: () => ({ id: "s1", person }),
    retry_exports: () => ({ records: 1 }),
  };

  it("is mended where it is seen, and goes once more", async () => {
    const { user, asked } = await review([refused], ofOne);
    const email = await screen.findByRole("textbox", { name: "E-mail" });
    expect(screen.getByText("Xero refused this")).toBeDefined();
    const fields = screen.getByRole("group", { name: "What is known of Ann Learner" });
    expect(await axeFaults(fields)).toEqual([]);
    await user.clear(email);
    await user.type(email, "ann@example.no");
    expect(screen.queryByText("Xero refused this")).toBeNull();
    await user.keyboard("{Control>}{Enter}{/Control}");
    await screen.findByText("Ann Learner is saved and sent again.");
    expect(asked("change_student").at(-1)?.request).toEqual({
      id: "s1",
      person: { ...person, email: "ann@example.no" },
    });
    expect(asked("retry_exports").at(-1)?.request).toEqual({ cause_id: null, record_ids: ["1"] });
  });

  it("is not sent again where it could not be saved", async () => {
    const { user, asked } = await review([refused], {
      ...ofOne,
      change_student: () => refuse({ code: "invalid", field: "person.email", message: "no" }),
    });
    await user.type(await screen.findByRole("textbox", { name: "E-mail" }), "x");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(asked("change_student")).toHaveLength(1));
    expect(asked("retry_exports")).toHaveLength(0);
  });
});

import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { Trash2 } from "lucide-react";
import { type ReactElement, useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { Gallery } from "~/gallery/Gallery";
import { axeFaults } from "~/test/axe";
import { render } from "~/test/render";
import {
  Button,
  Checkbox,
  Chip,
  ComboBox,
  type ComboOption,
  ConfirmDialog,
  ErrorSummary,
  IconButton,
  Menu,
  NumberField,
  Peek,
  RadioGroup,
  Segmented,
  Select,
  Switch,
  Tabs,
  TextField,
  ToastRegion,
  toast,
} from "./index";

const noop = () => undefined;

/** Holds the value of a field as a form would, and shows it as text. */
function Held<T>({
  start,
  field,
}: {
  start: T;
  field: (v: T, set: (v: T) => void) => ReactElement;
}) {
  const [value, setValue] = useState(start);
  return (
    <>
      {field(value, setValue)}
      <output data-testid="held">{JSON.stringify(value)}</output>
    </>
  );
}
const held = () => JSON.parse(screen.getByTestId("held").textContent ?? "null");

const COLOURS = [
  { id: "a", name: "Alpha" },
  { id: "b", name: "Beta" },
  { id: "c", name: "Gamma" },
] as const;

/** A press by key reaches the same place as a press by mouse. */
const PRESSES: [string, (onPress: () => void) => ReactElement, string][] = [
  ["Button", (p) => <Button onPress={p}>Go</Button>, "{Enter}"],
  ["Button by Space", (p) => <Button onPress={p}>Go</Button>, " "],
  ["IconButton", (p) => <IconButton icon={Trash2} label="Go" onPress={p} />, "{Enter}"],
  ["Chip", (p) => <Chip name="Go" value="now" onPress={p} />, "{Enter}"],
  [
    "Checkbox",
    (p) => (
      <Checkbox isSelected={false} onChange={p}>
        Go
      </Checkbox>
    ),
    " ",
  ],
  [
    "Switch",
    (p) => (
      <Switch isSelected={false} onChange={p}>
        Go
      </Switch>
    ),
    " ",
  ],
];

describe.each(PRESSES)("%s", (_name, make, key) => {
  it("is reached by Tab and pressed by key", async () => {
    const pressed = vi.fn();
    const { user } = render(make(pressed));
    await user.tab();
    await user.keyboard(key);
    expect(pressed).toHaveBeenCalledOnce();
  });
});

describe("Button", () => {
  it("refuses a second press while it is busy", async () => {
    const pressed = vi.fn();
    const { user } = render(
      <Button isBusy onPress={pressed}>
        Issue
      </Button>,
    );
    await user.click(screen.getByRole("button", { name: /Issue/ }));
    expect(pressed).not.toHaveBeenCalled();
  });
  it("stays in the tab order and tells why it cannot be pressed", async () => {
    const pressed = vi.fn();
    const { user } = render(
      <Button disabledReason="Owner only" onPress={pressed}>
        Write off
      </Button>,
    );
    await user.tab();
    await user.keyboard("{Enter}");
    const button = screen.getByRole("button", { name: "Write off", description: /Owner only/ });
    expect(document.activeElement).toBe(button);
    expect(pressed).not.toHaveBeenCalled();
  });
});

describe("choices by arrow keys", () => {
  it("RadioGroup", async () => {
    const { user } = render(
      <Held<"a" | "b" | "c">
        start="a"
        field={(v, set) => <RadioGroup label="L" options={COLOURS} value={v} onChange={set} />}
      />,
    );
    await user.tab();
    await user.keyboard("{ArrowDown}");
    expect(held()).toBe("b");
  });
  it("Tabs", async () => {
    const { user } = render(
      <Held<"a" | "b" | "c">
        start="a"
        field={(v, set) => (
          <Tabs label="L" tabs={COLOURS} value={v} onChange={set}>
            x
          </Tabs>
        )}
      />,
    );
    await user.tab();
    await user.keyboard("{ArrowRight}{ArrowRight}");
    expect(held()).toBe("c");
  });
  it("Segmented", async () => {
    const { user } = render(
      <Held<"a" | "b" | "c">
        start="a"
        field={(v, set) => <Segmented label="L" options={COLOURS} value={v} onChange={set} />}
      />,
    );
    await user.tab();
    await user.keyboard("{ArrowRight}{Enter}");
    expect(held()).toBe("b");
  });
  it("Select", async () => {
    const { user } = render(
      <Held<"a" | "b" | "c" | null>
        start="a"
        field={(v, set) => <Select label="L" options={COLOURS} value={v} onChange={set} />}
      />,
    );
    await user.tab();
    await user.keyboard("{Enter}{ArrowDown}{Enter}");
    expect(held()).toBe("b");
  });
  it("Menu does what was chosen and gives the focus back", async () => {
    const chosen = vi.fn();
    const { user } = render(
      <Menu
        label="More"
        trigger={<Button>More</Button>}
        groups={[
          {
            id: "g",
            actions: [
              { id: "a", label: "Alpha", disabledReason: "closed" },
              { id: "b", label: "Beta", onAction: chosen },
            ],
          },
        ]}
      />,
    );
    await user.tab();
    await user.keyboard("{ArrowDown}{Enter}");
    expect(chosen).toHaveBeenCalledOnce();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button")));
  });
});

describe("ComboBox", () => {
  const load = vi.fn(
    async (query: string): Promise<ComboOption[]> =>
      COLOURS.filter((o) => o.name.toLowerCase().includes(query.toLowerCase())).map((o) => ({
        ...o,
      })),
  );
  const box = (
    <Held<ComboOption | null>
      start={null}
      field={(v, set) => <ComboBox label="Service" value={v} onChange={set} load={load} />}
    />
  );
  it("asks for what was typed and takes the choice by Enter", async () => {
    const { user } = render(box);
    await user.tab();
    await user.keyboard("gam");
    await screen.findByRole("option", { name: "Gamma" });
    await user.keyboard("{ArrowDown}{Enter}");
    expect(held()).toMatchObject({ id: "c" });
    expect(screen.getByRole("combobox")).toHaveProperty("value", "Gamma");
  });
  it("gives up the choice when it is emptied, and never keeps words that are no choice", async () => {
    const { user } = render(box);
    await user.tab();
    await user.keyboard("be");
    await screen.findByRole("option", { name: "Beta" });
    await user.keyboard("{ArrowDown}{Enter}");
    await user.clear(screen.getByRole("combobox"));
    expect(held()).toBeNull();
    await user.keyboard("zzz");
    await user.tab();
    await waitFor(() => expect(screen.getByRole("combobox")).toHaveProperty("value", ""));
  });
});

describe("ComboBox that is still searching", () => {
  /** A search that answers when it is told to. */
  function slowBox(options: ComboOption[]) {
    let answer: () => void = noop;
    const slow = () =>
      new Promise<ComboOption[]>((done) => {
        answer = () => done(options);
      });
    const asked = vi.fn(slow);
    const { user } = render(
      <Held<ComboOption | null>
        start={null}
        field={(v, set) => <ComboBox label="Service" value={v} onChange={set} load={asked} />}
      />,
    );
    return { user, asked, answer: () => act(async () => answer()) };
  }
  const gamma = [{ id: "c", name: "Gamma" }];
  it("Enter during the search takes the first match when the answer comes", async () => {
    const { user, asked, answer } = slowBox(gamma);
    await user.tab();
    await user.keyboard("gam{Enter}");
    expect(screen.getByRole("combobox").getAttribute("aria-expanded")).toBe("true");
    await waitFor(() => expect(asked).toHaveBeenLastCalledWith("gam", expect.anything()));
    await answer();
    await waitFor(() => expect(held()).toMatchObject({ id: "c" }));
    expect(screen.getByRole("combobox")).toHaveProperty("value", "Gamma");
    expect(screen.queryByRole("listbox")).toBeNull();
  });
  it("Enter and then Tab during the search still takes the first match", async () => {
    const { user, asked, answer } = slowBox(gamma);
    await user.tab();
    await user.keyboard("gam{Enter}");
    await user.tab();
    await waitFor(() => expect(asked).toHaveBeenLastCalledWith("gam", expect.anything()));
    await answer();
    await waitFor(() => expect(held()).toMatchObject({ id: "c" }));
  });
  it("Escape gives the waiting up, and no match chooses nothing", async () => {
    const { user, asked, answer } = slowBox(gamma);
    await user.tab();
    await user.keyboard("gam{Enter}");
    await waitFor(() => expect(asked).toHaveBeenLastCalledWith("gam", expect.anything()));
    await user.keyboard("{Escape}");
    await answer();
    expect(held()).toBeNull();
    cleanup();
    const none = slowBox([]);
    await none.user.tab();
    await none.user.keyboard("zzz{Enter}");
    await waitFor(() => expect(none.asked).toHaveBeenLastCalledWith("zzz", expect.anything()));
    await none.answer();
    expect(held()).toBeNull();
    expect(screen.getByText("Nothing matches")).toBeTruthy();
  });
});

describe("fields", () => {
  it("NumberField keeps a decimal string and refuses words", async () => {
    const { user } = render(
      <Held<string | null>
        start={null}
        field={(v, set) => <NumberField label="Q" decimals={2} value={v} onChange={set} />}
      />,
    );
    await user.tab();
    await user.keyboard("1,50");
    expect(held()).toBe("1.5");
    await user.keyboard("x");
    expect(held()).toBeNull();
    expect(screen.getByRole("textbox").getAttribute("aria-invalid")).toBe("true");
  });
  it("the error is read with the field and the summary leads to it", async () => {
    const { user } = render(
      <>
        <ErrorSummary problems={[{ name: "name", text: "Give a name" }]} />
        <TextField label="Name" name="name" value="" onChange={noop} error="Give a name" />
      </>,
    );
    expect(document.activeElement).toBe(screen.getByRole("alert"));
    const field = screen.getByRole("textbox", { name: "Name", description: "Give a name" });
    await user.click(screen.getByRole("button", { name: "Give a name" }));
    expect(document.activeElement).toBe(field);
  });
});

describe("layers", () => {
  it("a decision begins on the safe verb and Escape stays safe", async () => {
    const close = vi.fn();
    const confirm = vi.fn();
    const { user } = render(
      <ConfirmDialog
        isOpen
        onClose={close}
        title="Void A-1?"
        safeLabel="Keep A-1"
        verbLabel="Void A-1"
        onConfirm={confirm}
      >
        Emma, 420,00
      </ConfirmDialog>,
    );
    const safe = screen.getByRole("button", { name: "Keep A-1" });
    await waitFor(() => expect(document.activeElement).toBe(safe));
    await user.keyboard("{Escape}");
    expect(close).toHaveBeenCalledOnce();
    expect(confirm).not.toHaveBeenCalled();
  });
  it("Escape closes the panel beside the list", async () => {
    const close = vi.fn();
    const { user } = render(
      <Peek title="A-1" onClose={close}>
        x
      </Peek>,
    );
    await user.keyboard("{Escape}");
    expect(close).toHaveBeenCalledOnce();
  });
  it("a toast is announced, does its verb and leaves", async () => {
    const undo = vi.fn();
    const { user } = render(<ToastRegion />);
    toast({ text: "Draft deleted", tone: "undo", action: { label: "Undo", onPress: undo } });
    const text = await screen.findByText("Draft deleted");
    expect(text.closest("[aria-live]")?.getAttribute("aria-live")).toBe("polite");
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(undo).toHaveBeenCalledOnce();
    expect(screen.queryByText("Draft deleted")).toBeNull();
  });
});

describe.each(["light", "dark"])("in the %s theme", (theme) => {
  it("axe finds no fault in any primitive", async () => {
    document.documentElement.dataset.theme = theme;
    const { container } = render(<Gallery />);
    await waitFor(() =>
      expect(within(container).getAllByText("Sofie Myhre").length).toBeGreaterThan(0),
    );
    expect(await axeFaults(container)).toEqual([]);
    fireEvent.click(within(container).getByRole("button", { name: "Dialog" }));
    expect(await axeFaults(await screen.findByRole("alertdialog"))).toEqual([]);
  });
});

import { fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { render } from "~/test/render";
import { usePreferences } from "~/ui/preferences";
import { Button, TextField } from "~/ui/primitives";
import { startKeys } from "./keys";
import { openLayer } from "./layers";
import { Palette, titleMatches } from "./Palette";
import { availableCommands, type Command, useRegistry } from "./registry";
import { ShortcutSheet } from "./ShortcutSheet";

const command = (id: string, keys: string, run = vi.fn()) =>
  ({ id, title: () => `Do ${id}`, group: "do", keys, run }) satisfies Command;

let stop: () => void;
beforeEach(() => {
  stop = startKeys();
});
afterEach(() => {
  stop();
  openLayer(null);
  useRegistry.setState({ layers: [] });
  usePreferences.setState({ letterKeys: true });
});
const register = (...commands: Command[]) => useRegistry.getState().add(commands);

describe("keys", () => {
  it("run single letters, sequences and chords", async () => {
    const [c, gi, save] = [command("c", "c"), command("gi", "g i"), command("s", "mod+s")];
    register(c, gi, save);
    const { user } = render(<div />);
    await user.keyboard("c");
    await user.keyboard("gi");
    await user.keyboard("{Control>}s{/Control}");
    for (const { run } of [c, gi, save]) expect(run).toHaveBeenCalledOnce();
  });
  it("rest while somebody types, except those with Ctrl", async () => {
    const [c, save] = [command("c", "c"), command("s", "mod+s")];
    register(c, save);
    const { user } = render(<TextField label="N" value="" onChange={() => undefined} />);
    await user.tab();
    await user.keyboard("c{Control>}s{/Control}");
    expect(c.run).not.toHaveBeenCalled();
    expect(save.run).toHaveBeenCalledOnce();
  });
  it("with Ctrl are the screen's also where a button has the focus", async () => {
    const decide = command("d", "mod+enter");
    register(decide);
    const press = vi.fn();
    const { user } = render(<Button onPress={press}>Read</Button>);
    await user.tab();
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(decide.run).toHaveBeenCalledOnce();
    expect(press).not.toHaveBeenCalled();
    await user.keyboard("{Enter}");
    expect(press).toHaveBeenCalledOnce();
  });
  it("of one letter can be turned off", async () => {
    const c = command("c", "c");
    register(c);
    usePreferences.setState({ letterKeys: false });
    const { user } = render(<div />);
    await user.keyboard("c");
    expect(c.run).not.toHaveBeenCalled();
  });
  it("that write a sign with AltGr are text", () => {
    const at = command("at", "2");
    register(at);
    fireEvent.keyDown(window, { key: "2", modifierAltGraph: true });
    expect(at.run).not.toHaveBeenCalled();
  });
  it("belong to the newest layer until it goes", () => {
    const old = command("a", "c");
    register(old);
    const leave = register(command("b", "c"));
    const holder = () =>
      availableCommands(useRegistry.getState().layers).find((x) => x.keys === "c");
    expect(holder()?.id).toBe("b");
    leave();
    expect(holder()?.id).toBe("a");
  });
});

describe("the palette", () => {
  const found = vi.fn();
  const sources = [
    {
      id: "people",
      title: () => "People",
      search: async (q: string) => [{ id: "1", label: `Emma ${q}`, end: "13 450,00", run: found }],
    },
  ];
  it("finds by any part of the title and runs by Enter", async () => {
    const pay = command("pay", "r");
    register(pay, command("void", "v"));
    const { user } = render(<Palette sources={sources} />);
    openLayer("palette");
    await screen.findByRole("dialog");
    await user.keyboard("pay{ArrowDown}{Enter}");
    await waitFor(() => expect(pay.run).toHaveBeenCalledOnce());
    expect(screen.queryByRole("dialog")).toBeNull();
  });
  it("asks its sources and closes by Escape", async () => {
    const { user } = render(<Palette sources={sources} />);
    openLayer("palette");
    await screen.findByRole("dialog");
    await user.keyboard("haug");
    expect(await screen.findByText("13 450,00")).toBeTruthy();
    await user.keyboard("{Escape}{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });
  it("takes the words in any order", () => {
    expect(titleMatches("Record payment", "pay rec")).toBe(true);
    expect(titleMatches("Record payment", "pay x")).toBe(false);
  });
});

it("the shortcut sheet lists what the registry holds", async () => {
  register(command("pay", "mod+enter"));
  render(<ShortcutSheet />);
  openLayer("shortcuts");
  expect(await screen.findByText("Do pay")).toBeTruthy();
});

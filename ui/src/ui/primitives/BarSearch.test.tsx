import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { render } from "~/test/render";
import { BarSearch } from "./BarSearch";

beforeEach(() => vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => vi.useRealTimers());

function search(value = "") {
  const asked: string[] = [];
  const field = (shown: string) => (
    <BarSearch label="Name" value={shown} onChange={(text) => asked.push(text)} />
  );
  const { rerender } = render(field(value));
  const box = () => screen.getByRole<HTMLInputElement>("searchbox");
  return {
    asked,
    box,
    type: (text: string) => fireEvent.change(box(), { target: { value: text } }),
    pause: () => act(async () => void vi.advanceTimersByTime(200)),
    shows: (shown: string) => rerender(field(shown)),
  };
}

it("is asked once somebody pauses, not for every letter", async () => {
  const { asked, box, type, pause } = search();
  type("N");
  type("NA");
  type("NAV");
  expect(box().value).toBe("NAV");
  expect(asked).toEqual([]);
  await pause();
  expect(asked).toEqual(["NAV"]);
});

it("what is typed while the list is on its way stays typed", async () => {
  const { asked, box, type, pause, shows } = search();
  type("N");
  await pause();
  type("NAV");
  shows("N");
  expect(box().value).toBe("NAV");
  await pause();
  expect(asked).toEqual(["N", "NAV"]);
});

it("follows a list that is narrowed from elsewhere, and does not ask for that again", async () => {
  const { asked, box, type, pause, shows } = search();
  type("NAV");
  await pause();
  shows("NAV");
  shows("");
  expect(box().value).toBe("");
  shows("Kari");
  expect(box().value).toBe("Kari");
  await pause();
  expect(asked).toEqual(["NAV"]);
});

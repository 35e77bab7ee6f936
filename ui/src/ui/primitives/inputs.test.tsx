import { screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { render } from "~/test/render";
import { DateField, MoneyField } from "./index";

function Money({ start = null, currency = "NOK" }: { start?: string | null; currency?: string }) {
  const [value, setValue] = useState<string | null>(start);
  return (
    <>
      <MoneyField label="Amount" currency={currency} value={value} onChange={setValue} />
      <output>{String(value)}</output>
      <button type="button" onClick={() => setValue("99.00")}>
        set
      </button>
    </>
  );
}

function Due({ min }: { min?: string }) {
  const [value, setValue] = useState<string | null>("2026-12-04");
  return (
    <>
      <DateField label="Due" today="2026-11-21" value={value} onChange={setValue} min={min} />
      <output>{String(value)}</output>
    </>
  );
}

const field = () => screen.getByRole<HTMLInputElement>("textbox");
const out = () => screen.getByRole("status").textContent;

describe("MoneyField", () => {
  it.each([
    ["1234,5", "1234.50", "1\u00a0234,50"],
    ["1 234.50", "1234.50", "1\u00a0234,50"],
    ["kr 99", "99.00", "99,00"],
  ])("takes %s, gives %s and shows %s when left", async (typed, amount, shown) => {
    const { user } = render(<Money />);
    await user.tab();
    await user.keyboard(typed);
    expect(out()).toBe(amount);
    await user.tab();
    expect(field().value).toBe(shown);
  });
  it("says at once that there are too many decimals, and gives nothing", async () => {
    const { user } = render(<Money start="450.00" />);
    await user.tab();
    await user.keyboard("450,005");
    expect(out()).toBe("null");
    expect(screen.getByText("Two decimals at most")).toBeTruthy();
  });
  it("says why it could not read a price before that it is missing", async () => {
    const { user } = render(
      <MoneyField
        label="Price"
        currency="NOK"
        decimals={4}
        value={null}
        onChange={() => undefined}
        error="Write the price"
      />,
    );
    expect(screen.getByText("Write the price")).toBeTruthy();
    await user.tab();
    await user.keyboard("0,1234");
    expect(screen.getByText("Write the price")).toBeTruthy();
    await user.keyboard("5");
    expect(screen.getByText("At most 4 decimals")).toBeTruthy();
  });
  it("waits with the error for half an amount until the field is left", async () => {
    const { user } = render(<Money />);
    await user.tab();
    await user.keyboard("abc");
    expect(field().getAttribute("aria-invalid")).toBeNull();
    await user.tab();
    expect(field().getAttribute("aria-invalid")).toBe("true");
    expect(field().value).toBe("abc");
  });
  it("shows an amount that is set from outside", async () => {
    const { user } = render(<Money start="1.00" />);
    await user.click(screen.getByRole("button", { name: "set" }));
    expect(field().value).toBe("99,00");
  });
  it("has no decimals in yen", async () => {
    const { user } = render(<Money currency="JPY" />);
    await user.tab();
    await user.keyboard("15,5");
    expect(screen.getByText("No decimals in JPY")).toBeTruthy();
  });
});

describe("DateField", () => {
  it.each([
    ["t", "2026-11-21", "21\u00a0Nov\u00a02026"],
    ["+14", "2026-12-05", "5\u00a0Dec\u00a02026"],
    ["-3", "2026-11-18", "18\u00a0Nov\u00a02026"],
    ["15", "2026-11-15", "15\u00a0Nov\u00a02026"],
    ["15-2", "2026-02-15", "15\u00a0Feb\u00a02026"],
  ])("takes %s as %s and writes it out when left", async (typed, date, shown) => {
    const { user } = render(<Due />);
    await user.tab();
    await user.keyboard(typed);
    expect(out()).toBe(date);
    await user.tab();
    expect(field().value).toBe(shown);
  });
  it("steps by a day with the arrows", async () => {
    const { user } = render(<Due />);
    await user.tab();
    await user.keyboard("{ArrowUp}{ArrowUp}{ArrowDown}");
    expect(out()).toBe("2026-12-05");
  });
  it("says what it does not understand when it is left", async () => {
    const { user } = render(<Due />);
    await user.tab();
    await user.keyboard("soon");
    expect(out()).toBe("null");
    await user.tab();
    expect(field().getAttribute("aria-invalid")).toBe("true");
  });
  it("names the first day that is allowed", async () => {
    render(<Due min="2026-12-10" />);
    expect(screen.getByText("Not before 10 Dec 2026")).toBeTruthy();
  });
  it("is picked in the calendar by key", async () => {
    const { user } = render(<Due />);
    await user.tab();
    await user.tab();
    await user.keyboard("{Enter}");
    await screen.findByRole("dialog");
    await user.keyboard("{ArrowRight}{Enter}");
    expect(out()).toBe("2026-12-05");
  });
});

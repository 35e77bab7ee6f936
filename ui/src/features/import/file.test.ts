import { describe, expect, it } from "vitest";
import { isSpreadsheet, MAX_BYTES, readFile } from "./file";

const file = (bytes: Uint8Array<ArrayBuffer> | string, name = "elever.csv") =>
  new File([bytes], name);

describe("a chosen file", () => {
  it("is sent as it is, byte for byte", async () => {
    const read = await readFile(file("Navn;Nr\nÅse;1\n"));
    const bytes = new TextEncoder().encode("Navn;Nr\nÅse;1\n");
    expect(read).toEqual({
      ok: true,
      name: "elever.csv",
      content: btoa(String.fromCharCode(...bytes)),
    });
  });
  it("is refused when there is nothing in it", async () => {
    expect(await readFile(file(""))).toMatchObject({ ok: false, trouble: "empty" });
  });
  it("is refused unread when it is too large", async () => {
    const large = file("x");
    Object.defineProperty(large, "size", { value: MAX_BYTES + 1 });
    expect(await readFile(large)).toMatchObject({ ok: false, trouble: "too_large" });
  });
  it("is known as a spreadsheet by how it begins, whatever its name", async () => {
    const xlsx = file(new Uint8Array([0x50, 0x4b, 0x03, 0x04, 1, 2]), "elever.csv");
    expect(await readFile(xlsx)).toMatchObject({ ok: false, trouble: "spreadsheet" });
    expect(isSpreadsheet(new Uint8Array([0x4e, 0x61, 0x76, 0x6e]))).toBe(false);
  });
});

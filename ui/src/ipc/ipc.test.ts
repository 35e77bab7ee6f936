import { readFileSync } from "node:fs";
import { join } from "node:path";
import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { i18n } from "~/i18n";
import { faultOf, faultText, RpcError } from "./errors";
import { invalidateTags } from "./hooks";
import { parseEventBlock } from "./transport-http";

it("every code of the backend has a sentence", () => {
  const source = readFileSync(join(import.meta.dirname, "gen/Code.ts"), "utf8");
  const codes = [...source.matchAll(/"(\w+)"/g)].map((m) => m[1]);
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.filter((code) => !i18n.exists(`errors:${code}`))).toEqual([]);
});

it("a fault speaks by its rule, then by its code, then in its own words", () => {
  i18n.addResource("en", "errors", "cannot_pay.too_much", "More than {{open}} is open.", {
    keySeparator: "",
  });
  const fault = { code: "cannot_pay", message: "own words", params: { open: "5,00" } };
  expect(faultText({ ...fault, rule: "too_much" })).toBe("More than 5,00 is open.");
  expect(faultText({ ...fault, rule: "unheard_of" })).toBe(i18n.t("errors:cannot_pay"));
  expect(faultText({ ...fault, code: "unheard_of" })).toBe("own words");
});

it("whatever is thrown becomes a fault", () => {
  const fault = { code: "invalid", message: "no" };
  expect(faultOf(new RpcError(fault))).toBe(fault);
  expect(faultOf(fault)).toBe(fault);
  expect(faultOf(new Error("x"))).toEqual({ code: "unexpected", message: "x" });
});

it("a change makes only the queries of its tags stale", async () => {
  const client = new QueryClient();
  client.setQueryData(["list_invoices", {}], 1);
  client.setQueryData(["list_services", {}], 1);
  client.setQueryData(["find_invoice", {}], 1);
  await invalidateTags(client, ["invoices"]);
  const isStale = (key: unknown[]) => client.getQueryState(key)?.isInvalidated;
  expect(isStale(["list_invoices", {}])).toBe(true);
  expect(isStale(["list_services", {}])).toBe(false);
  expect(isStale(["find_invoice", {}])).toBe(true);
});

it("where everything is another, every answer is stale", async () => {
  const client = new QueryClient();
  client.setQueryData(["list_services", {}], 1);
  await invalidateTags(client, ["everything"]);
  expect(client.getQueryState(["list_services", {}])?.isInvalidated).toBe(true);
});

it("an answer is stale by any of the tags that the backend says it follows", async () => {
  const client = new QueryClient();
  const key = ["find_run", {}];
  client.setQueryData(key, 1);
  await invalidateTags(client, ["services"]);
  expect(client.getQueryState(key)?.isInvalidated).toBe(false);
  await invalidateTags(client, ["mails"]);
  expect(client.getQueryState(key)?.isInvalidated).toBe(true);
});

it("an event block is read over several data lines", () => {
  expect(parseEventBlock('event: changed\ndata: {"tags":\ndata: ["a"]}')).toEqual({
    event: "changed",
    data: '{"tags":\n["a"]}',
  });
});

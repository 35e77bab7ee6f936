import { QueryClient } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";
import type { DeskStatus } from "~/ipc/gen/DeskStatus";
import { rpcQuery } from "~/ipc/hooks";
import { awaitFirst } from "./awaitFirst";

function clientWith(session: object | null): QueryClient {
  const client = new QueryClient();
  const { queryKey } = rpcQuery("desk_status", {});
  client.setQueryData<DeskStatus>(queryKey, { session } as DeskStatus);
  return client;
}

it("a screen waits for its first rows when they come soon", async () => {
  let isThere = false;
  const ask = async () => {
    await Promise.resolve();
    isThere = true;
  };
  await awaitFirst(clientWith({}), ask, ask);
  expect(isThere).toBe(true);
});

it("a screen does not wait for what is slow, nor for what went wrong", async () => {
  vi.useFakeTimers();
  try {
    const slow = () => new Promise<void>(() => undefined);
    const broken = () => Promise.reject(new Error("the book cannot be read"));
    const opened = vi.fn();
    const waiting = awaitFirst(clientWith({}), slow, broken).then(opened);
    await vi.advanceTimersByTimeAsync(10);
    expect(opened).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(100);
    await waiting;
    expect(opened).toHaveBeenCalledOnce();
  } finally {
    vi.useRealTimers();
  }
});

it("before somebody has signed in nothing is asked", async () => {
  const ask = vi.fn(async () => undefined);
  await awaitFirst(clientWith(null), ask);
  await awaitFirst(new QueryClient(), ask);
  expect(ask).not.toHaveBeenCalled();
});

/*
 * Long work as the backend tells of it, wherever the person is meanwhile. It is not stopped by going
 * elsewhere, so it must be seen from everywhere.
 */
import { create } from "zustand";
import type { BackendEvents } from "~/ipc/transport";

type Told = BackendEvents["progress"];

/** Where a kind of work is watched. Sending to accounting systems has a place of its own. */
export const PLACES = {
  run: "/charges/run",
  import: "/import",
  taking_back: "/import",
  issue: "/invoices",
  paper: "/invoices",
  list_csv: "/invoices",
  export_csv: "/exports",
  audit: "/audit",
  verify: "/settings?tab=book",
  day: "/invoices/recurring",
  extend_packages: "/packages",
} as const;

export type Job = keyof typeof PLACES;

export interface Work {
  job: Job;
  done: number;
  total: number;
  /** When it was first heard of, by the window's own clock. */
  since_ms: number;
}

const isKnown = (job: string): job is Job => job in PLACES;

/** What is under way, after the backend told something of it. */
export function afterTold(all: readonly Work[], told: Told, now_ms: number): readonly Work[] {
  const { job, done, total, state } = told;
  if (!isKnown(job)) return all;
  const rest = all.filter((work) => work.job !== job);
  if (state !== "running") return rest;
  const since_ms = all.find((work) => work.job === job)?.since_ms ?? now_ms;
  return [...rest, { job, done, total, since_ms }];
}

export const useWork = create<{ all: readonly Work[] }>(() => ({ all: [] }));

import { create } from "zustand";
import type { SignInStarted } from "~/ipc/gen/SignInStarted";

/** A sign-in that waits for the browser. */
export interface RunningSignIn {
  systemName: string;
  /** Set when a connection signs in again. */
  connectionId: string | null;
  started: SignInStarted;
  /** When the answer came, by `performance.now()`: the calendar of the desk may be another. */
  begun_ms: number;
}

/** Outside of the screen, so that a person may leave it while the browser is open. */
export const useSignIn = create<{ running: RunningSignIn | null }>(() => ({ running: null }));

export const setSignIn = (running: RunningSignIn | null) => useSignIn.setState({ running });

/** What is left of a sign-in; never below nothing. */
export const leftMs = ({ started, begun_ms }: RunningSignIn, now_ms: number): number =>
  Math.max(0, begun_ms + started.lasts_s * 1000 - now_ms);

/** `7:12`; `0:00` when it is over. */
export function countdown(left_ms: number): string {
  const left_s = Math.floor(left_ms / 1000);
  return `${Math.floor(left_s / 60)}:${String(left_s % 60).padStart(2, "0")}`;
}

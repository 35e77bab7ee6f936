import { create } from "zustand";
import type { SignInStarted } from "~/ipc/gen/SignInStarted";

/** A sign-in that waits for the browser. */
export interface RunningSignIn {
  systemName: string;
  /** Set when a connection signs in again. */
  connectionId: string | null;
  started: SignInStarted;
}

/** Outside of the screen, so that a person may leave it while the browser is open. */
export const useSignIn = create<{ running: RunningSignIn | null }>(() => ({ running: null }));

export const setSignIn = (running: RunningSignIn | null) => useSignIn.setState({ running });

/** `7:12` until a moment; `0:00` when it is over. */
export function countdown(until: string, now_ms: number): string {
  const left_s = Math.max(0, Math.floor((Date.parse(until) - now_ms) / 1000));
  return `${Math.floor(left_s / 60)}:${String(left_s % 60).padStart(2, "0")}`;
}

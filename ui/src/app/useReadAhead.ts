import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { NAV } from "./nav";

/** The window is first left in peace, and between screens: nobody waits for these. */
const AHEAD_AFTER_MS = 2_000;
const AHEAD_BETWEEN_MS = 150;

const pause = (wait_ms: number) => new Promise((done) => setTimeout(done, wait_ms));

/**
 * Reads the screens of the navigation, and what their loaders ask for, before anybody opens them, one
 * after another: the first question to a list finds the book cold, and takes several times as long.
 */
export function useReadAhead(): void {
  const router = useRouter();
  useEffect(() => {
    let isHere = true;
    const readAhead = async () => {
      await pause(AHEAD_AFTER_MS);
      for (const { path } of NAV) {
        if (!isHere) return;
        await router.preloadRoute({ to: path });
        await pause(AHEAD_BETWEEN_MS);
      }
    };
    void readAhead();
    return () => {
      isHere = false;
    };
  }, [router]);
}

import { useEffect, useRef } from "react";
import { useLockSession } from "./api";

const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;
/** Often enough to lock soon after the time, also when the machine has slept. */
const LOOK_EVERY_MS = 5000;

/** Locks the window when nobody has touched it for so many minutes; 0 never does. */
export function useIdleLock(minutes: number): void {
  const lock = useLockSession();
  const latest = useRef(lock.run);
  latest.current = lock.run;
  useEffect(() => {
    if (minutes === 0) return;
    let touched = Date.now();
    const touch = () => {
      touched = Date.now();
    };
    // By the time of day and not by a timer's own count: a machine that sleeps counts nothing.
    const look = () => {
      if (Date.now() - touched >= minutes * 60_000) latest.current();
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    for (const sign of SIGNS) window.addEventListener(sign, touch, { passive: true });
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS) window.removeEventListener(sign, touch);
    };
  }, [minutes]);
}

import { useEffect, useState } from "react";

/** True once something has been so for a while. */
export function useAfter(wait_ms: number, isSo: boolean): boolean {
  const [isAfter, setAfter] = useState(false);
  useEffect(() => {
    if (!isSo) return;
    const wait = setTimeout(() => setAfter(true), wait_ms);
    return () => {
      clearTimeout(wait);
      setAfter(false);
    };
  }, [wait_ms, isSo]);
  return isSo && isAfter;
}

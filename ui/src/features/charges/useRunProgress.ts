import { useCallback, useState } from "react";
import { useProgress } from "~/ipc/hooks";

export interface Done {
  done: number;
  total: number;
}

/** How far the run that is under way has come; null while none tells of itself. */
export function useRunProgress(): Done | null {
  const [progress, setProgress] = useState<Done | null>(null);
  useProgress(
    useCallback((told) => {
      if (told.job !== "run") return;
      setProgress(told.state === "running" ? { done: told.done, total: told.total } : null);
    }, []),
  );
  return progress;
}

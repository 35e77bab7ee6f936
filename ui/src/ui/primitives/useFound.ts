import { useEffect, useRef, useState } from "react";

/** Long enough to skip the letters of a fast typist, short enough not to be felt. */
const TYPING_PAUSE_MS = 120;

export interface Found<O> {
  /** What it is the answer to. */
  query: string;
  state: "loading" | "ready" | "failed";
  /** While loading: what was found before, so that the list does not blink. */
  options: readonly O[];
}

/** Asks for what is typed when the typing rests; an answer to an older question is dropped. */
export function useFound<O>(
  query: string,
  isWanted: boolean,
  load: (query: string, signal: AbortSignal) => Promise<readonly O[]>,
): Found<O> {
  const [found, setFound] = useState<Found<O>>({ query, state: "loading", options: [] });
  const latestLoad = useRef(load);
  latestLoad.current = load;
  useEffect(() => {
    if (!isWanted) return;
    const abort = new AbortController();
    const tell = (state: Found<O>["state"], options: readonly O[]) => {
      if (!abort.signal.aborted) setFound({ query, state, options });
    };
    setFound(({ options }) => ({ query, state: "loading", options }));
    const pause = setTimeout(() => {
      latestLoad.current(query, abort.signal).then(
        (options) => tell("ready", options),
        () => tell("failed", []),
      );
    }, TYPING_PAUSE_MS);
    return () => {
      clearTimeout(pause);
      abort.abort();
    };
  }, [query, isWanted]);
  // Another question stands until its own answer is there.
  return found.query === query ? found : { ...found, state: "loading" };
}

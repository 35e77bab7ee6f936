import { useEffect, useRef } from "react";
import { faultOf, faultText } from "~/ipc/errors";
import type { MappingView } from "~/ipc/gen/MappingView";
import { toast } from "~/ui/primitives";
import { useRefresh } from "./api";

/** A connection whose accounts were never read has nothing to choose from: they are read at once. */
export function useFirstRead(view: MappingView | undefined): boolean {
  const refresh = useRefresh();
  const asked = useRef<string | null>(null);
  const { mutate } = refresh;
  const id = view?.fetched_at === null ? view.connection_id : null;
  useEffect(() => {
    if (id === null || asked.current === id) return;
    asked.current = id;
    mutate(
      { id },
      { onError: (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }) },
    );
  }, [id, mutate]);
  return refresh.isPending;
}

/* What a person decides about documents that will not be sent: left out, or done elsewhere. */
import { useState } from "react";
import { type Fault, faultOf } from "~/ipc/errors";
import type { SettleExport } from "~/ipc/gen/SettleExport";
import { toast } from "~/ui/primitives";
import { useSettle } from "./api";

export interface Settling {
  count: number;
  system: string;
  /** Finds what is meant; asked only when it is sent. */
  ids: () => Promise<string[]>;
  /** What is meant has left its cause. */
  onDone: () => void;
  onClose: () => void;
}

/** Settles what is meant, all or none, and tells how many that were. */
export function useSettling({ ids, onDone, onClose }: Settling, told: (count: number) => string) {
  const settle = useSettle();
  const [fault, setFault] = useState<Fault>();
  // From the first press on: to find what is meant takes time of its own.
  const [isBusy, setBusy] = useState(false);
  async function send(how: Omit<SettleExport, "ids">) {
    setBusy(true);
    try {
      const { records } = await settle.mutateAsync({ ids: await ids(), ...how });
      toast({ text: told(records), tone: "info" });
      onDone();
      onClose();
    } catch (thrown) {
      setFault(faultOf(thrown));
      setBusy(false);
    }
  }
  return { fault, isBusy, send: (how: Omit<SettleExport, "ids">) => void send(how) };
}

import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { ConnectionSchedule } from "~/ipc/gen/ConnectionSchedule";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import { Note, Select, toast } from "~/ui/primitives";
import { useSaveSchedule, useSchedule } from "./api";

/** Minutes between two runs that can be chosen. */
const SPANS = [15, 30, 60, 120, 240, 720, 1440];

/** When a connection sends what waits, and what is left of calls long past. */
export function Schedule({ connection }: { connection: ConnectionView }) {
  const { t } = useTranslation("connections");
  const schedule = useSchedule(connection.id);
  const save = useSaveSchedule();
  if (schedule.error) return <Note tone="danger">{faultText(schedule.error.fault)}</Note>;
  if (!schedule.data) return null;
  const { mode, minutes, pruned } = schedule.data;
  const spans = [...new Set([...SPANS, minutes])].sort((a, b) => a - b);
  const every = (span: number) =>
    span % 60 === 0
      ? t("schedule_hours", { count: span / 60 })
      : t("schedule_minutes", { count: span });
  return (
    <>
      <Select
        label={t("schedule")}
        hint={t(mode === "by_hand" ? "schedule_hint_by_hand" : "schedule_hint")}
        options={[
          { id: "at_once", name: t("schedule_at_once") },
          ...spans.map((span) => ({ id: String(span), name: every(span) })),
          { id: "by_hand", name: t("schedule_by_hand") },
        ]}
        value={chosen(schedule.data)}
        onChange={(id) =>
          save.mutate(
            { id: connection.id, ...wish(id) },
            { onError: (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }) },
          )
        }
      />
      {pruned && (
        <p className="t3">
          {t("pruned", {
            count: pruned.calls,
            through: pruned.through,
            records: pruned.exported,
          })}
        </p>
      )}
    </>
  );
}

function chosen({ mode, minutes }: ConnectionSchedule): string {
  return mode === "every" ? String(minutes) : mode;
}

function wish(id: string): { mode: string; minutes: number } {
  const minutes = Number(id);
  return Number.isNaN(minutes) ? { mode: id, minutes: 60 } : { mode: "every", minutes };
}

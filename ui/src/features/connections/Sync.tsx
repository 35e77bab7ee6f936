import { Link } from "@tanstack/react-router";
import { Clock3, CloudAlert, CloudCheck, CloudOff, Search, Upload } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatInstant } from "~/domain/dates";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import type { ExportStatus } from "~/ipc/gen/ExportStatus";
import { usePreferences } from "~/ui/preferences";
import { cx, Icon } from "~/ui/primitives";
import { useConnections, useExportStatus } from "./api";
import s from "./Connections.module.css";

/** The newest moment at which any connection succeeded. */
export function lastSuccess(connections: readonly ConnectionView[]): string | null {
  return connections.reduce<string | null>((newest, { last_success: at }) => {
    if (at === null) return newest;
    return newest === null || Date.parse(at) > Date.parse(newest) ? at : newest;
  }, null);
}

/** Right in the top bar: what waits to be sent, in a few words. Offline is normal and quiet. */
export function Sync() {
  const { t } = useTranslation("connections");
  const { language } = usePreferences();
  const connections = useConnections().data?.connections ?? [];
  const status = useExportStatus().data;
  if (connections.length === 0 || status === undefined) return null;
  const resting = connections.find((c) => c.resting_until !== null);
  const at = lastSuccess(connections);
  const view = lookOf(status, resting);
  const words = {
    sending: t("sync_sending", { done: status.run?.done ?? 0, total: status.run?.total ?? 0 }),
    resting: t("sync_resting", { system: resting?.system_name, count: status.waiting }),
    waiting: t("sync_waiting", { count: status.waiting + status.sending }),
    attention: t("sync_attention", { count: status.attention }),
    checking: t("sync_checking", { count: status.checking }),
    sent: at ? t("sync_sent_at", { time: formatInstant(at, language) }) : t("sync_sent"),
  }[view];
  return (
    <Link
      to={view === "attention" ? "/review" : "/exports"}
      className={cx(s.sync, s[`sync_${view}`])}
      aria-label={t("sync_label", { text: words })}
    >
      <Icon of={SIGNS[view]} />
      <span className="num">{words}</span>
    </Link>
  );
}

const SIGNS = {
  sending: Upload,
  resting: CloudOff,
  attention: CloudAlert,
  waiting: Clock3,
  checking: Search,
  sent: CloudCheck,
} as const;

/** "All sent" is said only where nothing is under way and nothing needs a person. */
function lookOf(status: ExportStatus, resting?: ConnectionView): keyof typeof SIGNS {
  if (status.running && status.run !== null && status.run.ended_at === null) return "sending";
  if (resting && status.waiting > 0) return "resting";
  if (status.attention > 0) return "attention";
  if (status.waiting + status.sending > 0) return "waiting";
  return status.checking > 0 ? "checking" : "sent";
}

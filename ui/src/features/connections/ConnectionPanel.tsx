import { Link } from "@tanstack/react-router";
import { Check, RefreshCw, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import { StatePill } from "~/ui/connection/StatePill";
import { Button, Facts, Icon, Moment, PanelSection, Peek, toast } from "~/ui/primitives";
import { Attachments } from "./Attachments";
import { useRefresh } from "./api";
import { Booking } from "./Booking";
import s from "./Connections.module.css";
import { NextRun } from "./ConnectionTable";
import { Quota } from "./Quota";
import { Schedule } from "./Schedule";
import { StartSending } from "./StartSending";

export interface ConnectionPanelProps {
  connection: ConnectionView;
  isTesting: boolean;
  onClose: () => void;
  onTest: () => void;
  onSignIn: () => void;
  onDisconnect: () => void;
}

/** One connection beside the list: how it stands, what it holds, and what ends with it. */
export function ConnectionPanel(props: ConnectionPanelProps) {
  const { connection: c, isTesting, onClose, onTest, onSignIn, onDisconnect } = props;
  const { t } = useTranslation("connections");
  const asks = c.state === "sign_in_needed";
  const isFolder = c.needs === "folder";
  return (
    <Peek
      title={c.system_name}
      badge={<StatePill state={c.state} isHeader />}
      onClose={onClose}
      foot={
        <>
          {asks && (
            <Button variant="primary" onPress={onSignIn}>
              {t("sign_in_to", { system: c.system_name })}
            </Button>
          )}
          {c.state === "to_map" && <StartSending connection={c} />}
          <Button onPress={onTest} isBusy={isTesting}>
            {t("test")}
          </Button>
          {!asks && !isFolder && (
            <Button variant="quiet" onPress={onSignIn}>
              {t("sign_in_again")}
            </Button>
          )}
        </>
      }
    >
      <PanelSection>
        <Standing connection={c} />
        <Facts
          facts={[
            { label: isFolder ? t("folder") : t("company"), value: c.company },
            {
              label: t("last_success"),
              value: c.last_success ? <Moment of={c.last_success} /> : t("never"),
            },
            { label: t("next_run"), value: <NextRun connection={c} /> },
            ...(isFolder ? [] : [{ label: t("mapping"), value: <ToMapping connection={c} /> }]),
          ]}
        />
      </PanelSection>
      {!isFolder && (
        <PanelSection title={t("booking_title")}>
          <Booking connection={c} />
        </PanelSection>
      )}
      {c.state !== "closed" && (
        <PanelSection title={t("schedule_title")}>
          <Schedule connection={c} />
        </PanelSection>
      )}
      {c.state !== "closed" && !isFolder && <Attachments connection={c} />}
      <PanelSection title={t("records")}>
        <Records connection={c} />
      </PanelSection>
      {!isFolder && (
        <>
          <PanelSection title={t("quota")}>
            <Quota left={c.calls_left} perDay={c.calls_per_day} />
          </PanelSection>
          <PanelSection title={t("reference_data")} end={<Moment of={c.reference_data_at} />}>
            <RefreshButton connection={c} />
          </PanelSection>
        </>
      )}
      <PanelSection
        title={t("stops")}
        end={
          <Button size="small" variant="danger" onPress={onDisconnect}>
            {t("disconnect")}
          </Button>
        }
      >
        <Stops connection={c} />
      </PanelSection>
    </Peek>
  );
}

function ToMapping({ connection: c }: { connection: ConnectionView }) {
  const { t } = useTranslation("connections");
  return (
    <Link to="/mapping" search={{ connection: c.id }}>
      {c.unmapped > 0 ? t("unmapped", { count: c.unmapped }) : t("all_mapped")}
    </Link>
  );
}

function Standing({ connection: c }: { connection: ConnectionView }) {
  const { t } = useTranslation("connections");
  const [title, body] =
    c.state === "sign_in_needed"
      ? [t("panel_signin"), t("panel_signin_body", { count: c.waiting })]
      : c.state === "to_map"
        ? [t("panel_to_map"), t("panel_to_map_body", { count: c.waiting })]
        : [
            t("panel_ready"),
            c.waiting > 0 ? t("panel_ready_body", { count: c.waiting }) : t("panel_idle_body"),
          ];
  return (
    <p className={s.standing}>
      <b>{title}</b> {body}
    </p>
  );
}

function Records({ connection: c }: { connection: ConnectionView }) {
  const { t } = useTranslation("connections");
  const figures = [
    [t("waiting"), c.waiting, "waiting"],
    [t("sending"), c.sending, "sending"],
    [t("checking"), c.checking, "checking"],
    [t("sent_label"), c.sent, "sent"],
    [t("attention"), c.attention, "attention"],
  ] as const;
  return (
    <Facts
      facts={figures.map(([label, count, view]) => ({
        label,
        value: (
          <Link
            to={view === "attention" ? "/review" : "/exports"}
            search={view === "attention" ? {} : { connection: c.id, view }}
            className={view === "attention" && count > 0 ? "num fg-danger strong" : "num"}
          >
            {count}
          </Link>
        ),
      }))}
    />
  );
}

function RefreshButton({ connection: c }: { connection: ConnectionView }) {
  const { t } = useTranslation("connections");
  const refresh = useRefresh();
  return (
    <Button
      size="small"
      icon={RefreshCw}
      isBusy={refresh.isPending}
      onPress={() =>
        refresh.mutate(
          { id: c.id },
          {
            onSuccess: () => toast({ text: t("refreshed", { system: c.system_name }) }),
            onError: (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }),
          },
        )
      }
    >
      {t("refresh")}
    </Button>
  );
}

/** What ends with a connection and what stays. */
export function Stops({ connection: c }: { connection: ConnectionView }) {
  const { t } = useTranslation("connections");
  return (
    <ul className={s.stops}>
      <li>
        <Icon of={X} size={14} />
        {t("stops_sending", { count: c.waiting })}
      </li>
      {c.needs === "sign_in" && (
        <li>
          <Icon of={X} size={14} />
          {t("stops_sign_in")}
        </li>
      )}
      <li>
        <Icon of={Check} size={14} />
        {t("kept_there", { system: c.system_name })}
      </li>
      <li>
        <Icon of={Check} size={14} />
        {t("kept_mapping")}
      </li>
    </ul>
  );
}

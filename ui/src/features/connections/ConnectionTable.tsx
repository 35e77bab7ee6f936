import { Ellipsis, Globe, ListTree, Unplug, Upload } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { goTo } from "~/domain/places";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import { StatePill } from "~/ui/connection/StatePill";
import {
  Button,
  cx,
  Icon,
  IconButton,
  type LucideIcon,
  Menu,
  Moment,
  Skeleton,
} from "~/ui/primitives";
import s from "./Connections.module.css";
import { Quota } from "./Quota";

export interface ConnectionTableProps {
  connections: readonly ConnectionView[] | undefined;
  openId?: string;
  busyId?: string;
  signingInId?: string;
  onOpen: (connection: ConnectionView) => void;
  onTest: (connection: ConnectionView) => void;
  onSignIn: (connection: ConnectionView) => void;
  onDisconnect: (connection: ConnectionView) => void;
}

const numbers = new Intl.NumberFormat("nb-NO");
const HEADS = ["system", "success", "next", "waiting", "attention", "quota", "action"] as const;

/** A row per connection: facts in columns, a tint only where a person is asked. */
export function ConnectionTable(props: ConnectionTableProps) {
  const { t } = useTranslation("connections");
  const { connections } = props;
  if (connections?.length === 0) return null;
  return (
    <table
      className={s.table}
      aria-label={t("title")}
      data-beside-panel={props.openId !== undefined || undefined}
    >
      <thead>
        <tr>
          {HEADS.map((head) => (
            <th
              key={head}
              scope="col"
              className={s[head]}
              data-end={head === "waiting" || head === "attention" || undefined}
            >
              <span className={head === "action" ? "sr" : undefined}>{t(`col_${head}`)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {connections
          ? connections.map((c) => <Row key={c.id} connection={c} {...props} />)
          : [1, 2].map((at) => <Waiting key={at} />)}
      </tbody>
    </table>
  );
}

function Waiting() {
  return (
    <tr>
      {HEADS.map((head, at) => (
        <td key={head}>
          <Skeleton width={at === 0 ? 160 : 64} />
        </td>
      ))}
    </tr>
  );
}

type RowProps = ConnectionTableProps & { connection: ConnectionView };

function Row(props: RowProps) {
  const { connection: c, openId, signingInId, onOpen } = props;
  const { t } = useTranslation("connections");
  const name = c.system_name;
  return (
    <tr className={cx(openId === c.id && s.open)}>
      <td>
        <div className={s.id}>
          <Icon of={Globe} />
          <div className="grow">
            <AriaButton
              className={s.name}
              aria-label={t("details_of", { system: name })}
              onPress={() => onOpen(c)}
            >
              {name}
            </AriaButton>
            <div className={cx(s.two, "clip")} title={c.company}>
              {c.company}
            </div>
            <StatePill state={c.state} isSigningIn={signingInId === c.id} />
          </div>
        </div>
      </td>
      <td>
        {c.last_success ? <Moment of={c.last_success} /> : t("never")}
        <div className={s.two}>{t("sent", { count: c.sent, n: numbers.format(c.sent) })}</div>
      </td>
      <td>
        <NextRun connection={c} />
      </td>
      <td data-end>
        <span className={cx("num", c.waiting === 0 && "t3")}>{c.waiting}</span>
      </td>
      <td data-end>
        <span className={cx("num", c.attention > 0 ? "fg-danger strong" : "t3")}>
          {c.attention}
        </span>
      </td>
      <td>
        <Quota left={c.calls_left} perDay={c.calls_per_day} />
      </td>
      <td>
        <RowVerbs {...props} />
      </td>
    </tr>
  );
}

/** What a connection is asked for next, and the rest behind a menu. */
function RowVerbs(props: RowProps) {
  const { connection: c, busyId, onTest, onSignIn, onDisconnect } = props;
  const { t } = useTranslation("connections");
  const more = t("more", { system: c.system_name });
  const go = (id: "mapping" | "exports", label: string, icon: LucideIcon) => ({
    id,
    label,
    icon,
    onAction: () => goTo(`/${id}?connection=${encodeURIComponent(c.id)}`),
  });
  return (
    <div className={s.actions}>
      {c.state === "sign_in_needed" ? (
        <Button size="small" onPress={() => onSignIn(c)}>
          {t("sign_in")}
        </Button>
      ) : (
        <Button size="small" isBusy={busyId === c.id} onPress={() => onTest(c)}>
          {t("test")}
        </Button>
      )}
      <Menu
        label={more}
        trigger={<IconButton icon={Ellipsis} size="small" label={more} />}
        groups={[
          {
            id: "go",
            actions: [
              go("mapping", t("open_mapping"), ListTree),
              go("exports", t("show_exports"), Upload),
            ],
          },
          {
            id: "end",
            actions: [
              {
                id: "disconnect",
                label: t("disconnect"),
                icon: Unplug,
                isDanger: true,
                onAction: () => onDisconnect(c),
              },
            ],
          },
        ]}
      />
    </div>
  );
}

export function NextRun({ connection: c }: { connection: ConnectionView }) {
  const { t } = useTranslation("connections");
  if (c.state === "sign_in_needed") return <span className="fg-warning">{t("after_sign_in")}</span>;
  if (c.state === "to_map") return <span className="fg-info">{t("after_mapping")}</span>;
  if (c.resting_until)
    return (
      <>
        <Moment of={c.resting_until} />
        <div className={s.two}>{t("resting_label")}</div>
      </>
    );
  if (c.by_hand && !c.next_run) return <span className="t3">{t("when_asked")}</span>;
  return c.next_run ? <Moment of={c.next_run} /> : <span className="t3">{t("when_needed")}</span>;
}

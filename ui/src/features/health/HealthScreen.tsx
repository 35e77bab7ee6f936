import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { faultText, type RpcError } from "~/ipc/errors";
import { Unconnected } from "~/ui/connection/Unconnected";
import {
  FootBar,
  Moment,
  Page,
  PageHead,
  Scroll,
  SkeletonLines,
  UnreadBanner,
} from "~/ui/primitives";
import { useHealth, useQuality } from "./api";
import { ConnectionHealth } from "./ConnectionHealth";
import { Findings } from "./Findings";
import s from "./Health.module.css";

/** How the connections do, and what would be refused if it were sent now. */
export function HealthScreen() {
  const { t } = useTranslation("health");
  const { today } = useDesk();
  const health = useHealth();
  const connections = health.data?.connections;
  if (connections?.length === 0) return <NothingConnected />;
  return (
    <Page>
      <PageHead title={t("title")} sub={t("sub")} />
      <Unread title={t("failed")} of={health} />
      <Scroll width="full" label={t("title")}>
        {!connections && !health.error && (
          <div className={s.loading}>
            <SkeletonLines count={8} />
          </div>
        )}
        {connections?.map((one) => (
          <ConnectionHealth key={one.connection.id} health={one} today={today} />
        ))}
        {connections && <Before />}
      </Scroll>
      <FootBar>
        {health.data && (
          <span className="t3">
            {t("as_of")} <Moment of={health.data.as_of} />
          </span>
        )}
      </FootBar>
    </Page>
  );
}

/** What waits, looked at before it is sent. */
function Before() {
  const { t } = useTranslation("health");
  const quality = useQuality();
  const count = quality.data && quality.data.findings.length + quality.data.more;
  return (
    <section className={s.before} aria-labelledby="health-before">
      <h2 id="health-before" className={s.heading}>
        {t("before")}
        {count ? <span className={s.counts}>{t("count", { count })}</span> : null}
      </h2>
      <Unread title={t("quality_failed")} of={quality} />
      {quality.data && <Findings quality={quality.data} />}
    </section>
  );
}

interface UnreadProps {
  title: string;
  of: { error: RpcError | null; refetch: () => unknown };
}

function Unread({ title, of: { error, refetch } }: UnreadProps) {
  if (!error) return null;
  return (
    <UnreadBanner title={title} fault={faultText(error.fault)} onRetry={() => void refetch()} />
  );
}

function NothingConnected() {
  const { t } = useTranslation("health");
  return (
    <Page>
      <PageHead title={t("title")} />
      <Unconnected title={t("unconnected_title")} connect={t("connect")}>
        {t("unconnected_body")}
      </Unconnected>
    </Page>
  );
}

import { Link } from "@tanstack/react-router";
import { RefreshCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { faultText } from "~/ipc/errors";
import { Unconnected } from "~/ui/connection/Unconnected";
import {
  Button,
  EmptyState,
  FootBar,
  Moment,
  Page,
  PageHead,
  Scroll,
  SkeletonLines,
  UnreadBanner,
} from "~/ui/primitives";
import { Bar } from "./Bar";
import { ReportTable } from "./ReportTable";
import s from "./TheirReports.module.css";
import { type TheirReports, useTheirReports } from "./useTheirReports";

/** Reports as the accounting system gives them, with ours beside them. */
export function TheirReportsScreen() {
  const { t } = useTranslation("theirreports");
  const work = useTheirReports();
  const { view, error, system, chosen } = work;
  const isBare = work.isUnconnected || (!work.isWaiting && work.kinds.length === 0);
  return (
    <Page>
      <PageHead
        crumb={<Link to="/reconcile">{t("reconcile")}</Link>}
        title={t("title")}
        sub={system ? t("sub", { system }) : undefined}
      />
      {!isBare && <Bar work={work} />}
      {error && (
        <UnreadBanner title={t("failed")} fault={faultText(error.fault)} onRetry={work.refetch} />
      )}
      {work.isUnconnected ? (
        <NothingConnected />
      ) : isBare ? (
        <EmptyState kind="no_match" title={t("none_title", { system })}>
          {t("none_body")}
        </EmptyState>
      ) : (
        <Scroll width="full" label={t("title")}>
          {view ? (
            <ReportTable view={view} system={system} />
          ) : chosen || work.isWaiting ? (
            <div className={s.loading}>
              <SkeletonLines count={8} />
            </div>
          ) : (
            <Unread work={work} />
          )}
        </Scroll>
      )}
      <FootBar>
        {view && (
          <span className="t3">
            {t("read_on", { system })} <Moment of={view.head.read_at} /> ·{" "}
            {t("compared", { count: view.compared, differing: view.differing })}
          </span>
        )}
      </FootBar>
    </Page>
  );
}

function Unread({ work }: { work: TheirReports }) {
  const { t } = useTranslation("theirreports");
  return (
    <EmptyState
      kind="first_use"
      title={t("unread_title")}
      action={
        <Button
          variant="primary"
          icon={RefreshCw}
          isBusy={work.isReading}
          disabledReason={work.kind ? undefined : t("none_body")}
          onPress={work.readNow}
        >
          {t("read", { system: work.system })}
        </Button>
      }
    >
      {t("unread_body", { system: work.system })}
    </EmptyState>
  );
}

function NothingConnected() {
  const { t } = useTranslation("theirreports");
  return (
    <Unconnected title={t("unconnected_title")} connect={t("connect")}>
      {t("unconnected_body")}
    </Unconnected>
  );
}

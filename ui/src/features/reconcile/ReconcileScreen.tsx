import { Link } from "@tanstack/react-router";
import { RefreshCw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { faultText } from "~/ipc/errors";
import { Unconnected } from "~/ui/connection/Unconnected";
import {
  Button,
  EmptyState,
  Page,
  PageHead,
  SkeletonLines,
  Split,
  UnreadBanner,
} from "~/ui/primitives";
import { Comparison } from "./Comparison";
import { PairPeek } from "./PairPeek";
import s from "./Reconcile.module.css";
import { SignOffDialog } from "./SignOffDialog";
import { SpanBar } from "./SpanBar";
import { useReconcileWork } from "./useReconcileWork";

/** Both books side by side, record by record. */
export function ReconcileScreen() {
  const { t } = useTranslation("reconcile");
  const work = useReconcileWork();
  const { view, error, system, open, change } = work;
  const [isSigning, setSigning] = useState(false);
  useCommands([
    {
      id: "reconcile.read",
      title: () => t("read", { system }),
      group: "screen",
      icon: RefreshCw,
      run: work.read,
    },
  ]);
  if (work.isUnconnected) return <NothingConnected />;
  return (
    <Page>
      <PageHead
        title={t("title")}
        sub={t("sub", { system })}
        actions={
          <>
            <Link to="/reconcile/reports" search={{ connection: work.connection?.id }}>
              {t("their_reports", { system })}
            </Link>
            {view?.read_at && (
              <Button
                variant={view.open === 0 ? "primary" : "secondary"}
                disabledReason={
                  view.open > 0 ? t("sign_off_open", { count: view.open }) : undefined
                }
                onPress={() => setSigning(true)}
              >
                {t("sign_off")}
              </Button>
            )}
          </>
        }
      />
      <SpanBar work={work} />
      {error && (
        <UnreadBanner title={t("failed")} fault={faultText(error.fault)} onRetry={work.refetch} />
      )}
      {!view && !error && (
        <div className={s.loading}>
          <SkeletonLines count={8} />
        </div>
      )}
      {view && !view.read_at && (
        <EmptyState
          kind="first_use"
          title={t("unread_title")}
          action={
            <Button variant="primary" icon={RefreshCw} isBusy={work.isReading} onPress={work.read}>
              {t("read", { system })}
            </Button>
          }
        >
          {t("unread_body", { system })}
        </EmptyState>
      )}
      {view?.read_at && (
        <Split>
          <Comparison view={view} system={system} openKey={open?.key} onOpen={change} />
          {open && (
            <PairPeek
              key={open.key}
              pair={open}
              view={view}
              system={system}
              onClose={() => change({ open: undefined })}
            />
          )}
        </Split>
      )}
      {isSigning && view && (
        <SignOffDialog view={view} system={system} onClose={() => setSigning(false)} />
      )}
    </Page>
  );
}

function NothingConnected() {
  const { t } = useTranslation("reconcile");
  return (
    <Page>
      <PageHead title={t("title")} />
      <Unconnected title={t("unconnected_title")} connect={t("connect")}>
        {t("unconnected_body")}
      </Unconnected>
    </Page>
  );
}

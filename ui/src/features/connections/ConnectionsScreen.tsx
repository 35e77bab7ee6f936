import { useNavigate } from "@tanstack/react-router";
import { KeyRound, Plug, Plus, RefreshCw } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultText } from "~/ipc/errors";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import {
  Banner,
  Button,
  EmptyState,
  FootBar,
  Icon,
  Page,
  PageHead,
  Scroll,
  Split,
  toast,
} from "~/ui/primitives";
import { useConnections } from "./api";
import { ConnectionPanel } from "./ConnectionPanel";
import s from "./Connections.module.css";
import { ConnectionTable } from "./ConnectionTable";
import { DisconnectDialog } from "./DisconnectDialog";
import { connectionsRoute } from "./routes";
import { SignInSheet } from "./SignInSheet";
import { StartSheet } from "./StartSheet";
import { setSignIn, useSignIn } from "./signIn";
import { useTestNow } from "./useTestNow";

/** The accounting systems the school sends to, and how each stands. */
export function ConnectionsScreen() {
  const { t } = useTranslation(["connections", "common"]);
  const navigate = useNavigate();
  const search = connectionsRoute.useSearch();
  const { data, error, refetch } = useConnections();
  const running = useSignIn((q) => q.running);
  const [leaving, setLeaving] = useState<ConnectionView | null>(null);
  const test = useTestNow();
  const connections = data?.connections ?? [];
  const open = connections.find((c) => c.id === search.open);
  const go = (next: { open?: string; sign_in?: string }) =>
    void navigate({ to: "/connections", search: next, replace: true });
  const again = connections.find((c) => c.id === search.sign_in);
  const asksWhich = search.sign_in === "new" || again !== undefined;
  const signIn = (c: ConnectionView) => go({ open: search.open, sign_in: c.id });

  // A sheet that waits for the browser takes the place of the question before it.
  useEffect(() => {
    if (running && search.sign_in)
      void navigate({ to: "/connections", search: { open: search.open }, replace: true });
  }, [running, search.sign_in, search.open, navigate]);

  return (
    <Page>
      <Split>
        <div className={s.main}>
          <PageHead
            title={t("title")}
            sub={connections.length > 0 ? t("sub", { count: connections.length }) : undefined}
            actions={
              <>
                {connections.length > 1 && (
                  <Button
                    variant="quiet"
                    icon={RefreshCw}
                    onPress={() => connections.forEach(test.run)}
                  >
                    {t("test_all")}
                  </Button>
                )}
                <Button variant="primary" icon={Plus} onPress={() => go({ sign_in: "new" })}>
                  {t("connect")}
                </Button>
              </>
            }
          />
          {error && (
            <Banner
              tone="danger"
              title={t("failed_title")}
              actions={
                <Button size="small" onPress={() => void refetch()}>
                  {t("common:retry")}
                </Button>
              }
            >
              {faultText(error.fault)}
            </Banner>
          )}
          <Scroll width="full">
            <ConnectionTable
              connections={data?.connections}
              openId={open?.id}
              busyId={test.busyId}
              signingInId={running?.connectionId ?? undefined}
              onOpen={(c) => go({ open: c.id })}
              onTest={test.run}
              onSignIn={signIn}
              onDisconnect={setLeaving}
            />
            {data && connections.length === 0 && !running && !asksWhich && (
              <EmptyState
                kind="first_use"
                icon={Plug}
                title={t("empty_title")}
                action={
                  <Button variant="primary" icon={Plus} onPress={() => go({ sign_in: "new" })}>
                    {t("connect")}
                  </Button>
                }
              >
                {t("empty_body")}
              </EmptyState>
            )}
            {running ? (
              <SignInSheet key={running.started.sign_in_id} running={running} />
            ) : (
              data &&
              asksWhich && (
                <StartSheet
                  key={search.sign_in}
                  systems={data.systems}
                  again={again}
                  onStarted={setSignIn}
                  onCancel={() => go({ open: search.open })}
                />
              )
            )}
          </Scroll>
          <FootBar
            end={
              <span className="row">
                <Icon of={KeyRound} size={14} />
                {t("keychain")}
              </span>
            }
          >
            <span>{t("foot", { count: connections.length })}</span>
          </FootBar>
        </div>
        {open && (
          <ConnectionPanel
            connection={open}
            onClose={() => go({})}
            isTesting={test.busyId === open.id}
            onTest={() => test.run(open)}
            onSignIn={() => signIn(open)}
            onDisconnect={() => setLeaving(open)}
          />
        )}
      </Split>
      {leaving && (
        <DisconnectDialog
          connection={leaving}
          onClose={() => setLeaving(null)}
          onDone={() => {
            setLeaving(null);
            go({});
            toast({ text: t("disconnected", { system: leaving.system_name }), tone: "info" });
          }}
        />
      )}
    </Page>
  );
}

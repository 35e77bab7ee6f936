import { useNavigate } from "@tanstack/react-router";
import { KeyRound, Plug, Plus, RefreshCw } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultText } from "~/ipc/errors";
import type { ConnectionsView } from "~/ipc/gen/ConnectionsView";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import {
  Button,
  EmptyState,
  FootBar,
  Icon,
  Page,
  PageHead,
  Scroll,
  Split,
  toast,
  UnreadBanner,
} from "~/ui/primitives";
import { useConnections } from "./api";
import { ConnectionPanel } from "./ConnectionPanel";
import s from "./Connections.module.css";
import { ConnectionTable } from "./ConnectionTable";
import { DisconnectDialog } from "./DisconnectDialog";
import { type ConnectionsSearch, connectionsRoute } from "./routes";
import { SignInSheet } from "./SignInSheet";
import { StartSheet } from "./StartSheet";
import { setSignIn, useSignIn } from "./signIn";
import { useTestNow } from "./useTestNow";

/** What the address asks of the connections: one of them open, or a sign-in begun. */
function useConnectionsAddress(connections: readonly ConnectionView[]) {
  const navigate = useNavigate();
  const search = connectionsRoute.useSearch();
  const running = useSignIn((q) => q.running);
  const go = (next: ConnectionsSearch) =>
    void navigate({ to: "/connections", search: next, replace: true });
  const { open, sign_in } = search;

  // A sheet that waits for the browser takes the place of the question before it.
  useEffect(() => {
    if (running && sign_in) void navigate({ to: "/connections", search: { open }, replace: true });
  }, [running, sign_in, open, navigate]);

  const again = connections.find((c) => c.id === sign_in);
  return {
    open: connections.find((c) => c.id === open),
    /** The question which system to sign in to is on the screen. */
    isAsking: !running && (sign_in === "new" || again !== undefined),
    again,
    running,
    show: (connection?: ConnectionView) => go({ open: connection?.id }),
    connect: () => go({ sign_in: "new" }),
    signIn: (connection: ConnectionView) => go({ open, sign_in: connection.id }),
    cancel: () => go({ open }),
  };
}

/** The accounting systems the school sends to, and how each stands. */
export function ConnectionsScreen() {
  const { t } = useTranslation("connections");
  const { data, error, refetch } = useConnections();
  const connections = data?.connections ?? [];
  const address = useConnectionsAddress(connections);
  const { open, running } = address;
  const [leaving, setLeaving] = useState<ConnectionView | null>(null);
  const test = useTestNow();
  return (
    <Page>
      <Split>
        <div className={s.main}>
          <Head
            count={connections.length}
            onTestAll={() => connections.forEach(test.run)}
            onConnect={address.connect}
          />
          {error && (
            <UnreadBanner
              title={t("failed_title")}
              fault={faultText(error.fault)}
              onRetry={() => void refetch()}
            />
          )}
          <Scroll width="full">
            <ConnectionTable
              connections={data?.connections}
              openId={open?.id}
              busyId={test.busyId}
              signingInId={running?.connectionId ?? undefined}
              onOpen={address.show}
              onTest={test.run}
              onSignIn={address.signIn}
              onDisconnect={setLeaving}
            />
            <Below view={data} address={address} />
          </Scroll>
          <Foot count={connections.length} />
        </div>
        {open && (
          <ConnectionPanel
            connection={open}
            onClose={() => address.show()}
            isTesting={test.busyId === open.id}
            onTest={() => test.run(open)}
            onSignIn={() => address.signIn(open)}
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
            address.show();
            toast({ text: t("disconnected", { system: leaving.system_name }), tone: "info" });
          }}
        />
      )}
    </Page>
  );
}

interface HeadProps {
  count: number;
  onTestAll: () => void;
  onConnect: () => void;
}

function Head({ count, onTestAll, onConnect }: HeadProps) {
  const { t } = useTranslation("connections");
  return (
    <PageHead
      title={t("title")}
      sub={count > 0 ? t("sub", { count }) : undefined}
      actions={
        <>
          {count > 1 && (
            <Button variant="quiet" icon={RefreshCw} onPress={onTestAll}>
              {t("test_all")}
            </Button>
          )}
          <Button variant="primary" icon={Plus} onPress={onConnect}>
            {t("connect")}
          </Button>
        </>
      }
    />
  );
}

interface BelowProps {
  view: ConnectionsView | undefined;
  address: ReturnType<typeof useConnectionsAddress>;
}

/** Under the table: the sign-in that waits, the question before it, or that nothing is connected. */
function Below({ view, address }: BelowProps) {
  const { t } = useTranslation("connections");
  const { running, again, isAsking } = address;
  if (running) return <SignInSheet key={running.started.sign_in_id} running={running} />;
  if (!view) return null;
  if (isAsking)
    return (
      <StartSheet
        key={again?.id}
        systems={view.systems}
        again={again}
        onStarted={setSignIn}
        onConnected={(connection) => {
          toast({ text: t("folder_connected", { folder: connection.company }) });
          address.show(connection);
        }}
        onCancel={address.cancel}
      />
    );
  if (view.connections.length > 0) return null;
  return (
    <EmptyState
      kind="first_use"
      icon={Plug}
      title={t("empty_title")}
      action={
        <Button variant="primary" icon={Plus} onPress={address.connect}>
          {t("connect")}
        </Button>
      }
    >
      {t("empty_body")}
    </EmptyState>
  );
}

/** Where the keys to the systems lie. */
function Foot({ count }: { count: number }) {
  const { t } = useTranslation("connections");
  return (
    <FootBar
      end={
        <span className="row">
          <Icon of={KeyRound} size={14} />
          <span className="clip">{t("keychain")}</span>
        </span>
      }
    >
      <span>{t("foot", { count })}</span>
    </FootBar>
  );
}

import { Copy, SquareArrowOutUpRight } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { goTo } from "~/domain/places";
import { faultOf, faultText } from "~/ipc/errors";
import { openAddress } from "~/ipc/host";
import { Button, Note, toast } from "~/ui/primitives";
import { useCancelSignIn, useSignInStatus } from "./api";
import { ChooseCompany } from "./ChooseCompany";
import s from "./Connections.module.css";
import { LandedForm } from "./LandedForm";
import { countdown, leftMs, type RunningSignIn, setSignIn } from "./signIn";

/** Elapsed time: it goes on evenly whatever the clock on the wall is set to. */
function useNow(): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Hangs under the list while the browser is open: no scrim, the desk goes on. */
export function SignInSheet({ running }: { running: RunningSignIn }) {
  const { t } = useTranslation("connections");
  const { data: view, error } = useSignInStatus(running.started.sign_in_id);
  const system = running.systemName;
  const state = view?.state ?? "waiting";
  const connectionId = view?.connection_id;

  useEffect(() => {
    if (state !== "connected") return;
    setSignIn(null);
    if (running.connectionId !== null) {
      toast({ text: t("signed_in", { system }) });
      return;
    }
    toast({ text: t("connected", { system }) });
    goTo(connectionId ? `/mapping?connection=${encodeURIComponent(connectionId)}` : "/mapping");
  }, [state, connectionId, running.connectionId, system, t]);

  return (
    <section className={s.sheet} aria-label={t("sign_in_to", { system })}>
      {state === "choose_company" && view ? (
        <ChooseCompany running={running} companies={view.companies} />
      ) : state === "refused" || state === "expired" ? (
        <Ended running={running} state={state} problem={view?.problem ?? null} />
      ) : (
        <Waiting running={running} />
      )}
      {error && <Note tone="danger">{faultText(error.fault)}</Note>}
    </section>
  );
}

function Waiting({ running }: { running: RunningSignIn }) {
  const { t } = useTranslation("connections");
  const cancel = useCancelSignIn();
  const left = leftMs(running, useNow());
  const { address, by_hand, lasts_s, sign_in_id } = running.started;
  const failed = (thrown: unknown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" });
  return (
    <>
      <h2>{t("waiting_title", { system: running.systemName })}</h2>
      <p className="t2">{t(by_hand ? "waiting_by_hand" : "waiting_body")}</p>
      <div className={s.wait}>
        <span className={s.waitBar} aria-hidden>
          <i style={{ width: `${Math.min(100, (left / (lasts_s * 1000)) * 100)}%` }} />
        </span>
        <span className="small t2 nowrap">
          {t("link_ends")} <b className="num">{countdown(left)}</b>
        </span>
      </div>
      {by_hand && <LandedForm running={running} />}
      <div className={s.sheetFoot}>
        <Button
          icon={SquareArrowOutUpRight}
          autoFocus
          onPress={() => void openAddress(address).catch(failed)}
        >
          {t("open_again")}
        </Button>
        <Button
          icon={Copy}
          onPress={() =>
            void navigator.clipboard
              .writeText(address)
              .then(() => toast({ text: t("link_copied"), tone: "info" }), failed)
          }
        >
          {t("copy_link")}
        </Button>
        <span className="grow" />
        <Button
          variant="quiet"
          isBusy={cancel.isPending}
          onPress={() => cancel.mutate({ sign_in_id }, { onSettled: () => setSignIn(null) })}
        >
          {t("cancel_sign_in")}
        </Button>
      </div>
    </>
  );
}

interface EndedProps {
  running: RunningSignIn;
  state: "refused" | "expired";
  /** Code of why it was refused. */
  problem: string | null;
}

function Ended({ running, state, problem }: EndedProps) {
  const { t } = useTranslation("connections");
  const system = running.systemName;
  const words = state === "refused" && problem ? `problem_${problem}` : `${state}_body`;
  return (
    <>
      <h2>{t(`${state}_title`, { system })}</h2>
      <p className="t2">
        {t(words as "refused_body", { system, defaultValue: t("refused_body", { system }) })}
      </p>
      <div className={s.sheetFoot}>
        <Button
          variant="primary"
          onPress={() => {
            setSignIn(null);
            goTo(`/connections?sign_in=${encodeURIComponent(running.connectionId ?? "new")}`);
          }}
        >
          {t("again")}
        </Button>
        <Button variant="quiet" onPress={() => setSignIn(null)}>
          {t("close")}
        </Button>
      </div>
    </>
  );
}

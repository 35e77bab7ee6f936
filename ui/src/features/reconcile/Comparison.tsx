import { useTranslation } from "react-i18next";
import type { Reconciliation } from "~/ipc/gen/Reconciliation";
import { Banner, EmptyState, Moment, Note, Scroll } from "~/ui/primitives";
import { AgeingTable } from "./AgeingTable";
import { Differences } from "./Differences";
import s from "./Reconcile.module.css";
import { SumsTable } from "./SumsTable";

interface ComparisonProps {
  view: Reconciliation;
  system: string;
  openKey: string | undefined;
  onOpen: (next: { open?: string }) => void;
}

/** Sums, what differs by cause, and how old what is open is. */
export function Comparison({ view, system, openKey, onOpen }: ComparisonProps) {
  const { t } = useTranslation("reconcile");
  const { agreed, open, accepted, differences } = view;
  return (
    <div className={s.main}>
      <SignedOff view={view} />
      <Scroll width="full" label={t("title")}>
        <section className={s.part}>
          <h2 className={s.heading}>{t("sums")}</h2>
          <SumsTable rows={view.sums} system={system} />
        </section>
        <section className={s.part}>
          <h2 className={s.heading}>
            {t("differences")}
            <span className={s.counts}>{t("counts", { agreed, open, accepted })}</span>
          </h2>
          {differences.length === 0 ? (
            <EmptyState kind="all_done" title={t("clean_title")}>
              {t("clean_body", { count: agreed })}
            </EmptyState>
          ) : (
            <>
              {differences.length < open + accepted && (
                <Note tone="info">
                  {t("cut", { shown: differences.length, count: open + accepted })}
                </Note>
              )}
              <Differences
                pairs={differences}
                system={system}
                openKey={openKey}
                onOpen={(key) => onOpen({ open: key === openKey ? undefined : key })}
              />
            </>
          )}
        </section>
        {view.ageing.length > 0 && (
          <section className={s.part}>
            <h2 className={s.heading}>
              {t("ageing")}
              <span className={s.counts}>{t("ageing_hint")}</span>
            </h2>
            <AgeingTable rows={view.ageing} system={system} />
          </section>
        )}
      </Scroll>
    </div>
  );
}

/** That the span was signed off, and whether that still holds. */
function SignedOff({ view }: { view: Reconciliation }) {
  const { t } = useTranslation("reconcile");
  const said = view.sign_off;
  if (!said) return null;
  return (
    <Banner
      tone={said.changed ? "warning" : "success"}
      title={said.changed ? t("signed_changed") : t("signed")}
    >
      {t("signed_by", { actor: said.actor })} <Moment of={said.at} />.{" "}
      {t("signed_counts", { agreed: said.agreed, accepted: said.accepted })} {said.note}
    </Banner>
  );
}

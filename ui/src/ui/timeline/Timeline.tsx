import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import type { HistoryEntry } from "~/ipc/gen/HistoryEntry";
import { useSystemName } from "~/ipc/systems";
import { Moment } from "~/ui/primitives";
import s from "./Timeline.module.css";

/** A desk of one person need not say each time who it was. */
const OWNER = "owner";

type SystemName = (key: string) => string;

/** Amounts and systems as they are read everywhere else. */
function readable({ params }: HistoryEntry, systemName: SystemName) {
  const { amount, currency, system } = params;
  return {
    ...params,
    ...(system !== undefined && { system: systemName(system) }),
    ...(amount !== undefined &&
      currency !== undefined && { amount: `${currency} ${formatAmount({ amount, currency })}` }),
  };
}

/** A person who is worth naming: not the only one of the desk, nor the system that is named. */
const isNamed = ({ actor, params }: HistoryEntry) => actor !== OWNER && actor !== params.system;

/** What happened, newest first, with who and when. */
export function Timeline({ entries }: { entries: readonly HistoryEntry[] }) {
  const { t, i18n } = useTranslation("invoices");
  const systemName = useSystemName();
  const words = (entry: HistoryEntry) => {
    const key = `invoices:did_${entry.what}`;
    return i18n.exists(key)
      ? String(i18n.t(key as never, readable(entry, systemName) as never))
      : entry.what;
  };
  return (
    <ol className={s.timeline}>
      {entries.toReversed().map((entry) => (
        <li key={`${entry.at} ${entry.what} ${JSON.stringify(entry.params)}`}>
          <span>
            {words(entry)}{" "}
            {isNamed(entry) && <span className="t3">{t("by_whom", { actor: entry.actor })}</span>}
          </span>
          <span className="t2">
            <Moment of={entry.at} />
          </span>
        </li>
      ))}
    </ol>
  );
}

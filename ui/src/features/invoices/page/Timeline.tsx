import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import type { HistoryEntry } from "~/ipc/gen/HistoryEntry";
import { Moment } from "~/ui/primitives";
import s from "./Document.module.css";

/** A desk of one person need not say each time who it was. */
const OWNER = "owner";

/** Amounts as they are read everywhere else. */
function readable({ params }: HistoryEntry): Record<string, string | undefined> {
  const { amount, currency } = params;
  if (amount === undefined || currency === undefined) return params;
  return { ...params, amount: `${currency} ${formatAmount({ amount, currency })}` };
}

/** What happened, newest first, with who and when. */
export function Timeline({ entries }: { entries: readonly HistoryEntry[] }) {
  const { t, i18n } = useTranslation("invoices");
  const words = (entry: HistoryEntry) => {
    const key = `invoices:did_${entry.what}`;
    return i18n.exists(key) ? String(i18n.t(key as never, readable(entry) as never)) : entry.what;
  };
  return (
    <ol className={s.timeline}>
      {entries.toReversed().map((entry) => (
        <li key={`${entry.at} ${entry.what} ${JSON.stringify(entry.params)}`}>
          <span>
            {words(entry)}{" "}
            {entry.actor !== OWNER && (
              <span className="t3">{t("by_whom", { actor: entry.actor })}</span>
            )}
          </span>
          <span className="t2">
            <Moment of={entry.at} />
          </span>
        </li>
      ))}
    </ol>
  );
}

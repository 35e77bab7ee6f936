import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import { Button, Note } from "~/ui/primitives";
import s from "./Payments.module.css";
import type { Reference } from "./useReference";

/** What the reference says the money is for. */
export function ReferenceNote({ of, isAnnounced }: { of: Reference; isAnnounced: boolean }) {
  const { t } = useTranslation("payments");
  const { open, settled, foreign } = of;
  if (foreign)
    return (
      <div className={s.inset}>
        <Note
          tone="warning"
          title={t("reference_of_other", { number: foreign.number, name: foreign.student })}
          actions={
            <Button onPress={of.chooseForeign}>
              {t("reference_choose", { name: foreign.student })}
            </Button>
          }
        />
      </div>
    );
  if (open.length === 0 && settled.length === 0) return null;
  const named = open.map(({ number, open: left }) =>
    t("reference_open", { number, amount: formatAmount(left) }),
  );
  const numbers = settled.map(({ number }) => number).join(", ");
  return (
    <div className={s.inset}>
      <Note
        tone={open.length > 0 ? "info" : "warning"}
        title={
          open.length > 0
            ? t("reference_names", { invoices: named.join(", ") })
            : t("reference_settled", { numbers })
        }
      >
        {open.length > 0 && !isAnnounced && t("reference_first")}
      </Note>
    </div>
  );
}

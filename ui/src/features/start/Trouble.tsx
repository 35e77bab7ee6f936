import { useTranslation } from "react-i18next";
import { type Fault, faultText } from "~/ipc/errors";
import { Button } from "~/ui/primitives";
import { Frame } from "./Frame";
import s from "./Start.module.css";

/** The book cannot be opened: what happened, that it was left as it is, and the way on. */
export function Trouble({ fault, onAgain }: { fault: Fault; onAgain: () => void }) {
  const { t } = useTranslation("start");
  return (
    <Frame>
      <section className={s.card} aria-labelledby="trouble">
        <h1 id="trouble" className={s.cardTitle}>
          {t("trouble_title")}
        </h1>
        <p role="alert">{faultText(fault)}</p>
        <p className="t2">{t("trouble_untouched")}</p>
        <div className={s.cardActions}>
          <Button variant="primary" size="form" onPress={onAgain}>
            {t("try_again")}
          </Button>
        </div>
      </section>
    </Frame>
  );
}

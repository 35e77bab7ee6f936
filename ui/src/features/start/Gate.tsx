import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { faultOf } from "~/ipc/errors";
import { useDeskStatus } from "./api";
import { FirstRun } from "./FirstRun";
import { Sitting } from "./Sitting";
import s from "./Start.module.css";
import { Trouble } from "./Trouble";
import { Unlock } from "./Unlock";

/** Shows the office only when its book is open; otherwise what has to happen first. */
export function Gate({ children }: { children: ReactNode }) {
  const { t } = useTranslation("start");
  const { data: status, error, refetch } = useDeskStatus();
  // The gallery of development shows parts without a book behind them.
  if (import.meta.env.DEV && location.hash.startsWith("#/__gallery")) return children;
  if (error) return <Trouble fault={faultOf(error)} onAgain={() => void refetch()} />;
  if (status === undefined) {
    return (
      <div className={s.waiting} role="status">
        {t("opening")}
      </div>
    );
  }
  switch (status.state) {
    case "empty":
      return <FirstRun status={status} />;
    case "locked":
      return <Unlock status={status} />;
    case "broken":
      return (
        <Trouble
          fault={{ code: status.trouble ?? "book_damaged", message: "" }}
          onAgain={() => void refetch()}
        />
      );
    case "ready":
      return <Sitting status={status}>{children}</Sitting>;
  }
}

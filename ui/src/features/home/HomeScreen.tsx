import { useNavigate } from "@tanstack/react-router";
import { Plus, Wallet } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatInstant } from "~/domain/dates";
import { useDesk } from "~/ipc/desk";
import { faultText } from "~/ipc/errors";
import { usePreferences } from "~/ui/preferences";
import { Banner, Button, Page, PageHead } from "~/ui/primitives";
import { Ages } from "./Ages";
import { useHome } from "./api";
import { Figures } from "./Figures";
import s from "./Home.module.css";
import { LongestOwing } from "./Lists";
import { NextActions } from "./NextActions";
import { Pictures } from "./Pictures";
import { Recent } from "./Recent";

/** What now: five figures, what waits for a person, and who owes longest. */
export function HomeScreen() {
  const { t } = useTranslation("home");
  const navigate = useNavigate();
  const { today } = useDesk();
  const { language } = usePreferences();
  const { data, error, refetch } = useHome();
  return (
    <Page>
      <PageHead
        title={t("title")}
        sub={data && t("as_of", { moment: formatInstant(data.as_of, language) })}
        actions={
          <>
            <Button
              icon={Wallet}
              keys="r"
              onPress={() => void navigate({ to: "/payments/new", search: {} })}
            >
              {t("record_payment")}
            </Button>
            <Button
              variant="primary"
              icon={Plus}
              keys="c"
              onPress={() => void navigate({ to: "/invoices/new", search: {} })}
            >
              {t("new_invoice")}
            </Button>
          </>
        }
      />
      {error && (
        <Banner
          tone="danger"
          title={faultText(error.fault)}
          actions={
            <Button size="small" onPress={() => void refetch()}>
              {t("again")}
            </Button>
          }
        />
      )}
      <div className={s.body}>
        <Figures home={data} today={today} />
        <div className={s.work}>
          <div className={s.column}>
            <NextActions home={data} />
            <Ages today={today} />
            <LongestOwing today={today} />
            <Recent />
          </div>
          <div className={s.column}>
            <Pictures today={today} />
          </div>
        </div>
      </div>
    </Page>
  );
}

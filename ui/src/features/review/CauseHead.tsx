import { Copy } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { rpc } from "~/ipc/client";
import { faultOf, faultText } from "~/ipc/errors";
import type { CauseView } from "~/ipc/gen/CauseView";
import { Amount, Button, Moment, toast } from "~/ui/primitives";
import { GiveMenu, type Team } from "./GiveMenu";
import s from "./Review.module.css";

interface CauseHeadProps {
  cause: CauseView;
  title: string;
  team: Team;
}

/** What stopped, since when, and how much of it there is. */
export function CauseHead({ cause, title, team }: CauseHeadProps) {
  const { t } = useTranslation("review");
  const copy = () => void copyReport(cause.id, t("copied"));
  useCommands([
    { id: "review.copy", title: () => t("copy"), group: "screen", keys: "y", run: copy },
  ]);
  return (
    <header className={s.detailHead}>
      <div className="grow">
        <h2>{title}</h2>
        <p className="t3 num">
          {t("documents", { count: cause.documents })}
          {cause.amount && (
            <>
              {" · "}
              <Amount of={cause.amount} />
            </>
          )}
          {" · "}
          {t("first_on")} <Moment of={cause.since} />
          {cause.next_attempt_at && (
            <>
              {" · "}
              {t("next_by_itself")} <Moment of={cause.next_attempt_at} />
            </>
          )}
        </p>
      </div>
      <GiveMenu cause={cause} team={team} />
      <Button variant="quiet" icon={Copy} keys="y" onPress={copy}>
        {t("copy")}
      </Button>
    </header>
  );
}

/** What whoever helps needs, without anything that tells who the customers are. */
async function copyReport(id: string, said: string) {
  try {
    const { text } = await rpc("support_report", { cause_id: id, record_id: null });
    await navigator.clipboard.writeText(text);
    toast({ text: said, tone: "info" });
  } catch (thrown) {
    toast({ text: faultText(faultOf(thrown)), tone: "danger" });
  }
}

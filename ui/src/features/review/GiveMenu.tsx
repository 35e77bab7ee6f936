import { UserRound } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { faultOf, faultText } from "~/ipc/errors";
import type { CausesView } from "~/ipc/gen/CausesView";
import type { CauseView } from "~/ipc/gen/CauseView";
import { Button, Menu, type MenuGroup, toast } from "~/ui/primitives";
import { useGive } from "./api";

/** Who can be given a cause, and which of them sits here. */
export type Team = Pick<CausesView, "people" | "me">;

/** The name of whoever sees to a cause. */
export const holderOf = (cause: CauseView, { people }: Team): string | undefined =>
  people.find((one) => one.id === cause.given_to)?.name;

/** What follows from how a connection stands goes on by itself; its id names the connection. */
const isOfRecords = (cause: CauseView) => !cause.id.includes(":");

/** Says who sees to a cause. Where one person works alone there is nobody to give it to. */
export function GiveMenu({ cause, team }: { cause: CauseView; team: Team }) {
  const { t } = useTranslation("review");
  const give = useGive();
  const box = useRef<HTMLSpanElement>(null);
  const isOffered = isOfRecords(cause) && (team.people.length > 1 || cause.given_to !== null);
  useCommands([
    {
      id: "review.give",
      title: () => t("give"),
      group: "screen",
      keys: "a",
      when: () => isOffered,
      run: () => box.current?.querySelector("button")?.click(),
    },
  ]);
  if (!isOffered) return null;
  const to = (user_id: string | null) =>
    give.mutate(
      { cause_id: cause.id, user_id },
      { onError: (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }) },
    );
  const groups: MenuGroup[] = [
    {
      id: "people",
      actions: team.people.map(({ id, name, can_take }) => ({
        id,
        label: id === team.me ? t("give_me", { name }) : name,
        isChosen: id === cause.given_to,
        disabledReason: can_take ? undefined : t("give_left"),
        onAction: () => to(id),
      })),
    },
    {
      id: "none",
      actions: [
        {
          id: "nobody",
          label: t("give_nobody"),
          isChosen: cause.given_to === null,
          onAction: () => to(null),
        },
      ],
    },
  ];
  return (
    <span ref={box}>
      <Menu
        label={t("give")}
        groups={groups}
        trigger={
          <Button variant="quiet" icon={UserRound} keys="a" isBusy={give.isPending}>
            {holderOf(cause, team) ?? t("give")}
          </Button>
        }
      />
    </span>
  );
}

import { useNavigate } from "@tanstack/react-router";
import { Pause, PencilLine, Play, Square } from "lucide-react";
import { useTranslation } from "react-i18next";
import { HistoryButton } from "~/app/HistoryButton";
import { useCommands } from "~/commands/registry";
import { faultOf, faultText } from "~/ipc/errors";
import type { RecurringRow } from "~/ipc/gen/RecurringRow";
import { useMay } from "~/ipc/session";
import { Button, toast } from "~/ui/primitives";
import { useSetState } from "./api";

interface PageVerbsProps {
  row: RecurringRow;
  onEnd: () => void;
}

/** What can be done with a template: let it wait or go on, end it, change it. */
export function PageVerbs({ row, onEnd }: PageVerbsProps) {
  const { t } = useTranslation("recurring");
  const navigate = useNavigate();
  const mayWork = useMay("work");
  const turn = useSetState();
  const { id, name } = row.template;
  const isPaused = row.state === "paused";
  const isOver = row.state === "ended";
  const edit = () => void navigate({ to: "/invoices/recurring/$id/edit", params: { id } });
  const set = () =>
    turn.mutate(
      { id, state: isPaused ? "active" : "paused", here: false },
      {
        onSuccess: () =>
          toast({ tone: "success", text: t(isPaused ? "resumed" : "paused", { name }) }),
        onError: (thrown) => toast({ tone: "danger", text: faultText(faultOf(thrown)) }),
      },
    );
  useCommands([
    {
      id: "recurring.edit",
      title: () => t("edit"),
      group: "screen",
      keys: "e",
      icon: PencilLine,
      when: () => mayWork && !isOver,
      run: edit,
    },
  ]);
  return (
    <>
      <HistoryButton about={`recurring/${id}`} />
      {mayWork && !isOver && (
        <>
          <Button icon={Square} onPress={onEnd}>
            {t("end")}
          </Button>
          <Button icon={isPaused ? Play : Pause} isBusy={turn.isPending} onPress={set}>
            {t(isPaused ? "resume" : "pause")}
          </Button>
          <Button variant="primary" icon={PencilLine} keys="e" onPress={edit}>
            {t("edit")}
          </Button>
        </>
      )}
    </>
  );
}

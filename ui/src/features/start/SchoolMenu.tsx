import { useRouter } from "@tanstack/react-router";
import { ChevronDown, Plus, School } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { faultOf, faultText } from "~/ipc/errors";
import { Button, Icon, Menu, toast } from "~/ui/primitives";
import { useChooseSchool, useSchools } from "./api";
import s from "./Start.module.css";

interface SchoolMenuProps {
  /** What stands on the button: whose book it is, or what is under way. */
  children: string;
}

/** Turns the desk to another of its schools, or to a place for a new one. */
export function SchoolMenu({ children }: SchoolMenuProps) {
  const { t } = useTranslation("start");
  const schools = (useSchools().data?.schools ?? []).map((school) => ({
    ...school,
    name: school.name || t("unnamed_school"),
  }));
  const choose = useChooseSchool();
  const router = useRouter();
  async function turnTo(id: string | null) {
    // What is half typed asks first, and whoever stays keeps the school.
    await router.navigate({ to: "/" });
    if (router.state.location.pathname !== "/") return;
    choose.mutate(
      { id },
      { onError: (thrown) => toast({ tone: "danger", text: faultText(faultOf(thrown)) }) },
    );
  }
  useCommands([
    ...schools
      .filter((school) => !school.in_use)
      .map(({ id, name }) => ({
        id: `start.school.${id}`,
        title: () => t("go_to_school", { name }),
        group: "window" as const,
        icon: School,
        run: () => void turnTo(id),
      })),
    {
      id: "start.add_school",
      title: () => t("add_school"),
      group: "window",
      icon: Plus,
      run: () => void turnTo(null),
    },
  ]);
  return (
    <Menu
      label={t("schools")}
      placement="bottom start"
      trigger={
        <Button variant="quiet" isBusy={choose.isPending}>
          <span className="sr">{t("schools")}: </span>
          <span className={`${s.school} clip`}>{children}</span>
          <Icon of={ChevronDown} />
        </Button>
      }
      groups={[
        {
          id: "schools",
          title: t("schools"),
          actions: schools.map(({ id, name, in_use }) => ({
            id,
            label: name,
            isChosen: in_use,
            onAction: () => void (in_use || turnTo(id)),
          })),
        },
        {
          id: "new",
          actions: [
            { id: "add", icon: Plus, label: t("add_school"), onAction: () => void turnTo(null) },
          ],
        },
      ]}
    />
  );
}

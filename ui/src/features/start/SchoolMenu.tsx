import { useRouter } from "@tanstack/react-router";
import { ChevronDown, Plus, School } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { faultOf, faultText } from "~/ipc/errors";
import { Button, ConfirmDialog, Icon, Menu, toast } from "~/ui/primitives";
import { useChooseSchool, useSchools } from "./api";
import s from "./Start.module.css";

interface SchoolMenuProps {
  /** What stands on the button: whose book it is, or what is under way. */
  children: string;
  /** A school that is being set up would be lost: it is asked first. */
  isHalfTyped?: boolean;
}

/** Turns the desk to another of its schools, or to a place for a new one. */
export function SchoolMenu({ children, isHalfTyped = false }: SchoolMenuProps) {
  const { t } = useTranslation("start");
  const schools = (useSchools().data?.schools ?? []).map((school) => ({
    ...school,
    name: school.name || t("unnamed_school"),
  }));
  const choose = useChooseSchool();
  const router = useRouter();
  // Where the desk would turn to while a person is asked.
  const [asked, setAsked] = useState<{ id: string | null }>();
  const wish = (id: string | null) => (isHalfTyped ? setAsked({ id }) : void turnTo(id));
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
        run: () => wish(id),
      })),
    {
      id: "start.add_school",
      title: () => t("add_school"),
      group: "window",
      icon: Plus,
      run: () => wish(null),
    },
  ]);
  return (
    <>
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
              onAction: () => void (in_use || wish(id)),
            })),
          },
          {
            id: "new",
            actions: [
              { id: "add", icon: Plus, label: t("add_school"), onAction: () => wish(null) },
            ],
          },
        ]}
      />
      {asked && (
        <ConfirmDialog
          isOpen
          onClose={() => setAsked(undefined)}
          title={t("leave_title")}
          safeLabel={t("leave_stay")}
          verbLabel={t("leave_go")}
          onConfirm={() => {
            setAsked(undefined);
            void turnTo(asked.id);
          }}
        >
          <p>{t("leave_body")}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

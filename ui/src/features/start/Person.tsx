import { CircleUserRound, KeyRound, Lock, LogOut } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import type { SignedIn } from "~/ipc/gen/SignedIn";
import { Button, Menu } from "~/ui/primitives";
import { useDeskStatus, useLockSession, useSignOut } from "./api";
import { PasswordDialog } from "./PasswordDialog";
import s from "./Start.module.css";

/** Who is signed in, and how they leave. A desk without users has nobody to show. */
export function Person() {
  const user = useDeskStatus().data?.session?.user;
  return user ? <PersonMenu user={user} /> : null;
}

function PersonMenu({ user }: { user: SignedIn }) {
  const { t } = useTranslation("start");
  const [isChanging, setChanging] = useState(false);
  const lock = useLockSession();
  const signOut = useSignOut();
  const role = t(`role_${user.role as "staff"}`);
  useCommands([
    {
      id: "start.lock_window",
      title: () => t("lock_window"),
      group: "window",
      keys: "mod+shift+l",
      icon: Lock,
      run: lock.run,
    },
    {
      id: "start.sign_out",
      title: () => t("sign_out"),
      group: "window",
      icon: LogOut,
      run: signOut.run,
    },
  ]);
  return (
    <>
      <Menu
        label={t("person_menu", { name: user.name, role })}
        trigger={
          <Button variant="quiet" icon={CircleUserRound}>
            <span className={`${s.who} clip`}>{user.name}</span>
          </Button>
        }
        groups={[
          {
            id: "session",
            title: `${user.name} · ${role}`,
            actions: [
              {
                id: "lock",
                icon: Lock,
                label: t("lock_window"),
                keys: "mod+shift+l",
                onAction: lock.run,
              },
              {
                id: "password",
                icon: KeyRound,
                label: t("change_password"),
                onAction: () => setChanging(true),
              },
              { id: "out", icon: LogOut, label: t("sign_out"), onAction: signOut.run },
            ],
          },
        ]}
      />
      {isChanging && <PasswordDialog onClose={() => setChanging(false)} />}
    </>
  );
}

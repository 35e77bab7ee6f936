import { useEffect, useState } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { SignedIn } from "~/ipc/gen/SignedIn";
import { Frame } from "./Frame";
import { SignInForm } from "./SignInForm";
import s from "./Start.module.css";

/**
 * Stands over everything, dialogs too, and shows nothing of it. What lies under it stays as it was;
 * it is out of reach of keys, pointer and screen reader.
 */
export function LockScreen({ user }: { user: SignedIn }) {
  const { t } = useTranslation("start");
  const [isOther, setOther] = useState(false);
  useEffect(keepShortcutsOut, []);
  return (
    <ModalOverlay isOpen isKeyboardDismissDisabled className={s.lock}>
      <Modal className={s.lockFill}>
        <Dialog className={s.lockFill} aria-labelledby="locked">
          <Frame>
            <section className={s.card}>
              <h1 id="locked" className={s.cardTitle}>
                {t("locked_title")}
              </h1>
              <p className="t2">
                {isOther ? t("locked_other", { name: user.name }) : t("locked_by", user)}
                {!isOther && ` ${t("locked_kept")}`}
              </p>
              <SignInForm
                key={isOther ? "other" : user.id}
                titleId="locked"
                verb={t("unlock")}
                login={isOther ? undefined : user.login}
                before={user.id}
                onOther={isOther ? undefined : () => setOther(true)}
              />
            </section>
          </Frame>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Keys with a modifier belong to the office behind; the field itself needs none of its verbs. */
function keepShortcutsOut() {
  const stop = (e: KeyboardEvent) => {
    if (e.ctrlKey || e.metaKey || e.altKey || /^F\d+$/.test(e.key)) e.stopPropagation();
  };
  document.addEventListener("keydown", stop, true);
  return () => document.removeEventListener("keydown", stop, true);
}

import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import { cx } from "./cx";
import s from "./Dialog.module.css";

export interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** The verbs, the decisive one last. */
  actions?: ReactNode;
  /** `alertdialog` for a decision that cannot be undone. */
  role?: "dialog" | "alertdialog";
  width?: "narrow" | "wide";
  /** Escape and a click beside it do nothing while work is under way. */
  isBusy?: boolean;
}

/** For a decision. Detail belongs in a `Peek`, work on a page, and never one over another. */
export function Dialog(props: DialogProps) {
  const { isOpen, onClose, title, children, actions, role = "dialog", width, isBusy } = props;
  return (
    <ModalOverlay
      className={s.scrim}
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={role === "dialog" && !isBusy}
      isKeyboardDismissDisabled={isBusy}
    >
      <Modal className={cx(s.modal, width === "wide" && s.wide)}>
        <AriaDialog role={role} className={s.dialog}>
          <Heading slot="title" className={s.title}>
            {title}
          </Heading>
          <div className={s.body}>{children}</div>
          {actions && <div className={s.actions}>{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface ConfirmDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** Names the object: "Void A-10461?" */
  title: string;
  /** Whose it is, how much, and what follows. May hold a reason field. */
  children: ReactNode;
  /** What staying safe is called: "Keep A-10461". Has the focus. */
  safeLabel: string;
  /** What will be done, with its object: "Void A-10461". */
  verbLabel: string;
  onConfirm: () => void;
  tone?: "danger" | "normal";
  isBusy?: boolean;
  /** Why the verb cannot be pressed yet, such as a missing reason. */
  blockedReason?: string;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { onClose, safeLabel, verbLabel, onConfirm, tone = "danger", isBusy } = props;
  return (
    <Dialog
      isOpen={props.isOpen}
      onClose={onClose}
      title={props.title}
      role="alertdialog"
      isBusy={isBusy}
      actions={
        <>
          <Button size="form" onPress={onClose} isDisabled={isBusy} autoFocus>
            {safeLabel}
          </Button>
          <Button
            size="form"
            variant={tone === "danger" ? "danger-fill" : "primary"}
            onPress={onConfirm}
            isBusy={isBusy}
            disabledReason={props.blockedReason}
          >
            {verbLabel}
          </Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  );
}

/** The foot of a dialog that only informs. */
export function CloseAction({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation();
  return (
    <Button size="form" onPress={onPress} autoFocus>
      {t("close")}
    </Button>
  );
}

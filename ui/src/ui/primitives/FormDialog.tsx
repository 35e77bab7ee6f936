import { type FormEvent, type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import s from "./Dialog.module.css";
import { Note } from "./Message";

export interface FormDialogProps {
  title: string;
  /** What sending it is called. */
  verb: string;
  onClose: () => void;
  onSubmit: () => void;
  /** It is being sent: it can neither be sent again nor be left. */
  isBusy: boolean;
  /** Why it cannot be sent yet. */
  disabledReason?: string;
  width?: "narrow" | "wide";
  /** A refusal that belongs to no field. */
  trouble?: string;
  children: ReactNode;
}

/** A few fields and their verb. Enter sends it. */
export function FormDialog(props: FormDialogProps) {
  const { title, verb, onClose, onSubmit, isBusy, disabledReason, trouble, children } = props;
  const { t } = useTranslation();
  const formId = useId();
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isBusy && disabledReason === undefined) onSubmit();
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      width={props.width ?? "wide"}
      isBusy={isBusy}
      actions={
        <>
          <Button size="form" onPress={onClose} isDisabled={isBusy}>
            {t("cancel")}
          </Button>
          <Button
            size="form"
            variant="primary"
            type="submit"
            form={formId}
            isBusy={isBusy}
            disabledReason={disabledReason}
          >
            {verb}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className={s.form} noValidate>
        {trouble && <Note tone="danger">{trouble}</Note>}
        {children}
      </form>
    </Dialog>
  );
}

import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import { Button, Note, TextField } from "~/ui/primitives";
import { useSignIn } from "./api";
import s from "./Start.module.css";

interface SignInFormProps {
  /** Names the form. */
  titleId: string;
  verb: string;
  /** The one who locked the window; nothing where anybody may sign in. */
  login?: string;
  /** Who sat here, whose answers must not be seen by another. */
  before?: string;
  onOther?: () => void;
}

/** Name and password. A wrong one stays in place to be mended; each further try takes longer. */
export function SignInForm({ titleId, verb, login, before, onOther }: SignInFormProps) {
  const { t } = useTranslation("start");
  const [typed, setTyped] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useSignIn(before);
  const fault = signIn.error ? faultOf(signIn.error) : undefined;
  const isWrong = fault?.code === "wrong_password";
  const name = login ?? typed;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name !== "" && password !== "" && !signIn.isPending) signIn.run({ login: name, password });
  };
  return (
    <form className={s.fields} onSubmit={submit} aria-labelledby={titleId}>
      {login === undefined && (
        <TextField
          label={t("sign_in_name")}
          value={typed}
          onChange={setTyped}
          autoFocus
          isRequired
          maxLength={40}
        />
      )}
      <TextField
        key={login ?? "anybody"}
        label={t("password")}
        type="password"
        value={password}
        onChange={setPassword}
        autoFocus={login !== undefined}
        isRequired
        error={isWrong ? faultText(fault) : undefined}
      />
      {fault && !isWrong && <Note tone="danger">{faultText(fault)}</Note>}
      <div className={s.cardActions}>
        {onOther && (
          <Button variant="quiet" size="form" onPress={onOther}>
            {t("sign_in_other")}
          </Button>
        )}
        <Button
          type="submit"
          variant="primary"
          size="form"
          isBusy={signIn.isPending}
          isDisabled={name === "" || password === ""}
        >
          {verb}
        </Button>
      </div>
    </form>
  );
}

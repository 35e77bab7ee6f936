import { useTranslation } from "react-i18next";
import type { DeskStatus } from "~/ipc/gen/DeskStatus";
import { Frame } from "./Frame";
import { SignInForm } from "./SignInForm";
import s from "./Start.module.css";

/** The first page of a book that has users. */
export function SignIn({ status }: { status: DeskStatus }) {
  const { t } = useTranslation("start");
  return (
    <Frame>
      <section className={s.card}>
        <h1 id="sign-in" className={s.cardTitle}>
          {t("sign_in_title")}
        </h1>
        {status.school && <p className="t2">{status.school.name}</p>}
        <SignInForm titleId="sign-in" verb={t("sign_in_verb")} />
      </section>
    </Frame>
  );
}

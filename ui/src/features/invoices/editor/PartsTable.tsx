import { useTranslation } from "react-i18next";
import type { DraftPart } from "~/ipc/gen/DraftPart";
import { Amount } from "~/ui/primitives";
import s from "./Editor.module.css";

/** What each payer will be asked for, and under which number. */
export function PartsTable({ parts }: { parts: readonly DraftPart[] }) {
  const { t } = useTranslation("invoices");
  if (parts.length === 0) return null;
  return (
    <table className={`${s.totalsTable} ${s.parts}`} aria-label={t("split_between")}>
      <thead>
        <tr>
          <th scope="col">{t("split_between")}</th>
          <th scope="col">{t("number")}</th>
          <th scope="col">{t("with_vat")}</th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <tr key={part.payer_id ?? "student"}>
            <td className="clip">{part.name}</td>
            <td className="num t2">{part.number}</td>
            <td>
              <Amount of={part.gross} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

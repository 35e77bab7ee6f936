import { useTranslation } from "react-i18next";
import { Chip } from "~/ui/primitives";
import { useDepartmentName, usePayerName, useStudentName } from "./api";

interface ChipProps {
  id: string;
  onRemove: () => void;
}

/** What the rows are narrowed to. */
export function StudentChip({ id, onRemove }: ChipProps) {
  const { t } = useTranslation("ageing");
  return <Chip name={t("student")} value={useStudentName(id) ?? ""} onRemove={onRemove} />;
}

export function DepartmentChip({ id, onRemove }: ChipProps) {
  const { t } = useTranslation("ageing");
  const name = useDepartmentName(id);
  const value = id === "none" ? t("no_department") : (name ?? "");
  return <Chip name={t("department")} value={value} onRemove={onRemove} />;
}

export function PayerChip({ id, onRemove }: ChipProps) {
  const { t } = useTranslation("ageing");
  if (id === "none") return <Chip name={t("payer")} value={t("the_student")} onRemove={onRemove} />;
  return <NamedPayer id={id} onRemove={onRemove} />;
}

function NamedPayer({ id, onRemove }: ChipProps) {
  const { t } = useTranslation("ageing");
  return <Chip name={t("payer")} value={usePayerName(id) ?? ""} onRemove={onRemove} />;
}

import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import { Banner } from "./Message";

interface UnreadBannerProps {
  /** What could not be read. */
  title: string;
  /** Why not, in words. */
  fault: string;
  onRetry: () => void;
}

/** Something of a screen could not be read; the rest of it stands, and it can be tried again. */
export function UnreadBanner({ title, fault, onRetry }: UnreadBannerProps) {
  const { t } = useTranslation();
  return (
    <Banner
      tone="danger"
      title={title}
      actions={
        <Button size="small" onPress={onRetry}>
          {t("retry")}
        </Button>
      }
    >
      {fault}
    </Banner>
  );
}

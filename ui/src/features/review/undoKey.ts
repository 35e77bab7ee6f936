/* A notice that offers to take something back stands far from the list, and not for long. */
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { useToasts } from "~/ui/primitives";

const newestOffer = () =>
  useToasts.getState().shown.findLast(({ tone, action }) => tone === "undo" && action);

/** Takes back what the newest notice offers to, as long as it stands. */
export function useUndoKey(): void {
  const { t } = useTranslation("common");
  useCommands([
    {
      id: "review.undo",
      title: () => t("undo"),
      group: "screen",
      keys: "u",
      when: () => newestOffer() !== undefined,
      run: () => {
        const offer = newestOffer();
        if (offer === undefined) return;
        offer.action?.onPress();
        useToasts.getState().dismiss(offer.id);
      },
    },
  ]);
}

import { useRpc } from "~/ipc/hooks";

/** The rates of the school, with the currencies that a document or payment may be in. */
export const useExchangeRates = () => useRpc("exchange_rates", {});

import type { Feature, ShellSlots } from "./feature";

const modules = import.meta.glob<{ default: Feature }>("../features/*/feature.tsx", {
  eager: true,
});

export const features: readonly Feature[] = Object.values(modules).map((m) => m.default);

/** The slots of all features together. A slot filled twice would hide one of them. */
export const slots: ShellSlots = Object.assign({}, ...features.map((f) => f.slots ?? {}));

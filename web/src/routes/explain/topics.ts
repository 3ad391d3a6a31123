// The explanations of a run, as their addresses end.
export const topics = ['vergleich', 'stand', 'ablauf', 'einfluesse', 'abhaengigkeiten'] as const;
export type Topic = (typeof topics)[number];

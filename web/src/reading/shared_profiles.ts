// Which of the profiles that one may see belong to others.
interface Owned {
  organisation?: string | undefined;
}

/** Those of organisations in which one has no role. What belongs to no organisation is one's own machine's. */
export const sharedWith = <Profile extends Owned>(memberships: readonly {organisation: string | null}[], profiles: readonly Profile[]): Profile[] => {
  const own = new Set(memberships.map((one) => one.organisation));
  return profiles.filter(({organisation}) => organisation && !own.has(organisation));
};

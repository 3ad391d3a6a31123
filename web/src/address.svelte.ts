// The address is the state of the page: path and query, readable and changeable from everywhere.
import {SvelteURLSearchParams} from 'svelte/reactivity';

const place = $state({path: location.pathname, moved: false});
const query = new SvelteURLSearchParams(location.search);

/** The address that the page shows. */
let stays = location.href;

/** Asks the address bar; keeps the reactive copy in step. */
function read() {
  place.path = location.pathname;
  stays = location.href;
  const now = new URLSearchParams(location.search);
  for (const key of [...query.keys()]) if (!now.has(key)) query.delete(key);
  for (const [key, value] of now) if (query.get(key) !== value) query.set(key, value);
}

export const address = {
  get path() {
    return place.path;
  },
  /** Whether the reader has moved from the page that was loaded first: then the focus goes to the heading. */
  get moved() {
    return place.moved;
  },
  get language(): 'de' | 'en' {
    return query.get('lang') === 'en' ? 'en' : 'de';
  },
  find(name: string) {
    return query.get(name);
  },
};

/** The address of a page in the reader's language. */
export function link(path: string, parameters: Record<string, string | undefined> = {}): string {
  const wanted = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) if (value !== undefined) wanted.set(key, value);
  if (address.language === 'en' && !wanted.has('lang')) wanted.set('lang', 'en');
  const text = wanted.toString();
  return text ? `${path}?${text}` : path;
}

/** This page with some parameters changed; undefined removes one. */
export function here(parameters: Record<string, string | undefined>): string {
  return link(place.path, {...Object.fromEntries(query), ...parameters});
}

/** Of each page that would lose something: what to ask before the reader leaves it; empty = nothing. */
const asks = new Set<() => string>();

/** Asks the reader with these words before this page goes, whatever the way out. Returns how to stop asking. */
export function askBeforeLeaving(words: () => string): () => void {
  asks.add(words);
  return () => void asks.delete(words);
}

const mayLeave = () => [...asks].every((words) => !words() || confirm(words()));

addEventListener('beforeunload', (event) => {
  if ([...asks].some((words) => words())) event.preventDefault();
});

export function go(target: string) {
  if (!mayLeave()) return;
  history.pushState(null, '', target);
  place.moved = true;
  read();
  scrollTo(0, 0);
}

/** Another page in the place of this one: the back button does not lead here again. */
export function instead(target: string) {
  history.replaceState(null, '', target);
  place.moved = true;
  read();
  scrollTo(0, 0);
}

/** A setting of this page: in the address, but not a step of its own for the back button. */
export function set(parameters: Record<string, string | undefined>) {
  history.replaceState(null, '', here(parameters));
  read();
}

/** Links inside the program change the page without loading it anew. */
export function follow(event: MouseEvent) {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const anchor = (event.target as Element).closest('a');
  if (!anchor || anchor.origin !== location.origin || anchor.hasAttribute('download') || anchor.target) return;
  if (anchor.pathname.startsWith('/api/') || (anchor.hash && anchor.pathname === location.pathname)) return;
  event.preventDefault();
  go(anchor.pathname + anchor.search);
}

addEventListener('popstate', () => {
  // The browser has gone already: back to where the reader wants to stay.
  if (!mayLeave()) return history.pushState(null, '', stays);
  place.moved = true;
  read();
});

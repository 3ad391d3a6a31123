// On paper drawings are not as wide as on the screen: they are drawn anew, not shrunk.
import {flushSync} from 'svelte';

/** What fits between the margins of A4 upright, in CSS pixels, less the padding of a card. */
const paper = 620;
let printing = $state(false);

const turn = (on: boolean) => () => flushSync(() => (printing = on));
addEventListener('beforeprint', turn(true));
addEventListener('afterprint', turn(false));

/** The width to draw at, from the width on the screen. */
export const drawn = (width: number): number => (printing ? Math.min(width, paper) : width);

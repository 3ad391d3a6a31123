export function serviceWorker(): import('vite').Plugin;

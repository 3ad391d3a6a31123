// Gives the reader a file to keep.
export function save(content: Blob, name: string) {
  const address = URL.createObjectURL(content);
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  // The browser reads the address after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export const saveText = (text: string, name: string) => save(new Blob([text], {type: 'text/plain'}), name);

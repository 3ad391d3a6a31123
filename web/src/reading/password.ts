// What a new password must be: long. Which characters it has does not matter; the program also refuses frequent ones.
export const fewestCharacters = 12;

export const isLongEnough = (password: string): boolean => [...password].length >= fewestCharacters;

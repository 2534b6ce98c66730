export const root: string;
export const cache: string;
export const out: string;
export const scratch: string;

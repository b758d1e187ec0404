/// <reference types="vite/client" />
declare module "virtual:messages" {
  const messages: Record<string, string | string[]>;
  export default messages;
}

declare const __VERSION__: string;
declare const __PRECACHE__: string[];

export { createAudience, type PersonalAudience } from "./create-audience.ts";
export {
  createMessageLinks,
  type LinkedMessage,
  type LinkPurpose,
  linkPurposes,
  type MessageLinks,
} from "./message-links.ts";
export { optOut } from "./opt-out.ts";
export { erasePerson, type PersonFile, personFile } from "./person-file.ts";
export { createReplies } from "./take-reply.ts";
export { type TellingPolicy, tellingPolicy } from "./telling-policy.ts";
export { type Channels, channelsOf } from "./ways.ts";

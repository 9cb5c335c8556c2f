/** What is known of a device's uplink counter. */
export interface CounterState {
  /** The highest counter heard since the device last began at 0. */
  readonly highest: number;
  /** Bit i is set when counter `highest - i` was heard; an unsigned 32-bit number. */
  readonly heard: number;
}

/** What one more frame says: how many are new, how many are known to be lost (less than none when a lost one comes late). */
export interface CounterStep {
  readonly state: CounterState;
  readonly received: 0 | 1;
  readonly lost: number;
  readonly duplicates: 0 | 1;
  readonly resets: 0 | 1;
}

/**
 * MAX_FCNT_GAP of LoRaWAN 1.0.x (Regional Parameters): a network server drops what lies further ahead, so a wider gap is not a gap but
 * another count.
 */
const widestGap = 16_384;
const rememberedFrames = 32;

/**
 * Follows a frame counter, which grows by one with each uplink: what is left out was lost on the air. It begins again at
 * 0 when the device joins anew, or when a battery was changed and the device keeps no count.
 *
 * @param isLater whether this frame was heard after the one that `state` comes from: only then a smaller counter is a new
 *   beginning, and not a frame that took the long way
 */
export function stepCounter(state: CounterState | null, counter: number, isLater: boolean): CounterStep {
  if (state === null) return first(counter, 0);
  const ahead = counter - state.highest;
  if (ahead > widestGap) return first(counter, 1);
  if (ahead > 0) return forward(state, counter, ahead);
  const isHeard = -ahead < rememberedFrames && ((state.heard >>> -ahead) & 1) === 1;
  if (isHeard) return { state, received: 0, lost: 0, duplicates: 1, resets: 0 };
  if (isLater) return first(counter, 1);
  return late(state, -ahead);
}

/** Nobody knows how many came before the first that we heard: none is counted as lost. */
function first(counter: number, resets: 0 | 1): CounterStep {
  return { state: { highest: counter, heard: 1 }, received: 1, lost: 0, duplicates: 0, resets };
}

function forward({ heard }: CounterState, counter: number, ahead: number): CounterStep {
  const shifted = ahead < rememberedFrames ? heard << ahead : 0;
  return {
    state: { highest: counter, heard: (shifted | 1) >>> 0 },
    received: 1,
    lost: ahead - 1,
    duplicates: 0,
    resets: 0,
  };
}

/** It was counted as lost when a later one was heard; beyond what is remembered it may as well be one heard before. */
function late(state: CounterState, behind: number): CounterStep {
  if (behind >= rememberedFrames) return { state, received: 0, lost: 0, duplicates: 1, resets: 0 };
  const heard = (state.heard | (1 << behind)) >>> 0;
  return { state: { ...state, heard }, received: 1, lost: -1, duplicates: 0, resets: 0 };
}

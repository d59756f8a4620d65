// @ts-check
/** What is loaded with the first set of sounds, beside the views of pictures: a sound to hear, one of one's own, and unseen voices. */
import { defineAll } from "../../ui/defineAll.js";
import { OwnSound } from "./own.js";
import { SoundPlayer } from "./player.js";
import { UnseenVoices } from "./unseen.js";

const VIEWS = { "ty-own-sound": OwnSound, "ty-sound-player": SoundPlayer, "ty-unseen-voices": UnseenVoices };

export const define = (registry = customElements) => defineAll(VIEWS, registry);

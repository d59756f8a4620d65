// @ts-check
/** The device's camera, once somebody asked for it; what it sees stays on the page. */
import { grayOf } from "./decode.js";
import { t } from "../../../base/text.js";

export class Camera {
  /** @type {MediaStream | null} */
  #stream = null;
  /** @type {HTMLVideoElement | null} */
  #video = null;

  /** Shows what it sees. Resolves to why it can't: a sentence; null where it can. @param {HTMLVideoElement} video @returns {Promise<string | null>} */
  async open(video) {
    this.close();
    if (!navigator.mediaDevices?.getUserMedia) return t("ownImages.cameraForbidden");
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 640 } } });
      this.#video = video;
      video.srcObject = this.#stream;
      await video.play();
      return null;
    } catch (error) {
      this.close();
      const { name } = /** @type {Error} */ (error);
      if (name === "NotFoundError" || name === "OverconstrainedError") return t("ownImages.noCamera");
      if (name === "NotAllowedError" || name === "SecurityError") return t("ownImages.cameraRefused");
      return t("ownImages.cameraBusy");
    }
  }

  /** What it sees now; null before its first frame. */
  picture() {
    const video = this.#video;
    return video?.videoWidth ? grayOf(video, video.videoWidth, video.videoHeight) : null;
  }

  close() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    if (this.#video) this.#video.srcObject = null;
    this.#stream = null;
    this.#video = null;
  }
}

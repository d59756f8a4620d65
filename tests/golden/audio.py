#!/usr/bin/env python3
"""Writes sounds/*.wav and audio.json: short sounds, and what librosa makes of them.

Run by hand: `python3 tests/golden/audio.py` with librosa 0.11 and soundfile; the files are committed. All is computed in
double precision, as the core does.
"""

import json
import pathlib

import librosa
import numpy as np
import soundfile

HERE = pathlib.Path(__file__).parent
BANDS = 32
FLOOR = 1e-10
COEFFICIENTS = 13
rng = np.random.default_rng(15)


def tone(rate, seconds, *frequencies, noise=0.01):
    """Rising tones in noise."""
    t = np.arange(int(rate * seconds)) / rate
    tones = sum(np.sin(2 * np.pi * f * t * (1 + t)) for f in frequencies) / len(frequencies)
    return 0.6 * tones * np.minimum(1, t / 0.03) + noise * rng.standard_normal(len(t))


def case(name, samples, rate, subtype, window, hop):
    path = HERE / "sounds" / f"{name}.wav"
    soundfile.write(path, samples, rate, subtype=subtype)
    read, found = soundfile.read(path, dtype="float64", always_2d=True)
    assert found == rate
    # The core keeps 32-bit samples.
    mono = read.mean(axis=1).astype(np.float32).astype(np.float64)
    mel = librosa.feature.melspectrogram(
        y=mono, sr=rate, n_fft=window, hop_length=hop, window="hann", center=False, power=2.0,
        n_mels=BANDS, fmin=0.0, fmax=rate / 2, htk=True, norm=None, dtype=np.float64)
    logs = np.log(np.maximum(mel, FLOOR))
    mfcc = librosa.feature.mfcc(S=logs, n_mfcc=COEFFICIENTS, dct_type=2, norm="ortho")
    return {"name": name, "rate": rate, "window": window, "hop": hop, "samples": len(mono),
            "peak": float(np.abs(mono).max()), "logMel": logs.T.ravel().tolist(), "mfcc": mfcc.T.ravel().tolist()}


def stereo(samples):
    return np.column_stack([samples, 0.5 * np.roll(samples, 7)])


cases = [
    case("silence", np.zeros(1600), 16000, "PCM_16", 512, 320),
    case("clipping", np.clip(3 * tone(8000, 0.15, 300, 900), -1, 1), 8000, "PCM_16", 256, 160),
    case("8khz-8bit", tone(8000, 0.15, 440, 1200), 8000, "PCM_U8", 256, 160),
    case("16khz-24bit-stereo", stereo(tone(16000, 0.12, 200, 3100)), 16000, "PCM_24", 512, 320),
    case("44khz-32bit", tone(44100, 0.1, 150, 5000), 44100, "PCM_32", 1024, 882),
    case("48khz-float-stereo", stereo(tone(48000, 0.1, 250, 9000, noise=0)), 48000, "FLOAT", 1024, 960),
    case("tone-16bit", 0.9 * np.sin(2 * np.pi * 1000 * np.arange(1200) / 8000), 8000, "PCM_16", 256, 160),
]
told = {"bands": BANDS, "floor": FLOOR, "coefficients": COEFFICIENTS, "cases": cases}
(HERE / "audio.json").write_text(json.dumps(told, indent=None, separators=(",", ":")) + "\n")

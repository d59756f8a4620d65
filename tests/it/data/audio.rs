//! Sounds: the WAV reader, and log-mel and MFCC beside librosa's (tests/golden/audio.py).

use serde_json::Value;
use std::path::PathBuf;
use trainyard::data::audio::{Bands, Framing, log_mel, mfcc, picture, read_wav, resample, unpack};

fn golden() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn wav(name: &str) -> Vec<u8> {
    std::fs::read(golden().join(format!("sounds/{name}.wav"))).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|one| one.as_f64().unwrap()).collect()
}

/// NaN is never near.
fn near(ours: &[f64], theirs: &[f64], limit: f64, what: &str) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (at, (a, b)) in ours.iter().zip(theirs).enumerate() {
        assert!((a - b).abs() <= limit, "{what}: number {at} is {a}, not {b}");
    }
}

#[test]
fn sounds_of_every_kind_have_the_log_mel_and_mfcc_of_librosa() {
    let text = std::fs::read_to_string(golden().join("audio.json")).unwrap();
    let told: Value = serde_json::from_str(&text).unwrap();
    let whole = |value: &Value, key: &str| value[key].as_f64().unwrap() as usize;
    let (bands, coefficients) = (whole(&told, "bands"), whole(&told, "coefficients"));
    let floor = told["floor"].as_f64().unwrap();
    let cases = told["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 7);
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let sound = read_wav(&wav(name)).unwrap();
        assert_eq!(
            (sound.rate as usize, sound.samples.len()),
            (whole(case, "rate"), whole(case, "samples")),
            "{name}"
        );
        let peak = sound.samples.iter().fold(0.0_f32, |most, sample| most.max(sample.abs()));
        near(&[f64::from(peak)], &[case["peak"].as_f64().unwrap()], 1e-7, name);
        let framing = Framing { rate: sound.rate, window: whole(case, "window"), hop: whole(case, "hop") };
        let logs = log_mel(&sound.samples, &framing, &Bands { count: bands, floor }).unwrap();
        near(&logs, &numbers(&case["logMel"]), 1e-6, &format!("log-mel of {name}"));
        let ours = mfcc(&logs, bands, coefficients).unwrap();
        near(&ours, &numbers(&case["mfcc"]), 1e-6, &format!("MFCC of {name}"));
    }
}

#[test]
fn a_file_that_is_cut_off_or_foreign_is_refused_with_a_sentence() {
    let whole = wav("16khz-24bit-stereo");
    let says = |bytes: &[u8], words: &str| {
        let told = read_wav(bytes).unwrap_err().to_string();
        assert!(told.contains(words), "{told}");
        assert!(told.ends_with('.'), "{told}");
    };
    says(&[], "is not a WAV file");
    says(b"ID3\x03 and so on, which is MP3", "is not a WAV file");
    says(&whole[..12], "has no samples");
    says(&whole[..30], "cut off in its head");
    let half = 44 + (whole.len() - 44) / 2;
    says(&whole[..half], "ends after 0.06 of 0.12 seconds");
    let changed = |at: usize, bytes: &[u8]| {
        let mut other = wav("tone-16bit");
        other[at..at + bytes.len()].copy_from_slice(bytes);
        other
    };
    says(&changed(20, &[7, 0]), "16 bits in µ-law (number 7)");
    says(&changed(22, &[9, 0]), "has 9 channels, but only 1 to 8");
    says(&changed(22, &[0, 0]), "has 0 channels");
    says(&changed(24, &[0, 0, 0, 0]), "has 0 samples per second");
    says(&changed(34, &[12, 0]), "samples of 12 bits in PCM");
    let mut float = wav("48khz-float-stereo");
    let end = float.len();
    float[end - 4..].copy_from_slice(&f32::NAN.to_le_bytes());
    says(&float, "not a number (sample 4800)");
}

#[test]
fn a_size_that_was_never_filled_in_is_that_of_the_file() {
    let mut streamed = wav("tone-16bit");
    streamed[40..44].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(read_wav(&streamed).unwrap(), read_wav(&wav("tone-16bit")).unwrap());
}

/// Any bytes are a sound or a sentence, never a panic.
#[test]
fn no_bytes_break_the_reader() {
    for name in ["16khz-24bit-stereo", "8khz-8bit", "48khz-float-stereo"] {
        let whole = wav(name);
        for end in 0..whole.len().min(200) {
            let _ = read_wav(&whole[..end]);
        }
        for at in 0..whole.len().min(100) {
            for value in [0, 1, 127, 128, 255] {
                let mut changed = whole.clone();
                changed[at] = value;
                let _ = read_wav(&changed);
            }
        }
    }
}

fn tone(frequency: f64, rate: u32, count: usize) -> Vec<f32> {
    let angle = |i: usize| std::f64::consts::TAU * frequency * i as f64 / f64::from(rate);
    (0..count).map(|i| angle(i).sin() as f32).collect()
}

#[test]
fn another_rate_keeps_a_tone_and_leaves_out_what_it_cannot_hold() {
    for (from, to) in [(44_100, 8_000), (48_000, 8_000), (16_000, 8_000), (8_000, 48_000), (11_025, 16_000)] {
        let there = resample(&tone(1000.0, from, from as usize / 5), from, to).unwrap();
        let wanted = tone(1000.0, to, to as usize / 5);
        assert_eq!(there.len(), wanted.len());
        for at in wanted.len() / 5..wanted.len() * 4 / 5 {
            let off = (there[at] - wanted[at]).abs();
            assert!(off <= 2e-3, "{from} to {to}: sample {at} is off by {off}");
        }
        let flat = resample(&vec![0.5; from as usize / 5], from, to).unwrap();
        assert!((flat[flat.len() / 2] - 0.5).abs() <= 1e-6, "{from} to {to}");
    }
    let high = resample(&tone(4600.0, 44_100, 8820), 44_100, 8_000).unwrap();
    assert!(high[300..1300].iter().all(|sample| sample.abs() <= 2e-3));
    assert!(resample(&[0.0], 8_000, 10).unwrap_err().to_string().contains("10 samples per second"));
}

#[test]
fn a_picture_has_the_word_in_its_middle_however_loud_it_is_and_wherever_it_stands() {
    let word = tone(1000.0, 8_000, 2400);
    let at = |before: usize, gain: f32| {
        let silence = vec![0.0; before];
        let sound: Vec<f32> = silence
            .iter()
            .copied()
            .chain(word.iter().map(|sample| sample * gain))
            .chain(vec![0.0; 3000])
            .collect();
        picture(&sound, 8_000).unwrap()
    };
    let first = at(1600, 0.9);
    assert_eq!(first.pixels.len(), 32 * 48);
    assert!((first.heard[0] - 0.2).abs() < 0.04 && (first.heard[1] - 0.5).abs() < 0.04, "{:?}", first.heard);
    assert_eq!(at(4800, 0.9).pixels, first.pixels);
    let quiet = at(1600, 0.09).pixels;
    assert!(quiet.iter().zip(&first.pixels).all(|(a, b)| a.abs_diff(*b) <= 1));
    // The tone is in one band of the picture's middle frames.
    let (loudest, _) = first.pixels.iter().enumerate().max_by_key(|&(_, &pixel)| pixel).unwrap();
    assert!((14..20).contains(&(loudest / 48)), "row {}", loudest / 48);
    assert!((12..36).contains(&(loudest % 48)), "column {}", loudest % 48);
    let silence = picture(&[0.0; 4000], 8_000).unwrap();
    assert!(silence.pixels.iter().all(|&pixel| pixel == 0));
    assert_eq!(silence.heard, [0.0, 0.0]);
    assert_eq!(picture(&[], 8_000).unwrap(), silence);
}

#[test]
fn packed_clips_are_decoded_as_the_standard_says() {
    // By another decoder: audioop of Python 3.11, which has the high half first.
    let scaled: Vec<f32> = unpack(&[0x47, 0x8f]).iter().map(|sample| sample * 32_768.0).collect();
    assert_eq!(scaled, [11.0, 29.0, -5.0, -10.0]);
    assert_eq!(unpack(&[]), Vec::<f32>::new());
    assert!(unpack(&[0x77; 200]).iter().all(|sample| (-1.0..1.0).contains(sample)));
}

#[test]
fn settings_that_cannot_be_are_named_with_what_can() {
    let says = |framing: Framing, bands: Bands, words: &str| {
        let told = log_mel(&[0.0; 600], &framing, &bands).unwrap_err().to_string();
        assert!(told.contains(words), "{told}");
    };
    let (framing, bands) =
        (Framing { rate: 8_000, window: 256, hop: 160 }, Bands { count: 32, floor: 1e-10 });
    says(Framing { rate: 100, ..framing }, bands, "100 samples per second, but only 4000 to 192000");
    says(
        Framing { window: 250, ..framing },
        bands,
        "250 samples, but has to have a power of two of them, 16 to 16384",
    );
    says(Framing { hop: 0, ..framing }, bands, "the hop is 0 samples");
    says(framing, Bands { count: 0, ..bands }, "0 bands");
    says(framing, Bands { floor: f64::NAN, ..bands }, "above 0");
    assert!(mfcc(&[0.0; 32], 32, 33).unwrap_err().to_string().contains("33 coefficients"));
}

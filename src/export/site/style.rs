//! The styles of a site, with its accent colour made readable on the light and on the dark background.

use crate::board::SiteSettings;

const STYLE: &str = include_str!("style.css");
/// File with the board's own styles.
pub(super) const EXTRA: &str = "extra.css";
/// Backgrounds of the light and the dark style, each the one with the least contrast.
const LIGHT: [u8; 3] = [0xef, 0xec, 0xe4];
const DARK: [u8; 3] = [0x22, 0x29, 0x2e];
/// Contrast that text needs (WCAG 2, level AA).
const READABLE: f64 = 4.6;

/// The style sheet.
pub(super) fn sheet(settings: &SiteSettings) -> String {
    let Some(accent) = settings.accent.as_deref().and_then(parse) else {
        return STYLE.to_owned();
    };
    let light = written(readable(accent, LIGHT, [0; 3]));
    let dark = written(readable(accent, DARK, [255; 3]));
    format!(
        "{STYLE}\n:root {{ --accent: {light}; }}\n\
         @media (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; }} }}\n\
         @media print {{ :root {{ --accent: #000; }} }}\n"
    )
}

fn parse(colour: &str) -> Option<[u8; 3]> {
    let number = u32::from_str_radix(colour.strip_prefix('#')?, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}

fn written([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// A colour mixed with another until it is readable on a background.
fn readable(mut colour: [u8; 3], on: [u8; 3], with: [u8; 3]) -> [u8; 3] {
    const STEP: u8 = 8;
    while contrast(colour, on) < READABLE && colour != with {
        for (part, with) in colour.iter_mut().zip(with) {
            *part = if with > *part {
                part.saturating_add(STEP)
            } else {
                part.saturating_sub(STEP)
            };
        }
    }
    colour
}

/// Contrast of two colours, from 1 to 21.
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_accent_becomes_readable() {
        for accent in [
            "#ffff00", "#000000", "#ffffff", "#0b5563", "#ff0000", "#808080",
        ] {
            let colour = parse(accent).expect("a colour");
            let (light, dark) = (
                readable(colour, LIGHT, [0; 3]),
                readable(colour, DARK, [255; 3]),
            );
            assert!(contrast(light, LIGHT) >= READABLE, "{accent}");
            assert!(contrast(dark, DARK) >= READABLE, "{accent}");
        }
        let settings = SiteSettings {
            accent: Some("#0b5563".into()),
            ..SiteSettings::default()
        };
        assert!(sheet(&settings).contains(":root { --accent: #0b5563; }"));
    }
}
